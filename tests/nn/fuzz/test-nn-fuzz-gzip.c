/* test-nn-fuzz-gzip.c - random bytes, read as a gzip file
 *
 * SPDX-License-Identifier: MIT
 */

#include "mutate.h"
#include "tests/fuzz/try-gzip.h"

#define N_INPUTS 20000

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mutate_add_tests ("gzip", NULL, N_INPUTS, try_gzip);
  return g_test_run ();
}
