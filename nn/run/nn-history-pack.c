/* nn-history-pack.c - a history as bytes, and back
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>

#include "nn/run/nn-history-private.h"

/* A limit of the buckets of each width in a file, besides those of steps whose losses are
 * in it: the file is written often. */
#define PACKED_BUCKETS 16384

static void
pack_bucket (GByteArray *bytes, const NnHistoryBucket *bucket)
{
  nn_pack_float (bytes, bucket->first);
  nn_pack_float (bytes, bucket->last);
  nn_pack_float (bytes, bucket->least);
  nn_pack_float (bytes, bucket->greatest);
  nn_pack_double (bytes, bucket->sum);
}

#define PACKED_BUCKET (4 * sizeof (float) + sizeof (double)) /* bytes */

/* Returns: the first entry of level @k in a file; a wider level never begins at a later
 * step than a narrower one */
static guint64
get_packed_start (const NnHistory *self, guint k, guint64 narrower)
{
  const NnHistoryLevel *level = &self->levels[k];
  const guint64 most = level->end > PACKED_BUCKETS ? level->end - PACKED_BUCKETS : 0;
  const guint64 start = MIN (most, narrower / NN_HISTORY_FAN);

  return MAX (level->start, start / NN_HISTORY_FAN * NN_HISTORY_FAN);
}

/**
 * nn_history_pack:
 * @self: a copy
 * @bytes: gets all losses that are kept, and the newest buckets
 */
void
nn_history_pack (const NnHistory *self, GByteArray *bytes)
{
  guint64 start = self->levels[0].start;

  nn_pack_u64 (bytes, self->n_steps);
  nn_pack_u64 (bytes, start);
  for (guint64 i = start; i < self->n_steps; i++)
    nn_pack_float (bytes, *nn_history_get_losses (self, i));
  for (guint k = 1; k < NN_HISTORY_LEVELS && self->levels[k].end > 0; k++) {
    start = get_packed_start (self, k, start);
    nn_pack_u64 (bytes, start);
    for (guint64 i = start; i < self->levels[k].end; i++)
      pack_bucket (bytes, nn_history_get_buckets (self, k, i));
  }
}

static gboolean
unpack_bucket (NnHistoryBucket *bucket, NnUnpack *bytes)
{
  bucket->first = nn_unpack_float (bytes);
  bucket->last = nn_unpack_float (bytes);
  bucket->least = nn_unpack_float (bytes);
  bucket->greatest = nn_unpack_float (bytes);
  bucket->sum = nn_unpack_double (bytes);
  return isfinite (bucket->least) && isfinite (bucket->greatest) &&
         isfinite (bucket->sum) && bucket->least <= bucket->first &&
         bucket->first <= bucket->greatest && bucket->least <= bucket->last &&
         bucket->last <= bucket->greatest;
}

/* Whether a level that ends at @end can begin at @start: each bucket one level up has all
 * its entries, and narrower levels do not begin earlier. */
static gboolean
is_start (const NnHistory *self, guint k, guint64 start, guint64 end)
{
  const guint64 most = (self->limit + 1) * nn_history_get_chunk_length (k);

  return start <= end / NN_HISTORY_FAN * NN_HISTORY_FAN && start % NN_HISTORY_FAN == 0 &&
         end - start <= most &&
         (k == 0 || start <= self->levels[k - 1].start / NN_HISTORY_FAN);
}

static gboolean
unpack_level (NnHistory *self, guint k, guint64 end, NnUnpack *bytes)
{
  const guint64 start = nn_unpack_u64 (bytes);
  NnHistoryBucket bucket;
  float loss;

  if (bytes->failed || !is_start (self, k, start, end) ||
      bytes->n_left / (k == 0 ? sizeof (float) : PACKED_BUCKET) < end - start)
    return FALSE;
  nn_history_begin_level (self, k, start);
  for (guint64 i = start; i < end; i++) {
    if (k == 0) {
      loss = nn_unpack_float (bytes);
      if (!isfinite (loss))
        return FALSE;
      nn_history_append_loss (self, loss);
    } else {
      if (!unpack_bucket (&bucket, bytes))
        return FALSE;
      nn_history_append_bucket (self, k, &bucket);
    }
  }
  return TRUE;
}

/**
 * nn_history_unpack:
 * @self: overwritten in any case
 * @bytes: (inout): from nn_history_pack (), or any bytes
 *
 * Returns: FALSE, with @self empty, if they are not those of a history
 */
gboolean
nn_history_unpack (NnHistory *self, NnUnpack *bytes)
{
  const guint64 n_steps = nn_unpack_u64_up_to (bytes, G_MAXINT64);

  nn_history_clear (self);
  for (guint k = 0; k < NN_HISTORY_LEVELS; k++) {
    const guint64 end = n_steps >> (k * NN_HISTORY_BITS);

    if (k > 0 && end == 0)
      break;
    if (!unpack_level (self, k, end, bytes)) {
      nn_history_clear (self);
      return FALSE;
    }
  }
  self->n_steps = n_steps;
  return TRUE;
}

/* ---- marks ------------------------------------------------------------------------- */

static gsize
count_entries (guint64 n_steps, guint k)
{
  return (gsize) (n_steps >> (k * NN_HISTORY_BITS)) % NN_HISTORY_FAN;
}

void
nn_history_mark_pack (const NnHistoryMark *self, GByteArray *bytes)
{
  nn_pack_u64 (bytes, self->n_steps);
  for (gsize i = 0; i < count_entries (self->n_steps, 0); i++)
    nn_pack_float (bytes, self->losses[i]);
  for (guint k = 1; k < NN_HISTORY_LEVELS; k++)
    for (gsize i = 0; i < count_entries (self->n_steps, k); i++)
      pack_bucket (bytes, &self->buckets[k - 1][i]);
}

/**
 * nn_history_mark_unpack:
 *
 * Returns: FALSE if @bytes are not those of a mark
 */
gboolean
nn_history_mark_unpack (NnHistoryMark *self, NnUnpack *bytes)
{
  self->n_steps = nn_unpack_u64_up_to (bytes, G_MAXINT64);
  for (gsize i = 0; i < count_entries (self->n_steps, 0); i++) {
    self->losses[i] = nn_unpack_float (bytes);
    if (!isfinite (self->losses[i]))
      return FALSE;
  }
  for (guint k = 1; k < NN_HISTORY_LEVELS; k++)
    for (gsize i = 0; i < count_entries (self->n_steps, k); i++)
      if (!unpack_bucket (&self->buckets[k - 1][i], bytes))
        return FALSE;
  return !bytes->failed;
}
