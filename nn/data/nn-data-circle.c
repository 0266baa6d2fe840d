/* nn-data-circle.c - a disc in a ring
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
  g_autofree float *draws = nn_generator_draw_uniform (random, 2 * n);

  for (gsize i = 0; i < n; i++) {
    gboolean inner = i % 2;
    double along = (double) draws[2 * i];

    nn_generator_put_polar (&inputs[2 * i], inner ? 2.5 * along : 3.5 + 1.5 * along,
                            2 * G_PI * (double) draws[2 * i + 1]);
    targets[i] = inner;
  }
  nn_generator_add_jitter (random, spec, inputs, 2 * n);
}

const NnDataKind nn_data_circle = {
  .sentence = N_ ("two classes: a disc in a ring"),
  .settings = NN_SETTINGS (settings),
  .n_features = 2,
  .n_targets = 1,
  .n_classes = 2,
  .fill = fill,
};
