/* test-nudge-paths.c - where data are, for a program in a build folder or installed
 *
 * SPDX-License-Identifier: MIT
 *
 * This program copies itself into the folders of a build or a prefix, and prints there
 * what it finds.
 */

#include <stdio.h>
#include <string.h>

#include "app/command/nudge-paths.h"
#include "tests/app/program.h"

static const char *const names[] = { "icons", "schemas", "translations",
                                     "demos/a.nudge" };

static int
print_paths (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = nudge_paths_dup_data (names[i]);

    puts (path);
  }
  return 0;
}

/* Four paths from @top, unless they are absolute. */
static char *
lines_of (const char *top, const char *const paths[G_N_ELEMENTS (names)])
{
  GString *lines = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_canonicalize_filename (paths[i], top);

    g_string_append_printf (lines, "%s\n", path);
  }
  return g_string_free (lines, FALSE);
}

/* What is printed by a copy of this program in @folder, after @prepare. */
static void
assert_finds (const Scratch *scratch,
              const char *folder,
              const char *prepare,
              const char *expected)
{
  g_autofree char *command = g_strdup_printf (
      "mkdir -p '%s' && cp \"$NUDGE_PROGRAM\" '%s/copy' && ln -sf '%s/copy' link && %s "
      "PATH=.:$PATH link --print",
      folder, folder, folder, prepare);
  g_auto (Outcome) outcome = program_shell (scratch, command);

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==, expected);
  g_assert_cmpint (outcome.status, ==, 0);
}

static void
test_build_folder (Scratch *scratch, gconstpointer data)
{
  static const char *const paths[] = { "/a source/resources/icons",
                                       "any build/resources/schemas",
                                       "any build/resources/po",
                                       "/a source/resources/demos/a.nudge" };
  g_autofree char *expected = lines_of (scratch->folder, paths);

  assert_finds (scratch, "any build/app",
                "echo '/a source/resources' >'any build/app/nudge-uninstalled' && ",
                expected);
}

/* What the build has written for its own programs. */
static void
test_build_folder_names_its_source (Scratch *scratch, gconstpointer data)
{
  g_autofree char *program = g_path_get_dirname (g_getenv ("NUDGE_BUILT"));
  g_autofree char *path = g_build_filename (program, "nudge-uninstalled", NULL);
  g_autofree char *resources =
      g_canonicalize_filename ("../resources\n", g_getenv ("G_TEST_SRCDIR"));

  assert_contents (path, resources);
}

static const char *const installed[] = { NUDGE_DATA_DIR "/icons",
                                         NUDGE_DATA_DIR "/glib-2.0/schemas",
                                         NUDGE_LOCALE_DIR,
                                         NUDGE_DATA_DIR "/nudge/demos/a.nudge" };

/* @data: where one of our programs is installed */
static void
test_moved_prefix (Scratch *scratch, gconstpointer data)
{
  const char *const of_program = data;
  g_autofree char *folder = g_build_filename ("a b/\xff", of_program, NULL);
  g_autofree char *prefix = g_build_filename (scratch->folder, "a b/\xff", NULL);
  g_autofree char *expected = lines_of (prefix, installed);

  if (g_path_is_absolute (of_program))
    g_test_skip ("that folder is not under the prefix");
  else
    assert_finds (scratch, folder, "", expected);
}

static void
test_program_alone (Scratch *scratch, gconstpointer data)
{
  g_autofree char *expected = lines_of (NUDGE_PREFIX, installed);

  assert_finds (scratch, "elsewhere", "", expected);
}

static void
add (const char *name,
     gconstpointer data,
     void (*function) (Scratch *scratch, gconstpointer data))
{
  g_autofree char *path = g_strconcat ("/app/paths/", name, NULL);

  g_test_add (path, Scratch, data, scratch_set_up, function, scratch_remove_all);
}

int
main (int argc, char *argv[])
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  if (argc == 2 && g_str_equal (argv[1], "--print"))
    return print_paths ();
  g_test_init (&argc, &argv, NULL);
  g_setenv ("NUDGE_BUILT", g_getenv ("NUDGE_PROGRAM"), TRUE);
  g_setenv ("NUDGE_PROGRAM", self, TRUE);
  add ("build-folder", NULL, test_build_folder);
  add ("build-folder-names-its-source", NULL, test_build_folder_names_its_source);
  add ("moved-prefix/nudge", NUDGE_BIN_DIR, test_moved_prefix);
  add ("moved-prefix/nudge-window", NUDGE_WINDOW_DIR, test_moved_prefix);
  add ("program-alone", NULL, test_program_alone);
  return g_test_run ();
}
