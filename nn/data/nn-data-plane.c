/* nn-data-plane.c - a slope from −1 to 1
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
  for (gsize i = 0; i < n; i++)
    targets[i] = (inputs[2 * i] + inputs[2 * i + 1]) / 10;
  nn_generator_add_jitter (random, spec, targets, n);
}

const NnDataKind nn_data_plane = {
  .sentence = N_ ("a number: a slope over two features"),
  .settings = NN_SETTINGS (settings),
  .n_features = 2,
  .n_targets = 1,
  .fill = fill,
};
