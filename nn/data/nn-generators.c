/* nn-generators.c - helpers of the generated data sets (xor, circle, spiral …)
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-generators.h"

#include <math.h>

/**
 * nn_generator_add_jitter:
 *
 * @values: (inout) (n)
 *
 * Adds spec->noise times a standard normal number to each value. The numbers are drawn
 * even without noise, so that later draws do not depend on it.
 */
void
nn_generator_add_jitter (NnRandom *random, const NnDataSpec *spec, float *values, gsize n)
{
  g_autofree float *jitter = g_new (float, n);
  const float noise = (float) spec->noise;

  nn_random_fill_normal (random, 0, 1, jitter, n);
  for (gsize i = 0; i < n; i++)
    values[i] += noise * jitter[i];
}

/**
 * nn_generator_draw_uniform:
 *
 * Returns: (transfer full): @n uniform numbers in [0, 1)
 */
float *
nn_generator_draw_uniform (NnRandom *random, gsize n)
{
  float *draws = g_new (float, n);

  nn_random_fill_uniform (random, 0, 1, draws, n);
  return draws;
}

/**
 * nn_generator_fill_square:
 * @points: (out) (n, 2): uniform in [−5, 5)²
 */
void
nn_generator_fill_square (NnRandom *random, gsize n, float *points)
{
  nn_random_fill_uniform (random, 0, 1, points, 2 * n);
  for (gsize i = 0; i < 2 * n; i++)
    points[i] = points[i] * 10 - 5;
}

/**
 * nn_generator_put_polar:
 * @point: (out) (2): (radius cos angle, radius sin angle)
 */
void
nn_generator_put_polar (float *point, double radius, double angle)
{
  point[0] = (float) (radius * cos (angle));
  point[1] = (float) (radius * sin (angle));
}
