/* test-nn-fuzz-csv.c - random bytes, read as a table of text
 *
 * SPDX-License-Identifier: MIT
 */

#include "mutate.h"
#include "tests/fuzz/try-csv.h"

#define N_INPUTS 20000

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mutate_add_tests ("csv", ",;\t| \"\n\r0123456789.-+eE?#xyna\xc3\xa9", N_INPUTS,
                    try_csv);
  return g_test_run ();
}
