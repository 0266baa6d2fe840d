/* test-nudge-surroundings.c - a run has the same bits wherever it runs
 *
 * SPDX-License-Identifier: MIT
 *
 * Whatever the environment's variables, the processors, and the other programs there are.
 */

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/app/program.h"

/* Its products are shared among threads, and the last batch is a small one. */
static const char large[] =
    "{ \"nudge\": 1, \"seed\": 3,"
    " \"data\": { \"source\": \"uniform\", \"examples\": 132, \"features\": 300 },"
    " \"network\": { \"layers\": [ { \"units\": 256, \"activation\": \"relu\" },"
    " { \"units\": 260, \"activation\": \"tanh\" }, { \"units\": 10 } ] },"
    " \"loss\": { \"type\": \"squared_sum\", \"target\": 5 },"
    " \"batch\": { \"size\": 64, \"shuffle\": true },"
    " \"nudges\": [ \"fc1: w + a*noise @ every 3 steps a=0.001\" ] }";

/* What is put before the program on a shell's command line. */
static const char *const surroundings[] = {
  "",
  "OMP_THREAD_LIMIT=1",
  "OMP_DYNAMIC=true",
  "OMP_NUM_THREADS=1",
  "OMP_NUM_THREADS=7 OMP_WAIT_POLICY=active OMP_PROC_BIND=true",
  "OPENBLAS_NUM_THREADS=3 MKL_NUM_THREADS=3 DNNL_MAX_CPU_ISA=SSE41",
  "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F,-ERMS",
  "MALLOC_PERTURB_=165 MALLOC_ARENA_MAX=1 G_SLICE=always-malloc",
  "LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu",
  "G_RANDOM_VERSION=2.0 LD_BIND_NOW=1",
  "env -u PATH -u HOME -u LANG",
  "nice -n 19",
  "taskset -c 0",
  "ulimit -s 512;",
};

/* Returns: the losses, whose nine digits are all of a float, and the weights' checksum */
static char *
run (const Scratch *scratch, const char *before, const char *experiment)
{
  g_autofree char *command =
      g_strdup_printf ("%s \"$NUDGE_PROGRAM\" run %s --steps 60 --quiet"
                       " --losses losses.csv --snapshot end.safetensors",
                       before, experiment);
  g_auto (Outcome) outcome = program_shell (scratch, command);
  g_autofree char *losses = NULL;
  g_autofree char *weights = NULL;
  g_autofree char *checksum = NULL;
  gsize n_bytes;

  if (outcome.status != 0)
    g_error ("%s: status %d: %s", command, outcome.status, outcome.err);
  losses = read_file (scratch, "losses.csv", NULL);
  weights = read_file (scratch, "end.safetensors", &n_bytes);
  checksum =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) weights, n_bytes);
  return g_strconcat (losses, checksum, NULL);
}

static void
check_everywhere (const Scratch *scratch, const char *experiment)
{
  g_autofree char *first = run (scratch, "", experiment);

  g_assert_nonnull (strstr (first, "\n60,"));
  for (gsize i = 0; i < G_N_ELEMENTS (surroundings); i++) {
    g_autofree char *again = run (scratch, surroundings[i], experiment);

    g_test_message ("%s", surroundings[i]);
    g_assert_cmpstr (again, ==, first);
  }
}

/* Returns: what to call it on the command line */
static const char *
put_large (const Scratch *scratch)
{
  scratch_put (scratch, "large.nudge", large);
  return "large.nudge";
}

static void
test_small (Scratch *scratch, gconstpointer data)
{
  check_everywhere (scratch, "seed-nudged");
}

static void
test_large (Scratch *scratch, gconstpointer data)
{
  check_everywhere (scratch, put_large (scratch));
}

/* A control group that may use a part of a processor, in the two versions there are. */
typedef struct {
  const char *folder;
  const char *file;
  const char *limit;
} GroupKind;

static const GroupKind group_kinds[] = {
  { "/sys/fs/cgroup", "cpu.max", "50000 100000" },
  { "/sys/fs/cgroup/cpu", "cpu.cfs_quota_us", "50000" },
};

/* Returns: (transfer full) (nullable): its folder, if this system lets us make one */
static char *
make_group (const GroupKind *kind)
{
  g_autofree char *name = g_strdup_printf ("nudge-test-%d", (int) getpid ());
  g_autofree char *folder = g_build_filename (kind->folder, name, NULL);
  g_autofree char *file = g_build_filename (folder, kind->file, NULL);
  FILE *stream;
  gboolean limited;

  if (g_mkdir (folder, 0755) != 0)
    return NULL;
  stream = fopen (file, "r+"); /* which makes none */
  limited = stream && fputs (kind->limit, stream) >= 0;
  limited = stream && fclose (stream) == 0 && limited;
  if (limited)
    return g_steal_pointer (&folder);
  g_rmdir (folder);
  return NULL;
}

static void
remove_group (const char *folder)
{
  for (int i = 0; g_rmdir (folder) != 0 && i < 1000; i++)
    g_usleep (1000); /* its last process ends */
}

static void
check_in_group (const Scratch *scratch, const char *folder, const char *experiment)
{
  g_autofree char *before = g_strdup_printf ("echo $$ >'%s/cgroup.procs';", folder);
  g_autofree char *alone = run (scratch, "", experiment);
  g_autofree char *within = run (scratch, before, experiment);

  g_test_message ("%s", folder);
  g_assert_cmpstr (within, ==, alone);
}

static void
test_in_a_control_group (Scratch *scratch, gconstpointer data)
{
  g_autofree char *folder = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (group_kinds) && folder == NULL; i++)
    folder = make_group (&group_kinds[i]);
  if (folder == NULL) {
    g_test_skip ("no control group can be made here");
    return;
  }
  check_in_group (scratch, folder, "seed-nudged");
  check_in_group (scratch, folder, put_large (scratch));
  remove_group (folder);
}

static gint stop_busy; /* atomic */

static gpointer
be_busy (gpointer data)
{
  while (!g_atomic_int_get (&stop_busy))
    ;
  return NULL;
}

/* Threads that lose their processors in the middle of a product. */
static void
test_beside_busy_programs (Scratch *scratch, gconstpointer data)
{
  g_autofree char *alone = run (scratch, "", put_large (scratch));
  GThread *busy[4];

  g_atomic_int_set (&stop_busy, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (busy); i++)
    busy[i] = g_thread_new ("busy", be_busy, NULL);
  for (gsize i = 0; i < 5; i++) {
    g_autofree char *beside = run (scratch, "", "large.nudge");

    g_assert_cmpstr (beside, ==, alone);
  }
  g_atomic_int_set (&stop_busy, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (busy); i++)
    g_thread_join (busy[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/nudge/surroundings/small", Scratch, NULL, scratch_set_up, test_small,
              scratch_tear_down);
  g_test_add ("/nudge/surroundings/large", Scratch, NULL, scratch_set_up, test_large,
              scratch_tear_down);
  g_test_add ("/nudge/surroundings/in-a-control-group", Scratch, NULL, scratch_set_up,
              test_in_a_control_group, scratch_tear_down);
  g_test_add ("/nudge/surroundings/beside-busy-programs", Scratch, NULL, scratch_set_up,
              test_beside_busy_programs, scratch_tear_down);
  return g_test_run ();
}
