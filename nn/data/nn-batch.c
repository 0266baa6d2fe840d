/* nn-batch.c - a mini-batch: some examples of a data set as tensors
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-batch.h"

#include "nn/kernels/nn-kernels.h"

static NnTensor *
new_columns (NnStorage *storage, gsize offset, gsize n_rows, gsize n_columns)
{
  return nn_tensor_new_in (storage, offset, 2, (const gsize[]){ n_rows, n_columns });
}

/**
 * nn_batch_init:
 * @self: all zero
 * @n_examples: at least 1
 * @capacity: for how many batches of this size to allocate memory, side by side; the
 *   tensors are at the first of them
 *
 * Allocates the tensors. To be freed with nn_batch_clear ().
 */
void
nn_batch_init (NnBatch *self, const NnDataset *dataset, gsize n_examples, gsize capacity)
{
  const gsize n_columns = nn_kernels_get_columns (n_examples);
  g_autoptr (NnStorage) inputs =
      nn_storage_new (capacity * dataset->n_features * n_columns);

  self->n_examples = n_examples;
  self->inputs = new_columns (inputs, 0, dataset->n_features, n_columns);
  if (dataset->n_targets > 0) {
    g_autoptr (NnStorage) targets =
        nn_storage_new (capacity * dataset->n_targets * n_columns);

    self->targets = new_columns (targets, 0, dataset->n_targets, n_columns);
  }
}

/**
 * nn_batch_clear:
 *
 * Frees the tensors. May be called twice.
 */
void
nn_batch_clear (NnBatch *self)
{
  g_clear_pointer (&self->inputs, nn_tensor_unref);
  g_clear_pointer (&self->targets, nn_tensor_unref);
}

/**
 * nn_batch_fill:
 * @rows: (n_examples): of the data set
 *
 * Copies the examples into the tensors.
 */
void
nn_batch_fill (const NnBatch *self, const NnDataset *dataset, const gsize *rows)
{
  const gsize n_columns = nn_tensor_get_shape (self->inputs)[1];

  nn_dataset_read_input_columns (dataset, rows, self->n_examples, n_columns,
                                 nn_tensor_write (self->inputs, NULL));
  if (self->targets)
    nn_dataset_read_target_columns (dataset, rows, self->n_examples, n_columns,
                                    nn_tensor_write (self->targets, NULL));
}

/**
 * nn_batch_move:
 * @index: below the capacity
 *
 * Points the tensors at the memory of another batch, without copying.
 */
void
nn_batch_move (const NnBatch *self, gsize index)
{
  nn_tensor_move (self->inputs, index * nn_tensor_get_size (self->inputs));
  if (self->targets)
    nn_tensor_move (self->targets, index * nn_tensor_get_size (self->targets));
}

/**
 * nn_batch_new_of:
 *
 * Returns: (transfer full): the @n rows of @dataset from row @first on
 */
NnBatch *
nn_batch_new_of (const NnDataset *dataset, gsize first, gsize n)
{
  g_autofree gsize *rows = g_new (gsize, n);
  NnBatch *self = g_new0 (NnBatch, 1);

  for (gsize i = 0; i < n; i++)
    rows[i] = first + i;
  nn_batch_init (self, dataset, n, 1);
  nn_batch_fill (self, dataset, rows);
  return self;
}

/**
 * nn_batch_new_held_out:
 *
 * Returns: (transfer full) (nullable): the validation examples; NULL if there are none
 */
NnBatch *
nn_batch_new_held_out (const NnDataset *dataset)
{
  const gsize n = dataset->n_examples - dataset->n_training;

  return n > 0 ? nn_batch_new_of (dataset, dataset->n_training, n) : NULL;
}

/**
 * nn_batch_new_training:
 *
 * Returns: (transfer full): the first @most training examples, or all if there are fewer
 */
NnBatch *
nn_batch_new_training (const NnDataset *dataset, gsize most)
{
  return nn_batch_new_of (dataset, 0, MIN (most, dataset->n_training));
}

void
nn_batch_free (NnBatch *self)
{
  nn_batch_clear (self);
  g_free (self);
}
