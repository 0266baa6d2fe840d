/* nn-history-mark.c - a step at which a history can be cut
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/run/nn-history-private.h"

NnHistoryMark *
nn_history_mark_new (void)
{
  return g_new0 (NnHistoryMark, 1);
}

/* Without trailing levels that have no entries: a short run's copy is small. */
gsize
nn_history_mark_get_size (const NnHistoryMark *self)
{
  guint n_levels = 0;

  while (self->n_steps >> ((n_levels + 1) * NN_HISTORY_BITS) > 0)
    n_levels++;
  return G_STRUCT_OFFSET (NnHistoryMark, buckets) + n_levels * sizeof self->buckets[0];
}

/**
 * nn_history_mark_copy:
 *
 * Returns: (transfer full): only for nn_history_mark_assign (): nothing may be appended
 */
NnHistoryMark *
nn_history_mark_copy (const NnHistoryMark *self)
{
  return g_memdup2 (self, nn_history_mark_get_size (self));
}

void
nn_history_mark_assign (NnHistoryMark *self, const NnHistoryMark *from)
{
  memcpy (self, from, nn_history_mark_get_size (from));
}

void
nn_history_mark_free (NnHistoryMark *self)
{
  g_free (self);
}

guint64
nn_history_mark_get_n_steps (const NnHistoryMark *self)
{
  return self->n_steps;
}

/* The losses fill a bucket, which may complete one of the next level, and so on. */
static void
carry (NnHistoryMark *self)
{
  guint64 entry = (self->n_steps >> NN_HISTORY_BITS) - 1;
  guint k = 0;

  nn_history_bucket_of_losses (&self->buckets[0][entry % NN_HISTORY_FAN], self->losses);
  while (entry % NN_HISTORY_FAN == NN_HISTORY_FAN - 1) {
    entry >>= NN_HISTORY_BITS;
    nn_history_bucket_of_buckets (&self->buckets[k + 1][entry % NN_HISTORY_FAN],
                                  self->buckets[k]);
    k++;
  }
}

/**
 * nn_history_mark_append:
 * @loss: of the step after the mark
 *
 * Moves the mark on by that step.
 */
void
nn_history_mark_append (NnHistoryMark *self, float loss)
{
  self->losses[self->n_steps++ % NN_HISTORY_FAN] = loss;
  if (self->n_steps % NN_HISTORY_FAN == 0)
    carry (self);
}

/* Returns: the first entry before @end of the incomplete bucket one level up */
static guint64
get_tail (guint64 end)
{
  return end / NN_HISTORY_FAN * NN_HISTORY_FAN;
}

/**
 * nn_history_write_mark:
 * @mark: (out caller-allocates): at the history's end
 */
void
nn_history_write_mark (NnHistory *self, NnHistoryMark *mark)
{
  nn_history_settle (self);
  mark->n_steps = self->n_steps;
  for (guint k = 0; k < NN_HISTORY_LEVELS; k++) {
    const guint64 end = self->n_steps >> (k * NN_HISTORY_BITS);
    const guint64 tail = get_tail (end);
    const gsize n = (gsize) (end - tail);

    if (n == 0)
      continue;
    if (k == 0)
      memcpy (mark->losses, nn_history_get_losses (self, tail), n * sizeof (float));
    else
      memcpy (mark->buckets[k - 1], nn_history_get_buckets (self, k, tail),
              n * sizeof (NnHistoryBucket));
  }
}

/* Cuts a level at the mark, with the mark's entries if the level does not have them
 * any more. */
static void
cut_level (NnHistory *self, guint k, const NnHistoryMark *mark)
{
  const guint64 end = mark->n_steps >> (k * NN_HISTORY_BITS);
  const guint64 tail = get_tail (end);

  if (self->levels[k].start <= tail) {
    nn_history_truncate_level (self, k, end);
    return;
  }
  nn_history_begin_level (self, k, tail);
  for (guint64 i = tail; i < end; i++) {
    if (k == 0)
      nn_history_append_loss (self, mark->losses[i - tail]);
    else
      nn_history_append_bucket (self, k, &mark->buckets[k - 1][i - tail]);
  }
}

/**
 * nn_history_cut_to_mark:
 * @mark: of the same run, at an earlier step
 *
 * Removes what comes after the mark, and nothing before it.
 */
void
nn_history_cut_to_mark (NnHistory *self, const NnHistoryMark *mark)
{
  g_return_if_fail (mark->n_steps <= self->n_steps);

  nn_history_settle (self);
  for (guint k = 0; k < NN_HISTORY_LEVELS; k++)
    cut_level (self, k, mark);
  self->n_steps = mark->n_steps;
  nn_history_stop (self);
}
