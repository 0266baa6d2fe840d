/* test-nn-fuzz-experiment.c - random bytes, read as documents
 *
 * SPDX-License-Identifier: MIT
 *
 * The seeds of tests/fuzz, changed in random ways, the same ones every time. libFuzzer,
 * which learns what leads where, finds more: see tests/fuzz/README.md.
 */

#include "mutate.h"
#include "tests/fuzz/try-experiment.h"

#define N_INPUTS 30000

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mutate_add_tests ("experiment", " {}[]\",:.-+e0123456789", N_INPUTS, try_experiment);
  return g_test_run ();
}
