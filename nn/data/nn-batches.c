/* nn-batches.c - the mini-batches of each epoch, as PyTorch's DataLoader gives them
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-batches.h"

#include <string.h>

#include "nn/kernels/nn-kernels.h"

/* The division of an epoch, or of the rest of one, into batches. */
typedef struct {
  gsize first;     /* the index in the epoch's order of the first example */
  gsize n_batches; /* 0: not initialised */
  gsize n_rest;    /* examples in a smaller last batch; 0 if there is none */
  gboolean packed; /* all batches are in memory, one after the other */
  NnBatch full;    /* (owned) moved along the packed batches, or refilled for each */
  NnBatch smaller; /* (owned) the last one, if n_rest > 0 */
} Cut;

struct _NnBatches {
  NnDataset *dataset; /* (owned) */
  gsize batch_size;   /* at least 1, at most the training examples */
  NnShuffle shuffle;
  NnRandom *sampler; /* (owned) scratch for nn_shuffle_draw () */
  gsize *order;      /* (owned) (n_training) the rows in the order of this epoch */

  Cut whole;       /* a whole epoch */
  Cut left;        /* the rest of an epoch during which the batch size was changed */
  Cut *cut;        /* &whole or &left */
  gsize position;  /* the index of the present batch in cut */
  gboolean drawn;  /* this epoch's order has been drawn */
  NnBatch example; /* (owned) for nn_batches_get_example () */
  const NnBatch *present; /* (nullable) NULL before nn_batches_begin () */
  /* an epoch is one packed batch: nn_batches_advance () has nothing to do */
  gboolean alone;
};

/* A single full batch is packed whatever its size: its tensors are needed anyway. */
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
    nn_batch_move (&cut->full, i);
    nn_batch_fill (&cut->full, self->dataset, self->order + i * self->batch_size);
  }
  if (cut->n_rest > 0)
    nn_batch_fill (&cut->smaller, self->dataset, self->order + n_full * self->batch_size);
}

/* @first: how many examples of the epoch come before, in batches of another size */
static void
init_cut (NnBatches *self, Cut *cut, gsize first)
{
  const gsize n = self->dataset->n_training - first;
  const gsize n_full = n / self->batch_size;

  cut->first = first;
  cut->n_rest = n % self->batch_size;
  cut->n_batches = n_full + (cut->n_rest > 0);
  cut->packed = first == 0 && should_pack (self, n_full);
  nn_batch_init (&cut->full, self->dataset, self->batch_size, cut->packed ? n_full : 1);
  if (cut->n_rest > 0)
    nn_batch_init (&cut->smaller, self->dataset, cut->n_rest, 1);
  cut->smaller.smaller = TRUE;
  if (cut->packed)
    pack_all (self, cut, n_full);
}

static void
clear_cut (Cut *cut)
{
  nn_batch_clear (&cut->full);
  nn_batch_clear (&cut->smaller);
  *cut = (Cut){ 0 };
}

static void
reset_order (NnBatches *self)
{
  for (gsize i = 0; i < self->dataset->n_training; i++)
    self->order[i] = i;
}

/**
 * nn_batches_new:
 * @dataset: a reference is taken
 * @batch_size: 0, or more than there are training examples, for one batch of all of them
 *
 * Returns: (transfer full): before the first batch of the first epoch
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
  reset_order (self);
  init_cut (self, &self->whole, 0);
  self->cut = &self->whole;
  nn_batch_init (&self->example, dataset, 1, 1);
  return self;
}

/* Divides the rest of an epoch after its first @n_done examples; 0 is the whole epoch. */
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
 * @random: for the present epoch's order, if it is shuffled and was not drawn yet
 * @batch_size: as nn_batches_new ()
 *
 * For a batch size or shuffle that is edited during a run: the rest of the present epoch
 * is in its order, in batches of the new size; @shuffle applies from the next epoch on.
 * At the very start of an epoch both apply at once, but an order that was drawn for it
 * is kept.
 *
 * Returns: (transfer full): the same data, from the next example on
 */
NnBatches *
nn_batches_continue (NnBatches *self,
                     NnRandom *random,
                     gsize batch_size,
                     NnShuffle shuffle)
{
  const gsize n_done = self->cut->first + self->position * self->batch_size;
  NnBatches *other = nn_batches_new (self->dataset, batch_size, shuffle);

  /* Draws the order, if it was not: whether the batch had begun must not matter. */
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
  nn_batch_clear (&self->example);
  g_free (self->order);
  nn_random_free (self->sampler);
  nn_dataset_unref (self->dataset);
  g_free (self);
}

/**
 * nn_batches_are_packed:
 *
 * Returns: whether batches of the present epoch keep their memory; otherwise each
 *   overwrites the one before
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
    nn_batch_fill (batch, self->dataset,
                   self->order + cut->first + self->position * self->batch_size);
  } else if (batch == &cut->full) {
    nn_batch_move (batch, self->position);
  }
  batch->ends_epoch = last;
  self->alone = cut->packed && cut->n_batches == 1;
  return batch;
}

/**
 * nn_batches_begin:
 * @random: for the order of a shuffled epoch, which is drawn with its first batch
 *
 * Returns: (transfer none): the present batch, the same until the next
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
 * @index: of an example in the present batch, which has begun
 *
 * Returns: (transfer none): that example as a batch of one, until the next call
 */
const NnBatch *
nn_batches_get_example (NnBatches *self, gsize index)
{
  nn_batch_fill (&self->example, self->dataset,
                 self->order + self->cut->first + self->position * self->batch_size +
                     index);
  self->example.n_examples = 1;
  return &self->example;
}

/**
 * nn_batches_get_number:
 * @index: of an example in the present batch, which has begun
 *
 * Returns: its row, from 0, in the data as given, before shuffling and holding out
 */
gsize
nn_batches_get_number (const NnBatches *self, gsize index)
{
  const gsize row =
      self->order[self->cut->first + self->position * self->batch_size + index];

  return self->dataset->order ? self->dataset->order[row] : row;
}

/* Returns from the rest of an epoch to whole ones; an order that it had from an earlier
 * shuffle ends with it. */
static G_NO_INLINE void
leave_rest (NnBatches *self)
{
  clear_cut (&self->left);
  self->cut = &self->whole;
  if (!self->shuffle)
    reset_order (self);
}

/**
 * nn_batches_advance:
 *
 * Goes to the next batch, of the next epoch after the last.
 */
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
 * Goes back to the start of an epoch that has not begun.
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
 * Returns: how many batches are left in this epoch, the present one included
 */
gsize
nn_batches_count_left (const NnBatches *self)
{
  return self->cut->n_batches - self->position;
}

/**
 * nn_batches_count_per_epoch:
 *
 * Returns: how many batches each later epoch has
 */
gsize
nn_batches_count_per_epoch (const NnBatches *self)
{
  return self->whole.n_batches;
}

/* A state begins with so many numbers, which the order follows, if it has one. */
#define N_HEAD 3

/* Whether the order is not simply that of the data: it is shuffled, or was when the
 * present epoch began. */
static gboolean
has_order (const NnBatches *self)
{
  return self->shuffle || self->cut != &self->whole;
}

/**
 * nn_batches_get_state_size:
 *
 * Returns: how many bytes nn_batches_save_state () writes now
 */
gsize
nn_batches_get_state_size (const NnBatches *self)
{
  const gsize n_order = has_order (self) ? self->dataset->n_training : 0;

  return (N_HEAD + n_order) * sizeof (gsize);
}

/**
 * nn_batches_save_state:
 * @bytes: (nn_batches_get_state_size) (out)
 */
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
 * @bytes: saved by batches of the same data, size and shuffle
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
 * @numbers: (array length=n_numbers): from a file, not trusted
 *
 * Returns: whether they are a state that nn_batches_restore_state () accepts: one that
 *   batches of the same data, size and shuffle can save
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
