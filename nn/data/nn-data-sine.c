/* nn-data-sine.c - one period of a sine
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

  nn_random_fill_uniform (random, 0, 1, inputs, n);
  for (gsize i = 0; i < n; i++) {
    inputs[i] = inputs[i] * (float) (2 * G_PI) - (float) G_PI;
    targets[i] = (float) sin ((double) inputs[i]);
  }
  nn_generator_add_jitter (random, spec, targets, n);
}

const NnDataKind nn_data_sine = {
  .sentence = N_ ("a number: one period of a sine over one feature"),
  .settings = NN_SETTINGS (settings),
  .n_features = 1,
  .n_targets = 1,
  .fill = fill,
};
