/* nn-data-moons.c - two half circles, each with an end in the other's hollow
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-generators.h"

#include <glib/gi18n.h>
#include <math.h>

static const NnSetting settings[] = { NN_DATA_EXAMPLES, NN_DATA_NOISE,
                                      NN_DATA_VALIDATION };

static void
fill (const NnDataSpec *spec, NnRandom *random, float *inputs, float *targets)
{
  const gsize n = spec->n_examples;
  g_autofree float *draws = nn_generator_draw_uniform (random, n);

  for (gsize i = 0; i < n; i++) {
    double angle = G_PI * (double) draws[i];
    gboolean inner = i % 2;

    inputs[2 * i] = (float) (inner ? 1 - cos (angle) : cos (angle));
    inputs[2 * i + 1] = (float) (inner ? 0.5 - sin (angle) : sin (angle));
    targets[i] = inner;
  }
  nn_generator_add_jitter (random, spec, inputs, 2 * n);
}

const NnDataKind nn_data_moons = {
  .sentence = N_ ("two classes: two half circles, one in the other's hollow"),
  .settings = NN_SETTINGS (settings),
  .n_features = 2,
  .n_targets = 1,
  .n_classes = 2,
  .fill = fill,
};
