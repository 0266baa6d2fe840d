/* nn-batches.h - the mini-batches of each epoch, as PyTorch's DataLoader gives them
 *
 * SPDX-License-Identifier: MIT
 *
 * Goes through a data set's training examples epoch after epoch, in their order or
 * shuffled at the start of each (nn-shuffle.h); the last batch of an epoch may be
 * smaller. The usual step is nn_batches_begin (), train, nn_batches_advance ().
 *
 * Without shuffling, the batches are packed: copied to tensors once, and from then on
 * only pointed at, unless that would take too much memory. One owner, one thread.
 */

#pragma once

#include "nn/data/nn-batch.h"
#include "nn/data/nn-shuffle.h"

G_BEGIN_DECLS

/* Larger data (in bytes) is not packed: W4 and W5 of tests/bench have 7 and 9 MiB. */
#define NN_BATCHES_MAX_PACKED (16 * 1024 * 1024)

typedef struct _NnBatches NnBatches;

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
gsize nn_batches_count_per_epoch (const NnBatches *self);

/* The position in the data and the present epoch's order, for checkpoints. The size may
 * differ from one save to the next. */
gsize nn_batches_get_state_size (const NnBatches *self);
void nn_batches_save_state (const NnBatches *self, void *bytes);
void nn_batches_restore_state (NnBatches *self, const void *bytes);
gboolean
nn_batches_check_state (const NnBatches *self, const gsize *numbers, gsize n_numbers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnBatches, nn_batches_free)

G_END_DECLS
