/* test-nn-fuzz-idx.c - random bytes, read as an array in MNIST's format
 *
 * SPDX-License-Identifier: MIT
 */

#include "mutate.h"
#include "tests/fuzz/try-idx.h"

#define N_INPUTS 50000

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mutate_add_tests ("idx", NULL, N_INPUTS, try_idx);
  return g_test_run ();
}
