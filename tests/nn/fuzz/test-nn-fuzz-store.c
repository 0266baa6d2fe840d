/* test-nn-fuzz-store.c - random bytes, as arrays that stay on disk
 *
 * SPDX-License-Identifier: MIT
 */

#include "mutate.h"
#include "tests/fuzz/try-store.h"

#define N_INPUTS 4000 /* of each */

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mutate_add_tests ("npy", NULL, N_INPUTS, try_store);
  mutate_add_tests ("npz", NULL, N_INPUTS, try_store);
  mutate_add_tests ("safetensors", NULL, N_INPUTS, try_store);
  mutate_add_tests ("torch", NULL, N_INPUTS, try_store);
  return g_test_run ();
}
