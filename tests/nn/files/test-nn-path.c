/* test-nn-path.c - what the name of a file says
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-path.h"

static void
test_ending_ignores_case (void)
{
  g_assert_true (nn_path_has_ending ("out/a.npz", ".npz"));
  g_assert_true (nn_path_has_ending ("A.NpZ", ".npz"));
  g_assert_true (nn_path_has_ending (".npz", ".npz"));
  g_assert_false (nn_path_has_ending ("a.npz.gz", ".npz"));
  g_assert_false (nn_path_has_ending ("anpz", ".npz"));
  g_assert_false (nn_path_has_ending ("npz", ".npz"));
  g_assert_false (nn_path_has_ending ("", ".npz"));
}

static void
test_display_name_is_one_line_of_utf8 (void)
{
  g_autofree char *tame = nn_path_dup_display_name ("a\nb\x1b[31mc\x7f");
  g_autofree char *empty = nn_path_dup_display_name ("");
  g_autofree char *foreign = nn_path_dup_display_name ("\xff\xfe");

  g_assert_cmpstr (tame, ==, "a?b?[31mc?");
  g_assert_cmpstr (empty, ==, "''");
  g_assert_true (g_utf8_validate (foreign, -1, NULL));
}

static void
test_relative_leads_there (void)
{
  static const struct {
    const char *path;
    const char *folder;
    const char *relative;
  } cases[] = {
    { "/home/x/data.csv", "/home/x", "data.csv" },
    { "/home/x/data/d.csv", "/home/x", "data/d.csv" },
    { "/home/x/d.csv", "/home/x/runs/new", "../../d.csv" },
    { "/home/xy/d.csv", "/home/x", "../xy/d.csv" },
    { "/home/x/../y/./d.csv", "/home/x", "../y/d.csv" },
    { "/data/d.csv", "/home/x", "/data/d.csv" },
    { "/d.csv", "/home/x", "/d.csv" },
    { "/home/d.csv", "/", "/home/d.csv" },
    { "data/d.csv", "runs", "../data/d.csv" },
    { "d.csv", ".", "d.csv" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *relative = nn_path_dup_relative (cases[i].path, cases[i].folder);

    g_assert_cmpstr (relative, ==, cases[i].relative);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/path/ending-ignores-case", test_ending_ignores_case);
  g_test_add_func ("/nn/path/display-name-is-one-line-of-utf8",
                   test_display_name_is_one_line_of_utf8);
  g_test_add_func ("/nn/path/relative-leads-there", test_relative_leads_there);
  return g_test_run ();
}
