/* nn-data-uniform.c - features in [0, 1), no targets: torch.rand ((examples, features))
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-data-kind.h"

#include <glib/gi18n.h>

static const NnSetting settings[] = {
  NN_DATA_EXAMPLES,
  {
      .key = "features",
      .sentence = N_ ("how many numbers each has"),
      .type = NN_SETTING_COUNT,
      .offset = NN_DATA_SETTING (n_features),
      .required = TRUE,
      .usual = 1,
      .least = 1,
      .most = NN_DATA_MAX_COLUMNS,
  },
  NN_DATA_VALIDATION,
};

static void
fill (const NnDataSpec *spec, NnRandom *random, float *inputs, float *targets)
{
  nn_random_fill_uniform (random, 0, 1, inputs, spec->n_examples * spec->n_features);
}

const NnDataKind nn_data_uniform = {
  .sentence = N_ ("features drawn uniformly from 0 to 1; no targets"),
  .settings = NN_SETTINGS (settings),
  .most_feature = 1,
  .fill = fill,
};
