/* nn-batches.h - a data set's training examples, batch by batch
 *
 * SPDX-License-Identifier: MIT
 *
 * Examples become columns (nn-dense.h). Batches go through the data in order or,
 * shuffled (nn-shuffle.h), in one drawn at each epoch's start; the last one may be
 * smaller. In order they are packed once and never copied again, unless they are so many
 * that memory for a second copy of the data would be missed. One owner.
 */

#pragma once

#include "nn/data/nn-dataset.h"
#include "nn/data/nn-shuffle.h"
#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

/* Bytes of batches that are packed once: W4 and W5 of the benchmarks have 7 and 9 MiB. */
#define NN_BATCHES_MAX_PACKED (16 * 1024 * 1024)

typedef struct _NnBatches NnBatches;

/* Its tensors are the batches' own and hold the batch until the next begins. */
typedef struct {
  NnTensor *inputs;  /* (features, columns) */
  NnTensor *targets; /* (nullable) (targets, columns) */
  gsize n_examples;
  gboolean smaller; /* the smaller last one */
  gboolean ends_epoch;
} NnBatch;

NnBatches *nn_batches_new (NnDataset *dataset,
                           gsize batch_size,
                           NnShuffle shuffle) G_GNUC_WARN_UNUSED_RESULT;
NnBatches *nn_batches_continue (NnBatches *self,
                                NnRandom *random,
                                gsize batch_size,
                                NnShuffle shuffle) G_GNUC_WARN_UNUSED_RESULT;
void nn_batches_free (NnBatches *self);

gboolean nn_batches_are_packed (const NnBatches *self);
const NnBatch *nn_batches_begin (NnBatches *self, NnRandom *random);
const NnBatch *nn_batches_get_example (NnBatches *self, gsize index);
gsize nn_batches_get_number (const NnBatches *self, gsize index);
void nn_batches_advance (NnBatches *self);
void nn_batches_restart (NnBatches *self);
gsize nn_batches_count_left (const NnBatches *self);
gsize nn_batches_count_each (const NnBatches *self);

/* Where in the data: saved and restored byte by byte. What is saved later may be of
 * another size. */
gsize nn_batches_get_state_size (const NnBatches *self);
void nn_batches_save_state (const NnBatches *self, void *bytes);
void nn_batches_restore_state (NnBatches *self, const void *bytes);
gboolean
nn_batches_check_state (const NnBatches *self, const gsize *numbers, gsize n_numbers);

/* Some examples as a batch of their own; those that are held out, or none; and the
 * first of the others. */
NnBatch *nn_batch_new_of (const NnDataset *dataset,
                          gsize first,
                          gsize n) G_GNUC_WARN_UNUSED_RESULT;
NnBatch *nn_batch_new_held_out (const NnDataset *dataset) G_GNUC_WARN_UNUSED_RESULT;
NnBatch *
nn_batch_new_training (const NnDataset *dataset, gsize most) G_GNUC_WARN_UNUSED_RESULT;
void nn_batch_free (NnBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnBatches, nn_batches_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnBatch, nn_batch_free)

G_END_DECLS
