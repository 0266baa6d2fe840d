/* nn-batches.c - a data set's training examples, batch by batch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-batches.h"

#include <string.h>

#include "nn/kernels/nn-kernels.h"


struct _NnBatches {
  NnDataset *dataset; /* (owned) */
  gsize batch_size;   /* at least 1, at most the training examples */
  gsize n_batches;    /* in an epoch */
  gsize n_rest;       /* examples in the smaller last one; 0 if there is none */
  NnShuffle shuffle;
  gboolean packed;   /* all batches are, once and for all */
  NnRandom *sampler; /* (owned) scratch for nn_shuffle_draw () */
  gsize *order;      /* (owned) (n_training) the rows in the order of this epoch */

  gsize position;  /* the present batch */
  gboolean drawn;  /* this epoch's order was drawn */
  NnBatch full;    /* (owned) the tensors, moved along the packed batches */
  NnBatch smaller; /* (owned) */
  NnBatch example; /* (owned) one example in the least number of columns */
  const NnBatch *present;
};

static NnTensor *
new_columns (NnStorage *storage, gsize offset, gsize n_rows, gsize n_columns)
{
  return nn_tensor_new_in (storage, offset, 2, (const gsize[]){ n_rows, n_columns });
}

static void
fill (const NnBatch *batch, const NnDataset *dataset, const gsize *rows)
{
  const gsize n_columns = nn_tensor_get_shape (batch->inputs)[1];

  nn_dataset_read_input_columns (dataset, rows, batch->n_examples, n_columns,
                                 nn_tensor_write (batch->inputs, NULL));
  if (batch->targets)
    nn_dataset_read_target_columns (dataset, rows, batch->n_examples, n_columns,
                                    nn_tensor_write (batch->targets, NULL));
}

/* Makes a batch's tensors, in memory for @capacity such batches one after the other. */
static void
init_batch (NnBatch *batch, const NnDataset *dataset, gsize n_examples, gsize capacity)
{
  const gsize n_columns = nn_kernels_get_columns (n_examples);
  g_autoptr (NnStorage) inputs =
      nn_storage_new (capacity * dataset->n_features * n_columns);

  batch->n_examples = n_examples;
  batch->inputs = new_columns (inputs, 0, dataset->n_features, n_columns);
  if (dataset->n_targets > 0) {
    g_autoptr (NnStorage) targets =
        nn_storage_new (capacity * dataset->n_targets * n_columns);

    batch->targets = new_columns (targets, 0, dataset->n_targets, n_columns);
  }
}

static void
clear_batch (NnBatch *batch)
{
  g_clear_pointer (&batch->inputs, nn_tensor_unref);
  g_clear_pointer (&batch->targets, nn_tensor_unref);
}

/* Moves a batch's tensors to the @index-th full batch. */
static void
move (const NnBatch *batch, gsize index)
{
  nn_tensor_move (batch->inputs, index * nn_tensor_get_size (batch->inputs));
  if (batch->targets)
    nn_tensor_move (batch->targets, index * nn_tensor_get_size (batch->targets));
}

/* A batch that is the only one of its size is packed once in any case. */
static gboolean
should_pack (const NnBatches *self, gsize n_full)
{
  const gsize n_rows = self->dataset->n_features + self->dataset->n_targets;
  const gsize n_columns = nn_kernels_get_columns (self->batch_size);

  return self->shuffle == NN_SHUFFLE_NONE &&
         (n_full == 1 ||
          n_full * n_columns <= NN_BATCHES_MAX_PACKED / sizeof (float) / n_rows);
}

static void
pack_all (NnBatches *self, gsize n_full)
{
  for (gsize i = n_full; i-- > 0;) {
    move (&self->full, i);
    fill (&self->full, self->dataset, self->order + i * self->batch_size);
  }
  if (self->n_rest > 0)
    fill (&self->smaller, self->dataset, self->order + n_full * self->batch_size);
}

/**
 * nn_batches_new:
 * @dataset: gets a reference; has training examples
 * @batch_size: 0 for all of them; more than there are is all of them
 */
NnBatches *
nn_batches_new (NnDataset *dataset, gsize batch_size, NnShuffle shuffle)
{
  const gsize n = dataset->n_training;
  NnBatches *self = g_new0 (NnBatches, 1);
  gsize n_full;

  g_return_val_if_fail (n > 0, NULL);

  self->dataset = nn_dataset_ref (dataset);
  self->batch_size = batch_size == 0 ? n : MIN (batch_size, n);
  self->n_rest = n % self->batch_size;
  self->n_batches = (n + self->batch_size - 1) / self->batch_size;
  self->shuffle = shuffle;
  self->sampler = nn_random_new (0);
  self->order = g_new (gsize, n);
  for (gsize i = 0; i < n; i++)
    self->order[i] = i;

  n_full = n / self->batch_size;
  self->packed = should_pack (self, n_full);
  init_batch (&self->full, dataset, self->batch_size, self->packed ? n_full : 1);
  if (self->n_rest > 0)
    init_batch (&self->smaller, dataset, self->n_rest, 1);
  self->smaller.smaller = TRUE;
  init_batch (&self->example, dataset, 1, 1);
  if (self->packed)
    pack_all (self, n_full);
  return self;
}

void
nn_batches_free (NnBatches *self)
{
  clear_batch (&self->full);
  clear_batch (&self->smaller);
  clear_batch (&self->example);
  g_free (self->order);
  nn_random_free (self->sampler);
  nn_dataset_unref (self->dataset);
  g_free (self);
}

/**
 * nn_batches_are_packed:
 *
 * Returns: whether what nn_batches_begin () returns stays in memory as it is; otherwise the
 *   next batch takes its place
 */
gboolean
nn_batches_are_packed (const NnBatches *self)
{
  return self->packed;
}

/**
 * nn_batches_begin:
 * @random: where the epoch's order is drawn from, if it is this epoch's first batch
 *
 * Returns: (transfer none): the present batch; the same one until the next
 *   nn_batches_advance ()
 */
const NnBatch *
nn_batches_begin (NnBatches *self, NnRandom *random)
{
  const gboolean last = self->position + 1 == self->n_batches;
  NnBatch *batch = last && self->n_rest > 0 ? &self->smaller : &self->full;

  if (self->present)
    return self->present;
  if (!self->packed) {
    if (!self->drawn)
      nn_shuffle_draw (self->shuffle, random, self->sampler, self->order,
                       self->dataset->n_training);
    self->drawn = TRUE;
    fill (batch, self->dataset, self->order + self->position * self->batch_size);
  } else if (batch == &self->full) {
    move (batch, self->position);
  }
  batch->ends_epoch = last;
  self->present = batch;
  return batch;
}

/**
 * nn_batches_get_example:
 * @index: within the present batch
 *
 * Returns: (transfer none): one example as a batch of its own, until the next call
 */
const NnBatch *
nn_batches_get_example (NnBatches *self, gsize index)
{
  fill (&self->example, self->dataset,
        self->order + self->position * self->batch_size + index);
  self->example.n_examples = 1;
  return &self->example;
}

void
nn_batches_advance (NnBatches *self)
{
  self->present = NULL;
  if (++self->position < self->n_batches)
    return;
  self->position = 0;
  self->drawn = FALSE;
}

/**
 * nn_batches_restart:
 *
 * Goes back to before the first epoch.
 */
void
nn_batches_restart (NnBatches *self)
{
  self->present = NULL;
  self->position = 0;
  self->drawn = FALSE;
}

gsize
nn_batches_get_state_size (const NnBatches *self)
{
  const gsize n_order = self->shuffle ? self->dataset->n_training : 0;

  return (2 + n_order) * sizeof (gsize);
}

void
nn_batches_save_state (const NnBatches *self, void *bytes)
{
  const gsize head[] = { self->position, (gsize) self->drawn };

  memcpy (bytes, head, sizeof head);
  if (self->shuffle)
    memcpy ((char *) bytes + sizeof head, self->order,
            self->dataset->n_training * sizeof (gsize));
}

void
nn_batches_restore_state (NnBatches *self, const void *bytes)
{
  gsize head[2];

  memcpy (head, bytes, sizeof head);
  self->present = NULL;
  self->position = head[0];
  self->drawn = (gboolean) head[1];
  if (self->shuffle)
    memcpy (self->order, (const char *) bytes + sizeof head,
            self->dataset->n_training * sizeof (gsize));
}

static NnBatch *
new_batch_of (const NnDataset *dataset, gsize first, gsize n)
{
  g_autofree gsize *rows = g_new (gsize, n);
  NnBatch *batch = g_new0 (NnBatch, 1);

  for (gsize i = 0; i < n; i++)
    rows[i] = first + i;
  init_batch (batch, dataset, n, 1);
  fill (batch, dataset, rows);
  return batch;
}

/**
 * nn_batch_new_held_out:
 *
 * Returns: (transfer full) (nullable): the examples that are not trained on
 */
NnBatch *
nn_batch_new_held_out (const NnDataset *dataset)
{
  const gsize n = dataset->n_examples - dataset->n_training;

  return n > 0 ? new_batch_of (dataset, dataset->n_training, n) : NULL;
}

void
nn_batch_free (NnBatch *self)
{
  clear_batch (self);
  g_free (self);
}
