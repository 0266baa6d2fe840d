/* nn-scores.c - losses and accuracies at some of a run's steps
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-scores.h"

void
nn_scores_init (NnScores *self)
{
  *self = (NnScores){
    .points = g_array_new (FALSE, FALSE, sizeof (NnScore)),
    .spacing = 1,
  };
}

void
nn_scores_clear (NnScores *self)
{
  g_clear_pointer (&self->points, g_array_unref);
}

static const NnScore *
get_point (const NnScores *self, gsize index)
{
  return &g_array_index (self->points, NnScore, index);
}

/* Returns: how many points are at or before @step */
static gsize
count_until (const NnScores *self, guint64 step)
{
  gsize from = 0, to = self->points->len;

  while (from < to) {
    const gsize middle = from + (to - from) / 2;

    if (get_point (self, middle)->step <= step)
      from = middle + 1;
    else
      to = middle;
  }
  return from;
}

/**
 * nn_scores_cut:
 *
 * The run may differ from @step on: removes the points there and after it.
 */
void
nn_scores_cut (NnScores *self, guint64 step)
{
  if (self->points->len > 0 && get_point (self, self->points->len - 1)->step >= step)
    g_array_set_size (self->points, step > 0 ? (guint) count_until (self, step - 1) : 0);
}

/* Removes the point at @step, if there is one. */
void
nn_scores_remove (NnScores *self, guint64 step)
{
  const gsize n = count_until (self, step);

  if (n > 0 && get_point (self, n - 1)->step == step)
    g_array_remove_index (self->points, (guint) n - 1);
}

/**
 * nn_scores_copy:
 * @self: (out): not initialised
 */
void
nn_scores_copy (NnScores *self, const NnScores *from)
{
  *self = (NnScores){ g_array_copy (from->points), from->spacing };
}

static void
drop_every_other (NnScores *self)
{
  guint n = 0;

  for (guint i = 0; i < self->points->len; i += 2)
    g_array_index (self->points, NnScore, n++) = *get_point (self, i);
  g_array_set_size (self->points, n);
  self->spacing = MAX (2 * self->spacing, get_point (self, n - 1)->step / NN_SCORES_MOST);
}

/**
 * nn_scores_add:
 *
 * Replaces a point at the same step. The newest point is always kept: if it is nearer to
 * the one before it than the spacing, the next point replaces it.
 */
void
nn_scores_add (NnScores *self, const NnScore *score)
{
  const gsize n = count_until (self, score->step);

  if (n > 0 && get_point (self, n - 1)->step == score->step) {
    g_array_index (self->points, NnScore, n - 1) = *score;
    return;
  }
  if (n > 1 && n == self->points->len &&
      get_point (self, n - 1)->step - get_point (self, n - 2)->step < self->spacing) {
    g_array_index (self->points, NnScore, n - 1) = *score;
    return;
  }
  g_array_insert_vals (self->points, (guint) n, score, 1);
  if (self->points->len > NN_SCORES_MOST)
    drop_every_other (self);
}

/**
 * nn_scores_dup_until:
 * @n: (out): how many
 *
 * Returns: (transfer full) (nullable): the points up to @step
 */
NnScore *
nn_scores_dup_until (const NnScores *self, guint64 step, gsize *n)
{
  *n = count_until (self, step);
  return g_memdup2 (self->points->data, *n * sizeof (NnScore));
}

void
nn_scores_pack (const NnScores *self, GByteArray *bytes)
{
  nn_pack_u64 (bytes, self->spacing);
  nn_pack_u64 (bytes, self->points->len);
  for (gsize i = 0; i < self->points->len; i++) {
    nn_pack_u64 (bytes, get_point (self, i)->step);
    nn_pack_float (bytes, get_point (self, i)->loss);
    nn_pack_float (bytes, get_point (self, i)->accuracy);
  }
}

/**
 * nn_scores_unpack:
 * @self: empty
 * @end: the last step of the run
 *
 * Returns: FALSE if @bytes cannot be what nn_scores_pack () has made
 */
gboolean
nn_scores_unpack (NnScores *self, NnUnpack *bytes, guint64 end)
{
  const guint64 spacing = nn_unpack_u64 (bytes);
  guint64 n;

  self->spacing = MAX (spacing, 1); /* a macro, which would read twice */
  n = nn_unpack_u64_up_to (bytes, NN_SCORES_MOST);
  for (guint64 i = 0; i < n && !bytes->failed; i++) {
    NnScore score;

    score.step = nn_unpack_u64_up_to (bytes, end);
    score.loss = nn_unpack_float (bytes);
    score.accuracy = nn_unpack_float (bytes);
    if (i > 0 && score.step <= get_point (self, i - 1)->step)
      return FALSE;
    g_array_append_val (self->points, score);
  }
  return !bytes->failed;
}
