/* test-nn-processors.c - what control groups grant
 *
 * SPDX-License-Identifier: MIT
 */

#define _GNU_SOURCE /* sched_setaffinity () */

#include "nn/kernels/nn-processors.h"

#include <sched.h>

#include "tests/nn/scratch.h"

/* A tree of folders as the kernel shows it, in a test's own folder. */
typedef struct {
  Scratch scratch;
  GPtrArray *folders; /* (element-type filename) (owned) from the top */
} Groups;

static void
groups_set_up (Groups *self, gconstpointer data)
{
  scratch_set_up (&self->scratch, data);
  self->folders = g_ptr_array_new_with_free_func (g_free);
}

static void
groups_tear_down (Groups *self, gconstpointer data)
{
  for (guint i = self->folders->len; i-- > 0;) {
    g_autoptr (GDir) dir = g_dir_open (self->folders->pdata[i], 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *path = g_build_filename (self->folders->pdata[i], name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  }
  g_ptr_array_unref (self->folders);
  scratch_tear_down (&self->scratch, data);
}

static void
add_folder (Groups *self, const char *name)
{
  char *path = g_build_filename (self->scratch.folder, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_ptr_array_add (self->folders, path);
}

static void
add_file (Groups *self, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (self->scratch.folder, name, NULL);

  put_contents (path, contents);
}

static guint
read_limit (Groups *self, const char *cgroups)
{
  g_autofree char *list = g_build_filename (self->scratch.folder, "list", NULL);
  g_autofree char *root = g_build_filename (self->scratch.folder, "root", NULL);

  put_contents (list, cgroups);
  return nn_processors_read_limit (list, root);
}

static void
test_version_2 (Groups *self, gconstpointer data)
{
  add_folder (self, "root");
  add_folder (self, "root/job");
  add_folder (self, "root/job/step");
  g_assert_cmpuint (read_limit (self, "0::/job/step\n"), ==, 0);
  add_file (self, "root/job/step/cpu.max", "max 100000\n");
  g_assert_cmpuint (read_limit (self, "0::/job/step\n"), ==, 0);
  add_file (self, "root/job/cpu.max", "350000 100000\n"); /* the one above */
  g_assert_cmpuint (read_limit (self, "0::/job/step\n"), ==, 4);
  add_file (self, "root/job/step/cpu.max", "50000 100000\n");
  g_assert_cmpuint (read_limit (self, "0::/job/step\n"), ==, 1);
  g_assert_cmpuint (read_limit (self, "0::/job\n"), ==, 4);
  add_file (self, "root/cpu.max", "200000 100000\n"); /* a container's own root */
  g_assert_cmpuint (read_limit (self, "0::/not/to/be/seen/here\n"), ==, 2);
}

static void
test_version_1 (Groups *self, gconstpointer data)
{
  add_folder (self, "root");
  add_folder (self, "root/cpu,cpuacct");
  add_folder (self, "root/cpu,cpuacct/job");
  add_file (self, "root/cpu,cpuacct/job/cpu.cfs_quota_us", "-1\n");
  add_file (self, "root/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  g_assert_cmpuint (read_limit (self, "7:cpuset:/a\n3:cpu,cpuacct:/job\n"), ==, 0);
  add_file (self, "root/cpu,cpuacct/job/cpu.cfs_quota_us", "250000\n");
  g_assert_cmpuint (read_limit (self, "7:cpuset:/a\n3:cpu,cpuacct:/job\n"), ==, 3);
}

static void
test_nonsense_is_no_limit (Groups *self, gconstpointer data)
{
  add_folder (self, "root");
  add_file (self, "root/cpu.max", "many\n");
  g_assert_cmpuint (read_limit (self, "0::/\n"), ==, 0);
  add_file (self, "root/cpu.max", "100000 0\n");
  g_assert_cmpuint (read_limit (self, "0::/\n"), ==, 0);
  g_assert_cmpuint (read_limit (self, "no colons\n\n"), ==, 0);
  g_assert_cmpuint (nn_processors_read_limit ("/no/such/file", "/"), ==, 0);
  g_assert_cmpuint (nn_processors_count (), >=, 1);
  g_assert_cmpuint (nn_processors_count (), <=, g_get_num_processors ());
}

/* In a process of its own, as the number is found once. */
static void
test_follows_the_affinity_mask (void)
{
  if (g_test_subprocess ()) {
    cpu_set_t one;
    int processor = sched_getcpu ();

    g_assert_cmpint (processor, >=, 0);
    CPU_ZERO (&one);
    CPU_SET ((gsize) processor, &one);
    g_assert_cmpint (sched_setaffinity (0, sizeof one, &one), ==, 0);
    g_assert_cmpuint (nn_processors_count (), ==, 1);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/nn/processors/version-2", Groups, NULL, groups_set_up, test_version_2,
              groups_tear_down);
  g_test_add ("/nn/processors/version-1", Groups, NULL, groups_set_up, test_version_1,
              groups_tear_down);
  g_test_add ("/nn/processors/nonsense-is-no-limit", Groups, NULL, groups_set_up,
              test_nonsense_is_no_limit, groups_tear_down);
  g_test_add_func ("/nn/processors/follows-the-affinity-mask",
                   test_follows_the_affinity_mask);
  return g_test_run ();
}
