/* nn-batches.c - a data set's training examples, batch by batch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-batches.h"

#include <string.h>

#include "nn/kernels/nn-kernels.h"


/* How an epoch, or what is left of one, is cut into batches. */
typedef struct {
  gsize first;     /* where in the epoch's order the first of them begins */
  gsize n_batches; /* 0: none was cut */
  gsize n_rest;    /* examples in the smaller last one; 0 if there is none */
  gboolean packed; /* all batches are, once and for all */
  NnBatch full;    /* (owned) the tensors, moved along the packed batches */
  NnBatch smaller; /* (owned) */
} Cut;

struct _NnBatches {
  NnDataset *dataset; /* (owned) */
  gsize batch_size;   /* at least 1, at most the training examples */
  NnShuffle shuffle;
  NnRandom *sampler; /* (owned) scratch for nn_shuffle_draw () */
  gsize *order;      /* (owned) (n_training) the rows in the order of this epoch */

  Cut whole;       /* of an epoch */
  Cut left;        /* of an epoch in the midst of which the size of batches changed */
  Cut *cut;        /* the present one of the two */
  gsize position;  /* the present batch */
  gboolean drawn;  /* this epoch's order was drawn */
  NnBatch example; /* (owned) one example in the least number of columns */
  const NnBatch *present;
  gboolean alone; /* there is no other, and it is packed: it stays the present one */
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
pack_all (NnBatches *self, Cut *cut, gsize n_full)
{
  for (gsize i = n_full; i-- > 0;) {
    move (&cut->full, i);
    fill (&cut->full, self->dataset, self->order + i * self->batch_size);
  }
  if (cut->n_rest > 0)
    fill (&cut->smaller, self->dataset, self->order + n_full * self->batch_size);
}

/* @first: the examples of the epoch that come before; those are cut in another way */
static void
init_cut (NnBatches *self, Cut *cut, gsize first)
{
  const gsize n = self->dataset->n_training - first;
  const gsize n_full = n / self->batch_size;

  cut->first = first;
  cut->n_rest = n % self->batch_size;
  cut->n_batches = n_full + (cut->n_rest > 0);
  cut->packed = first == 0 && should_pack (self, n_full);
  init_batch (&cut->full, self->dataset, self->batch_size, cut->packed ? n_full : 1);
  if (cut->n_rest > 0)
    init_batch (&cut->smaller, self->dataset, cut->n_rest, 1);
  cut->smaller.smaller = TRUE;
  if (cut->packed)
    pack_all (self, cut, n_full);
}

static void
clear_cut (Cut *cut)
{
  clear_batch (&cut->full);
  clear_batch (&cut->smaller);
  *cut = (Cut){ 0 };
}

static void
restore_order (NnBatches *self)
{
  for (gsize i = 0; i < self->dataset->n_training; i++)
    self->order[i] = i;
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

  g_return_val_if_fail (n > 0, NULL);

  self->dataset = nn_dataset_ref (dataset);
  self->batch_size = batch_size == 0 ? n : MIN (batch_size, n);
  self->shuffle = shuffle;
  self->sampler = nn_random_new (0);
  self->order = g_new (gsize, n);
  restore_order (self);
  init_cut (self, &self->whole, 0);
  self->cut = &self->whole;
  init_batch (&self->example, dataset, 1, 1);
  return self;
}

/* The rest of an epoch of which @n_done examples are done. */
static void
cut_rest (NnBatches *self, gsize n_done)
{
  if (self->left.n_batches > 0 && self->left.first != n_done)
    clear_cut (&self->left);
  if (n_done > 0 && self->left.n_batches == 0)
    init_cut (self, &self->left, n_done);
  self->cut = n_done > 0 ? &self->left : &self->whole;
}

/**
 * nn_batches_continue:
 * @random: where the present epoch's order is drawn from, if it was not yet
 * @batch_size: as nn_batches_new ()
 *
 * Returns: (transfer full): the same data in batches of another size, which go on at the
 *   next example of the present epoch, in its order; @shuffle holds from the next one on.
 *   An epoch that has not begun is the next one, but an order that @self has for it stays
 */
NnBatches *
nn_batches_continue (NnBatches *self,
                     NnRandom *random,
                     gsize batch_size,
                     NnShuffle shuffle)
{
  const gsize n_done = self->cut->first + self->position * self->batch_size;
  NnBatches *other = nn_batches_new (self->dataset, batch_size, shuffle);

  /* Whether it was asked for already must make no difference. */
  if (self->shuffle)
    nn_batches_begin (self, random);
  if (n_done == 0 && (!shuffle || !self->shuffle))
    return other;
  memcpy (other->order, self->order, self->dataset->n_training * sizeof (gsize));
  other->drawn = TRUE;
  cut_rest (other, n_done);
  return other;
}

void
nn_batches_free (NnBatches *self)
{
  clear_cut (&self->whole);
  clear_cut (&self->left);
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
  return self->cut->packed;
}

static const NnBatch *
take_batch (NnBatches *self, NnRandom *random)
{
  Cut *cut = self->cut;
  const gboolean last = self->position + 1 == cut->n_batches;
  NnBatch *batch = last && cut->n_rest > 0 ? &cut->smaller : &cut->full;

  if (!cut->packed) {
    if (!self->drawn)
      nn_shuffle_draw (self->shuffle, random, self->sampler, self->order,
                       self->dataset->n_training);
    self->drawn = TRUE;
    fill (batch, self->dataset,
          self->order + cut->first + self->position * self->batch_size);
  } else if (batch == &cut->full) {
    move (batch, self->position);
  }
  batch->ends_epoch = last;
  self->alone = cut->packed && cut->n_batches == 1;
  return batch;
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
  if (self->present == NULL)
    self->present = take_batch (self, random);
  return self->present;
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
        self->order + self->cut->first + self->position * self->batch_size + index);
  self->example.n_examples = 1;
  return &self->example;
}

/**
 * nn_batches_get_number:
 * @index: within the present batch, which has begun
 *
 * Returns: which of the data's examples it is, from 0, in the order in which they are given
 */
gsize
nn_batches_get_number (const NnBatches *self, gsize index)
{
  const gsize row =
      self->order[self->cut->first + self->position * self->batch_size + index];

  return self->dataset->order ? self->dataset->order[row] : row;
}

/* What was cut in the midst of an epoch ends with it, and so does another's order. */
static void
leave_rest (NnBatches *self)
{
  clear_cut (&self->left);
  self->cut = &self->whole;
  if (!self->shuffle)
    restore_order (self);
}

void
nn_batches_advance (NnBatches *self)
{
  if (self->alone)
    return;
  self->present = NULL;
  if (++self->position < self->cut->n_batches)
    return;
  self->position = 0;
  self->drawn = FALSE;
  if (self->cut != &self->whole)
    leave_rest (self);
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
  if (self->cut != &self->whole)
    leave_rest (self);
}

/**
 * nn_batches_count_left:
 *
 * Returns: how many batches the present epoch has, from the present one on
 */
gsize
nn_batches_count_left (const NnBatches *self)
{
  return self->cut->n_batches - self->position;
}

/**
 * nn_batches_count_each:
 *
 * Returns: how many batches each epoch behind the present one has
 */
gsize
nn_batches_count_each (const NnBatches *self)
{
  return self->whole.n_batches;
}

/* Numbers of a state before the order. */
#define N_HEAD 3

/* An order is that of the shuffle, or of the one before it. */
static gboolean
has_order (const NnBatches *self)
{
  return self->shuffle || self->cut != &self->whole;
}

gsize
nn_batches_get_state_size (const NnBatches *self)
{
  const gsize n_order = has_order (self) ? self->dataset->n_training : 0;

  return (N_HEAD + n_order) * sizeof (gsize);
}

void
nn_batches_save_state (const NnBatches *self, void *bytes)
{
  const gsize head[N_HEAD] = { self->position, (gsize) self->drawn, self->cut->first };

  memcpy (bytes, head, sizeof head);
  if (has_order (self))
    memcpy ((char *) bytes + sizeof head, self->order,
            self->dataset->n_training * sizeof (gsize));
}

/**
 * nn_batches_restore_state:
 * @bytes: of batches of the same data, size and shuffle
 */
void
nn_batches_restore_state (NnBatches *self, const void *bytes)
{
  gsize head[N_HEAD];

  memcpy (head, bytes, sizeof head);
  self->present = NULL;
  if (self->cut != &self->whole)
    leave_rest (self);
  self->position = head[0];
  self->drawn = (gboolean) head[1];
  cut_rest (self, head[2]);
  if (has_order (self))
    memcpy (self->order, (const char *) bytes + sizeof head,
            self->dataset->n_training * sizeof (gsize));
}

static gboolean
is_permutation (const gsize *numbers, gsize n)
{
  g_autofree guint8 *seen = g_new0 (guint8, n);

  for (gsize i = 0; i < n; i++) {
    if (numbers[i] >= n || seen[numbers[i]])
      return FALSE;
    seen[numbers[i]] = TRUE;
  }
  return TRUE;
}

/**
 * nn_batches_check_state:
 * @numbers: (array length=n_numbers): anything, such as a file may say
 *
 * Returns: whether they are what nn_batches_save_state () can write for batches of the same
 *   data, size and shuffle, at whatever position
 */
gboolean
nn_batches_check_state (const NnBatches *self, const gsize *numbers, gsize n_numbers)
{
  const gsize n = self->dataset->n_training;
  gsize first, n_batches;

  if (n_numbers < N_HEAD)
    return FALSE;
  first = numbers[2];
  if (first >= n || numbers[1] > 1)
    return FALSE;
  n_batches = (n - first + self->batch_size - 1) / self->batch_size;
  if (numbers[0] >= n_batches)
    return FALSE;
  if (!self->shuffle && first == 0)
    return n_numbers == N_HEAD;
  return n_numbers == N_HEAD + n && is_permutation (numbers + N_HEAD, n);
}

/**
 * nn_batch_new_of:
 *
 * Returns: (transfer full): @n rows of @dataset from the @first on
 */
NnBatch *
nn_batch_new_of (const NnDataset *dataset, gsize first, gsize n)
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

  return n > 0 ? nn_batch_new_of (dataset, dataset->n_training, n) : NULL;
}

/**
 * nn_batch_new_training:
 *
 * Returns: (transfer full): the first @most of the examples that are trained on
 */
NnBatch *
nn_batch_new_training (const NnDataset *dataset, gsize most)
{
  return nn_batch_new_of (dataset, 0, MIN (most, dataset->n_training));
}

void
nn_batch_free (NnBatch *self)
{
  clear_batch (self);
  g_free (self);
}
