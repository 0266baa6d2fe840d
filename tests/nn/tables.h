/* tables.h - tables and data sets of a few numbers, for tests
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <string.h>

#include "nn/data/nn-dataset.h"

/* @targets: (nullable) if @n_targets is 0 */
static inline NnTable *
table_new (gsize n_examples,
           gsize n_features,
           const float *inputs,
           gsize n_targets,
           const float *targets,
           NnTargetsKind targets_are)
{
  NnTable *self = nn_table_new (n_examples, n_features, n_targets);

  memcpy (self->inputs, inputs, n_examples * n_features * sizeof *inputs);
  if (n_targets > 0)
    memcpy (self->targets, targets, n_examples * n_targets * sizeof *targets);
  self->targets_are = targets_are;
  return self;
}

/* [n_examples][n_features], as they are trained on */
static inline float *
dataset_dup_inputs (const NnDataset *self)
{
  float *inputs = g_new (float, self->n_examples * self->n_features);

  for (gsize i = 0; i < self->n_examples; i++)
    nn_dataset_read_inputs (self, i, inputs + i * self->n_features);
  return inputs;
}

/* [n_examples][n_targets] */
static inline float *
dataset_dup_targets (const NnDataset *self)
{
  float *targets = g_new (float, self->n_examples * self->n_targets);

  for (gsize i = 0; self->n_targets > 0 && i < self->n_examples; i++)
    memcpy (targets + i * self->n_targets, nn_dataset_get_targets (self, i),
            self->n_targets * sizeof *targets);
  return targets;
}
