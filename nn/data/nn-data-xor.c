/* nn-data-xor.c - one class where the two features have one sign, none at the axes
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

  nn_generator_fill_square (random, n, inputs);
  for (gsize i = 0; i < 2 * n; i++)
    inputs[i] += inputs[i] > 0 ? 0.3f : -0.3f;
  for (gsize i = 0; i < n; i++)
    targets[i] = (inputs[2 * i] > 0) != (inputs[2 * i + 1] > 0);
  nn_generator_add_jitter (random, spec, inputs, 2 * n);
}

const NnDataKind nn_data_xor = {
  .sentence = N_ ("two classes: whether the two features have the same sign"),
  .settings = NN_SETTINGS (settings),
  .n_features = 2,
  .n_targets = 1,
  .n_classes = 2,
  .fill = fill,
};
