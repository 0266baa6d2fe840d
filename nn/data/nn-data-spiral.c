/* nn-data-spiral.c - two arms, each of one and three quarter turns
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-generators.h"

#include <glib/gi18n.h>

static const NnSetting settings[] = { NN_DATA_EXAMPLES, NN_DATA_NOISE,
                                      NN_DATA_VALIDATION };

static void
fill (const NnDataSpec *spec, NnRandom *random, float *inputs, float *targets)
{
  const gsize n = spec->n_examples;
  g_autofree float *draws = nn_generator_draw_uniform (random, n);

  for (gsize i = 0; i < n; i++) {
    double along = (double) draws[i];
    double arm = i % 2;

    nn_generator_put_polar (&inputs[2 * i], 0.5 + 4.5 * along,
                            G_PI * (3.5 * along + arm));
    targets[i] = (float) arm;
  }
  nn_generator_add_jitter (random, spec, inputs, 2 * n);
}

const NnDataKind nn_data_spiral = {
  .sentence = N_ ("two classes: two arms of a spiral"),
  .settings = NN_SETTINGS (settings),
  .n_features = 2,
  .n_targets = 1,
  .n_classes = 2,
  .fill = fill,
};
