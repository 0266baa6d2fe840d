/* test-nn-fuzz-checkpoint.c - random bytes, read as checkpoints
 *
 * SPDX-License-Identifier: MIT
 *
 * The seeds of tests/fuzz, changed in random ways, the same ones every time. libFuzzer,
 * which learns what leads where, finds more: see tests/fuzz/README.md.
 */

#include "mutate.h"
#include "tests/fuzz/try-checkpoint.h"

#define N_INPUTS 10000

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mutate_add_tests ("checkpoint", NULL, N_INPUTS, try_checkpoint);
  return g_test_run ();
}
