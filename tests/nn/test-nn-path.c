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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/path/ending-ignores-case", test_ending_ignores_case);
  g_test_add_func ("/nn/path/display-name-is-one-line-of-utf8",
                   test_display_name_is_one_line_of_utf8);
  return g_test_run ();
}
