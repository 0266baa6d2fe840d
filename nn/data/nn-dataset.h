/* nn-dataset.h - the examples of a run, given or generated
 *
 * SPDX-License-Identifier: MIT
 *
 * Immutable and shared once made (ref and unref from any thread). Of the
 * n_examples rows the first n_training are trained on; the rest are held out. The numbers
 * stay in the table that they came in: rows are put in order, filled in and standardised
 * as they are read.
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

  /* How a row is read: its own. */
  NnTable *table; /* (owned) */
  guint32
      *order;   /* (owned) (nullable) [n_examples] the table's rows; NULL: as they are */
  float *fills; /* (owned) (nullable) [n_features] what a missing value becomes */
  float *means; /* (owned) (nullable) [n_features] of the training part */
  float *
      deviations; /* (owned) (nullable) [n_features], with means; PyTorch's std, above 0 */
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
