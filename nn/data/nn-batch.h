/* nn-batch.h - a mini-batch: some examples of a data set as tensors
 *
 * SPDX-License-Identifier: MIT
 *
 * Examples are columns (nn-dense.h); columns beyond n_examples repeat the last one. A
 * plain value of one owner, either on its own (new and free), or as a field whose memory
 * is reused (init, fill, clear): see nn-batches.h.
 */

#pragma once

#include "nn/data/nn-dataset.h"
#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

typedef struct {
  NnTensor *inputs;  /* (owned) (features, columns) */
  NnTensor *targets; /* (owned) (nullable) (targets, columns) */
  gsize n_examples;
  gboolean smaller;    /* than the others: the last batch of an epoch */
  gboolean ends_epoch; /* the last batch of an epoch */
} NnBatch;

void
nn_batch_init (NnBatch *self, const NnDataset *dataset, gsize n_examples, gsize capacity);
void nn_batch_clear (NnBatch *self);
void nn_batch_fill (const NnBatch *self, const NnDataset *dataset, const gsize *rows);
void nn_batch_move (const NnBatch *self, gsize index);

NnBatch *nn_batch_new_of (const NnDataset *dataset,
                          gsize first,
                          gsize n) G_GNUC_WARN_UNUSED_RESULT;
NnBatch *nn_batch_new_held_out (const NnDataset *dataset) G_GNUC_WARN_UNUSED_RESULT;
NnBatch *
nn_batch_new_training (const NnDataset *dataset, gsize most) G_GNUC_WARN_UNUSED_RESULT;
void nn_batch_free (NnBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnBatch, nn_batch_free)

G_END_DECLS
