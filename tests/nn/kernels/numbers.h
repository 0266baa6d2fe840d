/* numbers.h - numbers for kernels, and how much they may write
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

#define BEHIND 1234.0f /* stored behind what a kernel may write */

static inline float *
new_numbers (GRand *random, gsize n)
{
  float *values = g_new (float, n + 1);

  for (gsize i = 0; i < n; i++)
    values[i] = (float) g_rand_double_range (random, -2, 2);
  values[n] = BEHIND;
  return values;
}
