/* nn-generators.c - data sets that a formula and a stream of random numbers make
 *
 * SPDX-License-Identifier: MIT
 *
 * Arithmetic is float32, one rounding to an operation. Sines and cosines are computed
 * in double and rounded to float32, so no library's last bit matters.
 */

#include "nn/data/nn-generators.h"

#include <math.h>

/* Adds @noise times a normal number to each value. Without noise the numbers are drawn
 * too, so what is drawn later does not depend on it. */
static void
add_jitter (NnRandom *random, float noise, float *values, gsize n)
{
  g_autofree float *jitter = g_new (float, n);

  nn_random_fill_normal (random, 0, 1, jitter, n);
  for (gsize i = 0; i < n; i++)
    values[i] += noise * jitter[i];
}

static float *
draw_uniform (NnRandom *random, gsize n)
{
  float *draws = g_new (float, n);

  nn_random_fill_uniform (random, 0, 1, draws, n);
  return draws;
}

/* In a square from −5 to 5. */
static void
fill_square (NnRandom *random, gsize n, float *points)
{
  nn_random_fill_uniform (random, 0, 1, points, 2 * n);
  for (gsize i = 0; i < 2 * n; i++)
    points[i] = points[i] * 10 - 5;
}

static void
put_polar (float *point, double radius, double angle)
{
  point[0] = (float) (radius * cos (angle));
  point[1] = (float) (radius * sin (angle));
}

/* One class where the two features have one sign, and a gap along the axes. */
static void
generate_xor (NnRandom *random, gsize n, float noise, float *inputs, float *targets)
{
  fill_square (random, n, inputs);
  for (gsize i = 0; i < 2 * n; i++)
    inputs[i] += inputs[i] > 0 ? 0.3f : -0.3f;
  for (gsize i = 0; i < n; i++)
    targets[i] = (inputs[2 * i] > 0) != (inputs[2 * i + 1] > 0);
  add_jitter (random, noise, inputs, 2 * n);
}

/* A disc in a ring. */
static void
generate_circle (NnRandom *random, gsize n, float noise, float *inputs, float *targets)
{
  g_autofree float *draws = draw_uniform (random, 2 * n);

  for (gsize i = 0; i < n; i++) {
    gboolean inner = i % 2;
    double along = (double) draws[2 * i];

    put_polar (&inputs[2 * i], inner ? 2.5 * along : 3.5 + 1.5 * along,
               2 * G_PI * (double) draws[2 * i + 1]);
    targets[i] = inner;
  }
  add_jitter (random, noise, inputs, 2 * n);
}

/* Two normal clouds of deviation 1. */
static void
generate_gauss (NnRandom *random, gsize n, float noise, float *inputs, float *targets)
{
  nn_random_fill_normal (random, 0, 1, inputs, 2 * n);
  for (gsize i = 0; i < n; i++) {
    targets[i] = i % 2;
    inputs[2 * i] += 4 * targets[i] - 2;
    inputs[2 * i + 1] += 4 * targets[i] - 2;
  }
  add_jitter (random, noise, inputs, 2 * n);
}

/* Two arms, each of one and three quarter turns. */
static void
generate_spiral (NnRandom *random, gsize n, float noise, float *inputs, float *targets)
{
  g_autofree float *draws = draw_uniform (random, n);

  for (gsize i = 0; i < n; i++) {
    double along = (double) draws[i];
    double arm = i % 2;

    put_polar (&inputs[2 * i], 0.5 + 4.5 * along, G_PI * (3.5 * along + arm));
    targets[i] = (float) arm;
  }
  add_jitter (random, noise, inputs, 2 * n);
}

/* Two half circles, each with an end in the other's hollow. */
static void
generate_moons (NnRandom *random, gsize n, float noise, float *inputs, float *targets)
{
  g_autofree float *draws = draw_uniform (random, n);

  for (gsize i = 0; i < n; i++) {
    double angle = G_PI * (double) draws[i];
    gboolean inner = i % 2;

    inputs[2 * i] = (float) (inner ? 1 - cos (angle) : cos (angle));
    inputs[2 * i + 1] = (float) (inner ? 0.5 - sin (angle) : sin (angle));
    targets[i] = inner;
  }
  add_jitter (random, noise, inputs, 2 * n);
}

/* A slope from −1 to 1. */
static void
generate_plane (NnRandom *random, gsize n, float noise, float *inputs, float *targets)
{
  fill_square (random, n, inputs);
  for (gsize i = 0; i < n; i++)
    targets[i] = (inputs[2 * i] + inputs[2 * i + 1]) / 10;
  add_jitter (random, noise, targets, n);
}

/* One period. */
static void
generate_sine (NnRandom *random, gsize n, float noise, float *inputs, float *targets)
{
  nn_random_fill_uniform (random, 0, 1, inputs, n);
  for (gsize i = 0; i < n; i++) {
    inputs[i] = inputs[i] * (float) (2 * G_PI) - (float) G_PI;
    targets[i] = (float) sin ((double) inputs[i]);
  }
  add_jitter (random, noise, targets, n);
}

/**
 * nn_generator_get:
 *
 * Returns: (transfer none) (nullable): %NULL for a source that is no formula
 */
const NnGenerator *
nn_generator_get (NnDataSource source)
{
  static const NnGenerator generators[NN_N_DATA_SOURCES] = {
    [NN_DATA_XOR] = { 2, 1, 2, generate_xor },
    [NN_DATA_CIRCLE] = { 2, 1, 2, generate_circle },
    [NN_DATA_GAUSS] = { 2, 1, 2, generate_gauss },
    [NN_DATA_SPIRAL] = { 2, 1, 2, generate_spiral },
    [NN_DATA_MOONS] = { 2, 1, 2, generate_moons },
    [NN_DATA_PLANE] = { 2, 1, 0, generate_plane },
    [NN_DATA_SINE] = { 1, 1, 0, generate_sine },
  };

  g_return_val_if_fail (source < NN_N_DATA_SOURCES, NULL);
  return generators[source].generate != NULL ? &generators[source] : NULL;
}
