/* nn-history-query.c - reads the losses of some steps
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-history-private.h"

#include <string.h>

static guint64
get_width (guint level)
{
  return G_GUINT64_CONSTANT (1) << (level * NN_HISTORY_BITS);
}

/* Whether level @k has the step after @at. */
static gboolean
is_kept (const NnHistory *self, guint k, guint64 at)
{
  const guint64 entry = at >> (k * NN_HISTORY_BITS);

  return entry >= self->levels[k].start &&
         (k == 0 ? at < self->n_steps : entry < self->levels[k].end);
}

/* @at: before the end. Returns: the narrowest level that has the step after @at.
 * After a cut to a mark, a level may be empty although a narrower and a wider one
 * have entries. */
static guint
find_narrowest (const NnHistory *self, guint64 at)
{
  guint k = 0;

  while (!is_kept (self, k, at))
    k++;
  return k;
}

static void
include (NnStretch *stretch, const NnHistoryBucket *bucket, guint64 n_steps)
{
  if (stretch->n_steps == 0) {
    stretch->first = bucket->first;
    stretch->least = bucket->least;
    stretch->greatest = bucket->greatest;
    stretch->sum = 0;
  }
  stretch->least = MIN (stretch->least, bucket->least);
  stretch->greatest = MAX (stretch->greatest, bucket->greatest);
  stretch->sum += bucket->sum;
  stretch->last = bucket->last;
  stretch->n_steps += n_steps;
}

static void
include_loss (NnStretch *stretch, float loss)
{
  include (stretch, &(const NnHistoryBucket){ loss, loss, loss, loss, (double) loss }, 1);
}

/* Adds the widest entries from @at up to @limit to @stretch; or one entry of the
 * narrowest level that is kept there, if even that ends after @limit.
 *
 * Returns: the end of what was added, in steps */
static guint64
take (const NnHistory *self, guint64 at, guint64 limit, NnStretch *stretch)
{
  guint k = find_narrowest (self, at);
  guint64 entry, end;

  while (k + 1 < NN_HISTORY_LEVELS && at % get_width (k + 1) == 0 &&
         limit - at >= get_width (k + 1) && is_kept (self, k + 1, at))
    k++;
  entry = at >> (k * NN_HISTORY_BITS);
  end = MIN (entry / NN_HISTORY_FAN * NN_HISTORY_FAN + NN_HISTORY_FAN,
             limit >> (k * NN_HISTORY_BITS));
  if (k > 0)
    end = MIN (end, self->levels[k].end);
  end = MAX (end, entry + 1);
  for (; entry < end; entry++) {
    if (k == 0)
      include_loss (stretch, *nn_history_get_losses (self, entry));
    else
      include (stretch, nn_history_get_buckets (self, k, entry), get_width (k));
  }
  return end << (k * NN_HISTORY_BITS);
}

/**
 * nn_history_query:
 * @first: the first step to show, from 1
 * @last: the last one
 * @n_columns: columns of pixels for these steps
 * @stretches: (out caller-allocates) (array length=n_columns)
 *
 * Reads @n_columns equal parts of these steps. Steps after the end and before the first
 * known one are left out. Where only wide buckets are kept, the first stretch may begin
 * before @first, and the last one end after @last. O(@n_columns · log steps).
 *
 * Returns: how many stretches there are, at most @n_columns; in the order of steps
 */
gsize
nn_history_query (const NnHistory *self,
                  guint64 first,
                  guint64 last,
                  gsize n_columns,
                  NnStretch *stretches)
{
  const guint64 n_seen = last >= first ? last - first + 1 : 0;
  const guint64 begin = MAX (first, 1) - 1;
  guint64 at = MAX (begin, nn_history_get_first_step (self) - 1);
  gsize n = 0;

  if (n_seen == 0 || at >= self->n_steps || n_columns == 0)
    return 0;
  at -= at % get_width (find_narrowest (self, at));
  for (gsize i = 0; i < n_columns && at < self->n_steps; i++) {
    const guint64 limit =
        begin + n_seen / n_columns * (i + 1) + n_seen % n_columns * (i + 1) / n_columns;
    NnStretch *stretch = &stretches[n];

    if (at >= limit)
      continue;
    *stretch = (NnStretch){ .from = at + 1 };
    while (at < MIN (limit, self->n_steps))
      at = take (self, at, MIN (limit, self->n_steps), stretch);
    n++;
  }
  return n;
}

/**
 * nn_history_find:
 * @step: from 1
 * @stretch: (out): the narrowest entry with @step
 *
 * Returns: FALSE if there is no such step
 */
gboolean
nn_history_find (const NnHistory *self, guint64 step, NnStretch *stretch)
{
  return nn_history_query (self, step, step, 1, stretch) == 1;
}

/**
 * nn_history_get_loss:
 * @step: from 1
 * @loss: (out): the number that was appended
 *
 * Returns: FALSE if there is no such step, or if its loss is not known any more: a bucket
 *   has the losses of its first and last step only
 */
gboolean
nn_history_get_loss (const NnHistory *self, guint64 step, float *loss)
{
  NnStretch stretch;

  if (step == 0 || !nn_history_find (self, step, &stretch))
    return FALSE;
  if (step == stretch.from)
    *loss = stretch.first;
  else if (step == stretch.from + stretch.n_steps - 1)
    *loss = stretch.last;
  else
    return FALSE;
  return TRUE;
}

/**
 * nn_history_read:
 * @first: the first step that is wanted, from 1
 * @n: how many
 * @losses: (n) out
 *
 * Returns: how many losses were written, from @first on: fewer than @n where the next one
 *   is only in a bucket, or not there yet
 */
gsize
nn_history_read (const NnHistory *self, guint64 first, gsize n, float *losses)
{
  const guint64 length = nn_history_get_chunk_length (0);
  gsize n_read = 0;

  while (n_read < n && is_kept (self, 0, first - 1 + n_read)) {
    const guint64 entry = first - 1 + n_read;
    const guint64 n_left = MIN (length - entry % length, self->n_steps - entry);
    const gsize n_next = (gsize) MIN (n - n_read, n_left);

    memcpy (losses + n_read, nn_history_get_losses (self, entry),
            n_next * sizeof *losses);
    n_read += n_next;
  }
  return n_read;
}

/* Returns: the newest step up to @step whose loss is known; 0 if there is none */
static guint64
find_known (const NnHistory *self, guint64 step)
{
  NnStretch stretch;

  if (step == 0 || !nn_history_find (self, step, &stretch))
    return 0;
  return step == stretch.from + stretch.n_steps - 1 ? step : stretch.from;
}

/**
 * nn_history_find_common_step:
 *
 * Returns: the newest step whose loss both know; 0 if there is none
 */
guint64
nn_history_find_common_step (const NnHistory *self, const NnHistory *other)
{
  guint64 step = MIN (self->n_steps, other->n_steps);
  guint64 before;

  do {
    before = step;
    step = find_known (other, find_known (self, step));
  } while (step != before);
  return step;
}
