/* nn-generators.h - data sets that a formula and a stream of random numbers make
 *
 * SPDX-License-Identifier: MIT
 *
 * Each is defined by a short PyTorch program, in tests/golden/data.py: which numbers
 * are drawn, in which order, and what is done to them.
 */

#pragma once

#include "nn/data/nn-dataset.h"

G_BEGIN_DECLS

typedef struct {
  gsize n_features;
  gsize n_targets;
  gsize n_classes; /* as in NnDataset */

  /* @inputs: (n, n_features) out; @targets: (n, n_targets) out */
  void (
      *generate) (NnRandom *random, gsize n, float noise, float *inputs, float *targets);
} NnGenerator;

const NnGenerator *nn_generator_get (NnDataSource source);

G_END_DECLS
