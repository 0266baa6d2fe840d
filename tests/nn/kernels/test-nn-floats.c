/* test-nn-floats.c - memory for many floats
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-floats.h"

/* Loops over whole vectors read and write up to the end of a cache line. */
static void
test_zeros_fill_cache_lines (void)
{
  const gsize mebi = (1 << 20) / sizeof (float);
  const gsize sizes[] = {
    0, 1, 15, 16, 17, mebi - 1, mebi, mebi + 1, 2 * mebi, 5 * mebi
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    float *floats = nn_floats_new0 (sizes[i]);
    const gsize n_padded = (sizes[i] + 15) / 16 * 16;

    g_assert_cmpuint (GPOINTER_TO_SIZE (floats) % 64, ==, 0);
    for (gsize k = 0; k < n_padded; k++) {
      g_assert_cmpfloat (floats[k], ==, 0);
      floats[k] = 1;
    }
    nn_floats_free (floats);
  }
  nn_floats_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/floats/zeros-fill-cache-lines", test_zeros_fill_cache_lines);
  return g_test_run ();
}
