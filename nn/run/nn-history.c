/* nn-history.c - the losses of a run, one per training step, in bounded memory
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-history-private.h"

#include <string.h>

/* Multiples of NN_HISTORY_FAN, so that a bucket's entries are in one chunk. */
#define LOSSES_PER_CHUNK  16384
#define BUCKETS_PER_CHUNK 4096

/* How many steps get their buckets at once, while their losses are in the cache. */
#define SETTLE_STEPS 4096

G_STATIC_ASSERT (NN_HISTORY_WHOLE *LOSSES_PER_CHUNK >= NN_HISTORY_EXACT);

/* ---- chunks ------------------------------------------------------------------------ */

guint64
nn_history_get_chunk_length (guint level)
{
  return level == 0 ? LOSSES_PER_CHUNK : BUCKETS_PER_CHUNK;
}

static gsize
get_chunk_size (guint level)
{
  return sizeof (NnHistoryChunk) + (level == 0
                                        ? LOSSES_PER_CHUNK * sizeof (float)
                                        : BUCKETS_PER_CHUNK * sizeof (NnHistoryBucket));
}

static NnHistoryChunk *
chunk_new (guint level)
{
  NnHistoryChunk *chunk = g_malloc (get_chunk_size (level));

  chunk->n_refs = 1;
  return chunk;
}

static void
chunk_unref (NnHistoryChunk *chunk)
{
  if (g_atomic_int_dec_and_test (&chunk->n_refs))
    g_free (chunk);
}

/* Removes the oldest chunk. Returns: (transfer full) (nullable): the chunk, unless a copy
 * shares it */
static NnHistoryChunk *
evict (NnHistory *self, guint k)
{
  NnHistoryLevel *level = &self->levels[k];
  NnHistoryChunk *chunk = level->chunks[0];

  level->n_chunks--;
  level->first++;
  level->start = level->first * nn_history_get_chunk_length (k);
  memmove (level->chunks, level->chunks + 1, level->n_chunks * sizeof *level->chunks);
  if (g_atomic_int_get (&chunk->n_refs) == 1)
    return chunk;
  chunk_unref (chunk);
  return NULL;
}

/* Returns: the chunk for the next entry; a new one if the last one is full */
static NnHistoryChunk *
get_open_chunk (NnHistory *self, guint k)
{
  NnHistoryLevel *level = &self->levels[k];
  const guint64 number = level->end / nn_history_get_chunk_length (k);
  NnHistoryChunk *chunk = NULL;

  if (level->n_chunks == 0)
    level->first = number;
  if (number - level->first == level->n_chunks) {
    if (level->n_chunks > self->limit)
      chunk = evict (self, k);
    level->chunks[level->n_chunks++] = chunk ? chunk : chunk_new (k);
  }
  return level->chunks[number - level->first];
}

/* Returns: (transfer none): entry @entry of level 0, and those after it in its chunk */
const float *
nn_history_get_losses (const NnHistory *self, guint64 entry)
{
  const NnHistoryLevel *level = &self->levels[0];

  return level->chunks[entry / LOSSES_PER_CHUNK - level->first]->losses +
         entry % LOSSES_PER_CHUNK;
}

/* Returns: (transfer none): entry @entry of @level, and those after it in its chunk */
const NnHistoryBucket *
nn_history_get_buckets (const NnHistory *self, guint k, guint64 entry)
{
  const NnHistoryLevel *level = &self->levels[k];

  return level->chunks[entry / BUCKETS_PER_CHUNK - level->first]->buckets +
         entry % BUCKETS_PER_CHUNK;
}

/* ---- a level ----------------------------------------------------------------------- */

static void
clear_level (NnHistoryLevel *level)
{
  for (guint i = 0; i < level->n_chunks; i++)
    chunk_unref (level->chunks[i]);
  level->n_chunks = 0;
}

/**
 * nn_history_begin_level:
 *
 * Removes all entries of the level; the next one is @start.
 */
void
nn_history_begin_level (NnHistory *self, guint k, guint64 start)
{
  NnHistoryLevel *level = &self->levels[k];

  clear_level (level);
  level->start = start;
  level->end = start;
}

/* Copy-on-write: copies may share the last chunk, and its next entries will differ. */
static void
own_last_chunk (NnHistory *self, guint k)
{
  NnHistoryLevel *level = &self->levels[k];
  NnHistoryChunk **last = &level->chunks[level->n_chunks - 1];
  NnHistoryChunk *own;

  if (g_atomic_int_get (&(*last)->n_refs) == 1)
    return;
  own = chunk_new (k);
  memcpy (own + 1, *last + 1, get_chunk_size (k) - sizeof *own); /* all but the count */
  chunk_unref (*last);
  *last = own;
}

/**
 * nn_history_truncate_level:
 * @end: not before the level's start
 *
 * Removes the level's entries from @end on.
 */
void
nn_history_truncate_level (NnHistory *self, guint k, guint64 end)
{
  NnHistoryLevel *level = &self->levels[k];
  const guint64 length = nn_history_get_chunk_length (k);

  if (end >= level->end)
    return;
  level->end = end;
  while (level->n_chunks > 0 && (level->first + level->n_chunks - 1) * length >= end)
    chunk_unref (level->chunks[--level->n_chunks]);
  if (level->n_chunks > 0 && end % length != 0)
    own_last_chunk (self, k);
}

void
nn_history_append_bucket (NnHistory *self, guint k, const NnHistoryBucket *bucket)
{
  NnHistoryChunk *chunk = get_open_chunk (self, k);

  chunk->buckets[self->levels[k].end++ % BUCKETS_PER_CHUNK] = *bucket;
}

/* As nn_history_append_bucket () for level 0; the caller counts the step. */
void
nn_history_append_loss (NnHistory *self, float loss)
{
  NnHistoryChunk *chunk = get_open_chunk (self, 0);

  chunk->losses[self->levels[0].end++ % LOSSES_PER_CHUNK] = loss;
}

/* ---- buckets ----------------------------------------------------------------------- */

void
nn_history_bucket_of_losses (NnHistoryBucket *bucket, const float *losses)
{
  float least = losses[0];
  float greatest = losses[0];
  double sum = (double) losses[0];

  for (gsize i = 1; i < NN_HISTORY_FAN; i++) {
    least = losses[i] < least ? losses[i] : least;
    greatest = losses[i] > greatest ? losses[i] : greatest;
    sum += (double) losses[i];
  }
  *bucket =
      (NnHistoryBucket){ losses[0], losses[NN_HISTORY_FAN - 1], least, greatest, sum };
}

void
nn_history_bucket_of_buckets (NnHistoryBucket *bucket, const NnHistoryBucket *buckets)
{
  NnHistoryBucket all = buckets[0];

  for (gsize i = 1; i < NN_HISTORY_FAN; i++) {
    all.least = MIN (all.least, buckets[i].least);
    all.greatest = MAX (all.greatest, buckets[i].greatest);
    all.sum += buckets[i].sum;
  }
  all.last = buckets[NN_HISTORY_FAN - 1].last;
  *bucket = all;
}

/**
 * nn_history_settle:
 *
 * Makes the buckets that have become complete.
 */
void
nn_history_settle (NnHistory *self)
{
  NnHistoryBucket bucket;

  self->levels[0].end = self->n_steps;
  for (guint k = 1; k < NN_HISTORY_LEVELS; k++) {
    const guint64 end = self->n_steps >> (k * NN_HISTORY_BITS);

    if (end <= self->levels[k].end)
      return; /* nor do the levels above */
    for (guint64 i = self->levels[k].end; i < end; i++) {
      if (k == 1)
        nn_history_bucket_of_losses (&bucket,
                                     nn_history_get_losses (self, i * NN_HISTORY_FAN));
      else
        nn_history_bucket_of_buckets (
            &bucket, nn_history_get_buckets (self, k - 1, i * NN_HISTORY_FAN));
      nn_history_append_bucket (self, k, &bucket);
    }
  }
}

/* Sends the next loss through prepare (), as its address has changed. */
void
nn_history_stop (NnHistory *self)
{
  self->next = NULL;
  self->until = NULL;
}

/* ---- the history ------------------------------------------------------------------- */

/**
 * nn_history_new:
 * @limit: chunks of each width that are kept: NN_HISTORY_WHOLE or fewer, not 0
 */
NnHistory *
nn_history_new (guint limit)
{
  NnHistory *self = g_new0 (NnHistory, 1);

  g_assert (limit > 0 && limit <= NN_HISTORY_WHOLE);
  self->limit = limit;
  return self;
}

/**
 * nn_history_copy:
 *
 * Returns: (transfer full): the history as it is now; it shares the chunks
 */
NnHistory *
nn_history_copy (NnHistory *self)
{
  NnHistory *copy;

  nn_history_settle (self);
  copy = g_memdup2 (self, sizeof *self);
  for (guint k = 0; k < NN_HISTORY_LEVELS; k++)
    for (guint i = 0; i < copy->levels[k].n_chunks; i++)
      g_atomic_int_inc (&copy->levels[k].chunks[i]->n_refs);
  return copy;
}

void
nn_history_free (NnHistory *self)
{
  nn_history_clear (self);
  g_free (self);
}

void
nn_history_clear (NnHistory *self)
{
  for (guint k = 0; k < NN_HISTORY_LEVELS; k++)
    nn_history_begin_level (self, k, 0);
  self->n_steps = 0;
  nn_history_stop (self);
}

/**
 * nn_history_set_limit:
 * @limit: as nn_history_new ()
 *
 * Removes the oldest chunks beyond it.
 */
void
nn_history_set_limit (NnHistory *self, guint limit)
{
  g_return_if_fail (limit > 0 && limit <= NN_HISTORY_WHOLE);

  nn_history_settle (self);
  self->limit = limit;
  for (guint k = 0; k < NN_HISTORY_LEVELS; k++)
    while (self->levels[k].n_chunks > limit + 1) {
      NnHistoryChunk *chunk = evict (self, k);

      g_clear_pointer (&chunk, chunk_unref);
    }
}

static void
prepare (NnHistory *self)
{
  const guint64 index = self->n_steps % LOSSES_PER_CHUNK;
  NnHistoryChunk *chunk;

  nn_history_settle (self);
  chunk = get_open_chunk (self, 0);
  self->next = chunk->losses + index;
  self->until = self->next + (SETTLE_STEPS - index % SETTLE_STEPS);
}

/**
 * nn_history_append:
 * @loss: of step n_steps + 1; finite, as a run stops at one that is not
 *
 * Allocates once in some thousand steps; when the limit is reached, only if a copy still
 * shares the chunk that is dropped.
 */
void
nn_history_append (NnHistory *self, float loss)
{
  if (self->next == self->until)
    prepare (self);
  *self->next++ = loss;
  self->n_steps++;
}

/* Returns: the narrowest level that has step @step + 1 */
static guint
find_level (const NnHistory *self, guint64 step)
{
  guint k = 0;

  while (step >> (k * NN_HISTORY_BITS) < self->levels[k].start)
    k++;
  return k;
}

/**
 * nn_history_cut:
 *
 * Removes the steps after @step. A bucket that has some of them is removed as a whole;
 * nn_history_cut_to_mark () is exact.
 */
void
nn_history_cut (NnHistory *self, guint64 step)
{
  guint narrowest;

  if (step >= self->n_steps)
    return;
  nn_history_settle (self);
  narrowest = find_level (self, step);
  self->n_steps = step >> (narrowest * NN_HISTORY_BITS) << (narrowest * NN_HISTORY_BITS);
  nn_history_stop (self);
  for (guint k = 0; k < NN_HISTORY_LEVELS; k++) {
    if (k < narrowest)
      nn_history_begin_level (self, k, self->n_steps >> (k * NN_HISTORY_BITS));
    else
      nn_history_truncate_level (self, k, self->n_steps >> (k * NN_HISTORY_BITS));
  }
}

/**
 * nn_history_begin:
 * @n_steps: the next loss is of the step after this one
 *
 * Removes everything: the steps up to @n_steps are unknown.
 */
void
nn_history_begin (NnHistory *self, guint64 n_steps)
{
  for (guint k = 0; k < NN_HISTORY_LEVELS; k++) {
    const guint bits = k * NN_HISTORY_BITS;
    const guint64 start = n_steps >> bits;

    /* A bucket begins only where its first step is known. */
    nn_history_begin_level (self, k, start + (start << bits != n_steps));
  }
  self->n_steps = n_steps;
  nn_history_stop (self);
}

/* Returns: the first step that is known, if only in a bucket */
guint64
nn_history_get_first_step (const NnHistory *self)
{
  guint64 first = self->levels[0].start;

  for (guint k = 1; k < NN_HISTORY_LEVELS; k++)
    if (self->levels[k].end > self->levels[k].start)
      first = MIN (first, self->levels[k].start << (k * NN_HISTORY_BITS));
  return first + 1;
}

guint64
nn_history_get_n_steps (const NnHistory *self)
{
  return self->n_steps;
}

/**
 * nn_history_get_size:
 *
 * Returns: about how many bytes it takes, with those that copies share
 */
gsize
nn_history_get_size (const NnHistory *self)
{
  gsize n_bytes = sizeof *self;

  for (guint k = 0; k < NN_HISTORY_LEVELS; k++)
    n_bytes += self->levels[k].n_chunks * get_chunk_size (k);
  return n_bytes;
}
