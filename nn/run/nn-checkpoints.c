/* nn-checkpoints.c - states of a run along its timeline, in bounded memory
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-checkpoints.h"

struct _NnCheckpoints {
  gsize budget;  /* bytes */
  gsize n_bytes; /* of all states, about */
  GArray *all;   /* (owned) NnCheckpoint, in the order of the timeline */
};

static NnCheckpoint *
get (const NnCheckpoints *self, guint index)
{
  return &g_array_index (self->all, NnCheckpoint, index);
}

/**
 * nn_position_compare:
 *
 * Returns: less than, equal to or greater than 0 if @a is before, at or after @b
 */
int
nn_position_compare (NnPosition a, NnPosition b)
{
  if (a.step != b.step)
    return a.step < b.step ? -1 : 1;
  return (a.n_done > b.n_done) - (a.n_done < b.n_done);
}

NnCheckpoints *
nn_checkpoints_new (gsize budget)
{
  NnCheckpoints *self = g_new (NnCheckpoints, 1);

  self->budget = budget;
  self->n_bytes = 0;
  self->all = g_array_new (FALSE, FALSE, sizeof (NnCheckpoint));
  return self;
}

void
nn_checkpoints_free (NnCheckpoints *self)
{
  nn_checkpoints_clear (self);
  g_array_unref (self->all);
  g_free (self);
}

/* Returns: how many are at or before @at */
static guint
count_until (const NnCheckpoints *self, NnPosition at)
{
  guint low = 0, high = self->all->len;

  while (low < high) {
    const guint middle = low + (high - low) / 2;

    if (nn_position_compare (get (self, middle)->position, at) <= 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* What states share is counted for the first of them only; and what the first state
 * shares is taken to be shared with the run. */
static gsize
get_shared_size (const NnCheckpoints *self, guint index)
{
  if (index == 0 || index >= self->all->len)
    return 0;
  return nn_trainer_state_get_unshared_size (get (self, index)->state,
                                             get (self, index - 1)->state);
}

static gsize
get_size (const NnCheckpoint *checkpoint)
{
  return nn_trainer_state_get_size (checkpoint->state) +
         (checkpoint->mark ? nn_history_mark_get_size (checkpoint->mark) : 0);
}

static void
insert (NnCheckpoints *self, guint index, const NnCheckpoint *checkpoint)
{
  self->n_bytes -= get_shared_size (self, index);
  g_array_insert_vals (self->all, index, checkpoint, 1);
  self->n_bytes += get_size (checkpoint) + get_shared_size (self, index) +
                   get_shared_size (self, index + 1);
}

static void
drop (NnCheckpoints *self, guint index)
{
  NnCheckpoint checkpoint = *get (self, index);

  self->n_bytes -= get_size (&checkpoint) + get_shared_size (self, index) +
                   get_shared_size (self, index + 1);
  g_array_remove_index (self->all, index);
  self->n_bytes += get_shared_size (self, index);
  nn_trainer_state_free (checkpoint.state);
  g_clear_pointer (&checkpoint.mark, nn_history_mark_free);
}

/* Returns: the square of the hole that removing @index would leave, over its age */
static double
get_hole (const NnCheckpoints *self, guint index)
{
  const guint64 newest = get (self, self->all->len - 1)->position.step;
  const guint64 before = get (self, index - 1)->position.step;
  const double width = (double) (get (self, index + 1)->position.step - before);

  return width * width / (double) (newest - before + 1);
}

static void
thin (NnCheckpoints *self)
{
  while (self->n_bytes > self->budget && self->all->len > 2) {
    guint least = 1;
    double hole = get_hole (self, 1);

    for (guint i = 2; i + 1 < self->all->len; i++) {
      const double other = get_hole (self, i);

      if (other < hole) {
        hole = other;
        least = i;
      }
    }
    drop (self, least);
  }
}

/**
 * nn_checkpoints_add:
 * @at: after those that are kept, or the position of one
 * @trainer: at that position
 * @mark: (nullable): of the run's history, likewise; copied
 *
 * Keeps a copy of the state, unless there is one of that position.
 */
void
nn_checkpoints_add (NnCheckpoints *self,
                    NnPosition at,
                    const NnTrainer *trainer,
                    const NnHistoryMark *mark)
{
  const guint n_before = count_until (self, at);
  NnCheckpoint fresh = { .position = at };

  if (n_before > 0 && nn_position_compare (get (self, n_before - 1)->position, at) == 0)
    return;
  fresh.state = nn_trainer_save (trainer);
  fresh.mark = mark ? nn_history_mark_copy (mark) : NULL;
  insert (self, n_before, &fresh);
  thin (self);
}

/**
 * nn_checkpoints_copy_until:
 *
 * Returns: (transfer full): those at or before @until, with the same budget; they share
 *   the states
 */
NnCheckpoints *
nn_checkpoints_copy_until (const NnCheckpoints *self, NnPosition until)
{
  NnCheckpoints *copy = nn_checkpoints_new (self->budget);
  const guint n = count_until (self, until);

  for (guint i = 0; i < n; i++) {
    NnCheckpoint one = *get (self, i);

    nn_trainer_state_ref (one.state);
    one.mark = one.mark ? nn_history_mark_copy (one.mark) : NULL;
    insert (copy, i, &one);
  }
  return copy;
}

/**
 * nn_checkpoints_set_budget:
 *
 * Removes as many as that takes, but neither the first nor the newest.
 */
void
nn_checkpoints_set_budget (NnCheckpoints *self, gsize budget)
{
  self->budget = budget;
  thin (self);
}

/**
 * nn_checkpoints_cut:
 *
 * Removes those after @after.
 */
void
nn_checkpoints_cut (NnCheckpoints *self, NnPosition after)
{
  const guint n = count_until (self, after);

  while (self->all->len > n)
    drop (self, self->all->len - 1);
}

void
nn_checkpoints_clear (NnCheckpoints *self)
{
  while (self->all->len > 0)
    drop (self, self->all->len - 1);
}

/**
 * nn_checkpoints_find:
 *
 * Returns: (transfer none) (nullable): the last one at or before @at, valid until the
 *   next change
 */
const NnCheckpoint *
nn_checkpoints_find (const NnCheckpoints *self, NnPosition at)
{
  const guint n = count_until (self, at);

  return n > 0 ? get (self, n - 1) : NULL;
}

/**
 * nn_checkpoints_get_last:
 *
 * Returns: (transfer none) (nullable): valid until the next change
 */
const NnCheckpoint *
nn_checkpoints_get_last (const NnCheckpoints *self)
{
  return self->all->len > 0 ? get (self, self->all->len - 1) : NULL;
}

gsize
nn_checkpoints_get_n (const NnCheckpoints *self)
{
  return self->all->len;
}

/**
 * nn_checkpoints_get_size:
 *
 * Returns: about how many bytes they take
 */
gsize
nn_checkpoints_get_size (const NnCheckpoints *self)
{
  return self->n_bytes;
}
