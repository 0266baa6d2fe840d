/* nn-dataset.h - the examples of a run, split into training and validation
 *
 * SPDX-License-Identifier: MIT
 *
 * Of the n_examples rows the first n_training are for training; the rest is held out for
 * validation. The table is not copied: rows are reordered, missing values filled in and
 * inputs standardised as they are read.
 *
 * Immutable and shared: ref and unref from any thread.
 */

#pragma once

#include "nn/data/nn-data-spec.h"

G_BEGIN_DECLS

typedef struct {
  gsize n_examples;
  gsize n_training;
  gsize n_features;
  gsize n_targets; /* columns of targets; 0 for none */
  gsize n_classes; /* 0 if the targets are numbers, not class numbers */

  /* Private, except that order may be read. */
  NnTable *table; /* (owned) */
  /* (owned) (nullable) [n_examples] the table's row of each; NULL: the same */
  guint32 *order;
  float *fills; /* (owned) (nullable) [n_features] the values of missing inputs */

  /* (owned) (nullable) [n_features] for standardising, of the training part: PyTorch's
   * mean and std; a deviation of 0 is replaced by 1. */
  float *means;
  float *deviations;
} NnDataset;

NnDataset *
nn_dataset_new (const NnDataSpec *spec, NnRandom *random) G_GNUC_WARN_UNUSED_RESULT;
NnDataset *nn_dataset_ref (NnDataset *self);
void nn_dataset_unref (NnDataset *self);
gboolean nn_dataset_is_equal (const NnDataset *self, const NnDataset *other);

void nn_dataset_read_inputs (const NnDataset *self, gsize row, float *inputs);
const float *nn_dataset_get_targets (const NnDataset *self, gsize row);
void nn_dataset_read_input_columns (const NnDataset *self,
                                    const gsize *rows,
                                    gsize n_rows,
                                    gsize n_columns,
                                    float *inputs);
void nn_dataset_read_target_columns (const NnDataset *self,
                                     const gsize *rows,
                                     gsize n_rows,
                                     gsize n_columns,
                                     float *targets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDataset, nn_dataset_unref)

G_END_DECLS
