/* test-nn-memory.c - how much memory is said to be there, by files of a made-up machine
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-memory.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/nn/scratch.h"

#define MB 1000000
#define KB 1024

#define NOT_LIMITED 77 /* the exit status of a process whose limit was not kept */

static void
put (const Scratch *scratch, const char *path, const char *contents)
{
  g_autofree char *full = g_build_filename (scratch->path, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  put_contents (full, contents);
}

/* Removes the made-up machine. */
static void
tear_down (Scratch *scratch, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", scratch->path);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  scratch_tear_down (scratch, data);
}

static void
assert_available (const Scratch *scratch, guint64 expected)
{
  g_assert_cmpuint (nn_memory_get_available_under (scratch->path), ==, expected);
}

#define MACHINE                                                                          \
  "MemTotal:       9000 kB\nMemFree:   100 kB\nMemAvailable:    7000 kB\n"               \
  "SwapTotal: 500 kB\nSwapFree:          300 kB\n"

static void
test_unknown_is_without_limit (Scratch *scratch, gconstpointer data)
{
  assert_available (scratch, G_MAXUINT64);
  put (scratch, "proc/meminfo", "MemTotal: 9000 kB\n");
  assert_available (scratch, G_MAXUINT64);
}

static void
test_machine (Scratch *scratch, gconstpointer data)
{
  put (scratch, "proc/meminfo", MACHINE);
  assert_available (scratch, 7300 * KB);
}

/* The least of a group and of those around it; what files take is given back. */
static void
test_groups (Scratch *scratch, gconstpointer data)
{
  put (scratch, "proc/meminfo", MACHINE);
  put (scratch, "proc/self/cgroup", "0::/outer/inner\n");
  put (scratch, "sys/fs/cgroup/outer/inner/memory.max", "max\n");
  put (scratch, "sys/fs/cgroup/outer/inner/memory.current", "4000\n");
  assert_available (scratch, 7300 * KB);
  put (scratch, "sys/fs/cgroup/outer/memory.max", "5000000\n");
  put (scratch, "sys/fs/cgroup/outer/memory.current", "2000000\n");
  assert_available (scratch, 3 * MB);
  put (scratch, "sys/fs/cgroup/outer/memory.stat", "anon 5\ninactive_file 1000000\n");
  assert_available (scratch, 4 * MB);
  put (scratch, "sys/fs/cgroup/outer/inner/memory.max", "3000\n");
  assert_available (scratch, 0);
}

static void
test_groups_of_version_1 (Scratch *scratch, gconstpointer data)
{
  put (scratch, "proc/meminfo", MACHINE);
  put (scratch, "proc/self/cgroup", "9:cpu,memory:/docker/abc\n1:name=systemd:/\n0::/\n");
  put (scratch, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  assert_available (scratch, 7300 * KB);
  put (scratch, "sys/fs/cgroup/memory/memory.limit_in_bytes", "5000000\n");
  put (scratch, "sys/fs/cgroup/memory/memory.usage_in_bytes", "4000000\n");
  assert_available (scratch, 1 * MB);
}

static void
test_limit_of_the_process (Scratch *scratch, gconstpointer data)
{
  const pid_t child = fork ();
  int status;

  if (child == 0) {
    const guint64 most = G_GUINT64_CONSTANT (1) << 44; /* sanitizers take much */
    struct rlimit limit = { most, most };

    if (setrlimit (RLIMIT_AS, &limit) != 0)
      _exit (1);
    getrlimit (RLIMIT_AS, &limit);
    if (limit.rlim_cur != most)
      _exit (NOT_LIMITED);
    _exit (nn_memory_get_available_under (scratch->path) > most);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WEXITSTATUS (status) == NOT_LIMITED) {
    g_test_skip ("this system takes a limit and forgets it, as qemu does");
    return;
  }
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpuint (nn_memory_get_available (), <, G_MAXUINT64);
}

#define ADD(name, function)                                                              \
  g_test_add ("/nn/memory/" name, Scratch, NULL, scratch_set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("unknown-is-without-limit", test_unknown_is_without_limit);
  ADD ("machine", test_machine);
  ADD ("groups", test_groups);
  ADD ("groups-of-version-1", test_groups_of_version_1);
  ADD ("limit-of-the-process", test_limit_of_the_process);
  return g_test_run ();
}
