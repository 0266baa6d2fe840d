/* nn-random.c - PyTorch's random numbers
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-random.h"

#include <math.h>

/**
 * nn_random_new:
 *
 * torch.manual_seed (@seed).
 */
NnRandom *
nn_random_new (guint32 seed)
{
  return g_rand_new_with_seed (seed);
}

void
nn_random_free (NnRandom *self)
{
  g_rand_free (self);
}

/**
 * nn_random_fill_uniform:
 * @low: included
 * @high: not included, but for rounding
 * @values: (n) out
 *
 * torch.rand for 0 and 1, and tensor.uniform_ (low, high) otherwise: the lowest
 * 24 bits of a draw are all that a float32 in [0, 1) has room for. PyTorch's
 * kernels round x (high − low) + low once, where the processor can (AVX2); fmaf
 * does so everywhere.
 */
void
nn_random_fill_uniform (NnRandom *self, float low, float high, float *values, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    float x = (float) (g_rand_int (self) & 0xFFFFFF) * 0x1p-24f;

    values[i] = fmaf (x, high - low, low);
  }
}
