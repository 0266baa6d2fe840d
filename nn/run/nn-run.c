/* nn-run.c - one run from its step 0 on: its log, its checkpoints, its branches
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-run.h"

static void
branch_clear (gpointer data)
{
  NnBranch *branch = data;

  g_clear_pointer (&branch->history, nn_history_free);
}

/* Notes what the run begins with. What is paused was paused before the first step. */
static void
begin_log (NnRun *self, const NnTrainer *trainer)
{
  const gsize n = nn_trainer_get_n_standing (trainer);
  g_autoptr (NnExperiment) base = nn_trainer_dup_experiment (trainer);
  g_autofree guint64 *ids = g_new (guint64, n);

  for (gsize i = 0; i < n; i++)
    ids[i] = nn_trainer_get_standing (trainer, i)->id;
  g_ptr_array_add (self->logs, nn_log_new (base, ids));
  for (gsize i = 0; i < n; i++)
    if (nn_trainer_get_standing (trainer, i)->paused)
      nn_run_append_event (self,
                           &(const NnEvent){ .kind = NN_EVENT_PAUSE, .id = ids[i] });
  self->n_given = nn_run_get_n_events (self);
  self->n_known = self->n_given;
  self->n_done = self->n_given;
}

/**
 * nn_run_new:
 * @trainer: at step 0
 * @budget: bytes that checkpoints may take
 */
NnRun *
nn_run_new (const NnTrainer *trainer, gsize budget)
{
  NnRun *self = g_new0 (NnRun, 1);

  self->checkpoints = nn_checkpoints_new (budget);
  self->history = nn_history_new (NN_HISTORY_WHOLE);
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_init (&self->scores[i]);
  self->logs = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_log_unref);
  self->undone = g_array_new (FALSE, FALSE, sizeof (NnPosition));
  self->branches = g_array_new (FALSE, FALSE, sizeof (NnBranch));
  g_array_set_clear_func (self->branches, branch_clear);
  begin_log (self, trainer);
  return self;
}

void
nn_run_free (NnRun *self)
{
  g_array_unref (self->branches);
  g_array_unref (self->undone);
  g_ptr_array_unref (self->logs);
  nn_checkpoints_free (self->checkpoints);
  nn_history_free (self->history);
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_clear (&self->scores[i]);
  g_free (self);
}

gsize
nn_run_get_n_events (const NnRun *self)
{
  return self->logs->len - 1;
}

const NnEvent *
nn_run_get_event (const NnRun *self, gsize index)
{
  return nn_log_get_last (self->logs->pdata[index + 1]);
}

void
nn_run_append_event (NnRun *self, const NnEvent *event)
{
  g_ptr_array_add (self->logs,
                   nn_log_append (self->logs->pdata[nn_run_get_n_events (self)], event));
}

NnPosition
nn_run_get_end (const NnRun *self)
{
  return (NnPosition){ self->end, self->n_known };
}

/**
 * nn_run_keep_branch:
 * @step: where the run branches off
 *
 * Remembers the losses of the branch that is about to be left, if it has any steps.
 */
void
nn_run_keep_branch (NnRun *self, guint64 step)
{
  NnBranch branch = { .fork = step };

  if (self->end == step)
    return;
  branch.history = nn_history_copy (self->history);
  nn_history_set_limit (branch.history, NN_HISTORY_LEFT);
  if (self->branches->len == NN_RUN_BRANCHES)
    g_array_remove_index (self->branches, 0);
  g_array_append_val (self->branches, branch);
}

/**
 * nn_run_cut:
 * @mark: of the history, at the present position
 *
 * Forgets all that comes after the present position, and what the weights came to there.
 */
void
nn_run_cut (NnRun *self, const NnHistoryMark *mark)
{
  const guint64 step = nn_history_mark_get_n_steps (mark);

  g_ptr_array_set_size (self->logs, (gint) self->n_done + 1);
  self->n_known = self->n_done;
  self->end = step;
  g_array_set_size (self->undone, 0);
  nn_history_cut_to_mark (self->history, mark);
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_cut (&self->scores[i], step);
  nn_checkpoints_cut (self->checkpoints, (NnPosition){ step, self->n_done });
}

/**
 * nn_run_forget_undone:
 *
 * Forgets where undo was called if that is not ahead of @position any more.
 */
void
nn_run_forget_undone (NnRun *self, NnPosition position)
{
  while (self->undone->len > 0 &&
         nn_position_compare (
             g_array_index (self->undone, NnPosition, self->undone->len - 1), position) <=
             0)
    g_array_set_size (self->undone, self->undone->len - 1);
}
