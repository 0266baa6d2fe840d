/* nn-data-gauss.c - two normal clouds of deviation 1
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

  nn_random_fill_normal (random, 0, 1, inputs, 2 * n);
  for (gsize i = 0; i < n; i++) {
    targets[i] = i % 2;
    inputs[2 * i] += 4 * targets[i] - 2;
    inputs[2 * i + 1] += 4 * targets[i] - 2;
  }
  nn_generator_add_jitter (random, spec, inputs, 2 * n);
}

const NnDataKind nn_data_gauss = {
  .sentence = N_ ("two classes: two normal clouds"),
  .settings = NN_SETTINGS (settings),
  .n_features = 2,
  .n_targets = 1,
  .n_classes = 2,
  .fill = fill,
};
