/* test-nn-fuzz-arrays.c - random bytes, read as named arrays in each format
 *
 * SPDX-License-Identifier: MIT
 */

#include "mutate.h"
#include "tests/fuzz/try-arrays.h"

#define N_INPUTS 15000 /* of each */

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mutate_add_tests ("arrays-csv", "0123456789.,-+einaf\n\r\"w", N_INPUTS, try_arrays_csv);
  mutate_add_tests ("json", "0123456789.-+e[]{},:\"w \n", N_INPUTS, try_json);
  mutate_add_tests ("npy", NULL, N_INPUTS, try_npy);
  mutate_add_tests ("npz", NULL, N_INPUTS, try_npz);
  mutate_add_tests ("safetensors", NULL, N_INPUTS, try_safetensors);
  return g_test_run ();
}
