/* test-nn-fuzz-torch.c - random bytes, read as pickles and as PyTorch's files
 *
 * SPDX-License-Identifier: MIT
 *
 * The seeds of tests/fuzz, changed in random ways, the same ones every time. libFuzzer,
 * which learns what leads where, finds more: see tests/fuzz/README.md.
 */

#include "mutate.h"
#include "tests/fuzz/try-pickle.h"
#include "tests/fuzz/try-torch.h"

#define N_INPUTS 100000

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mutate_add_tests ("pickle", NULL, N_INPUTS, try_pickle);
  mutate_add_tests ("torch", NULL, N_INPUTS, try_torch);
  return g_test_run ();
}
