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
nn_run_saved_free (NnRunSaved *self)
{
  nn_log_unref (self->log);
  nn_log_unref (self->whole);
  g_array_unref (self->undone);
  g_free (self);
}

void
nn_run_free (NnRun *self)
{
  g_clear_pointer (&self->saved, nn_run_saved_free);
  g_clear_pointer (&self->fork_mark, nn_history_mark_free);
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

/* Returns: how many events there are before the one that undo @i has taken back */
gsize
nn_run_get_undone (const NnRun *self, guint i)
{
  return g_array_index (self->undone, NnPosition, i).n_done - 1;
}

/**
 * nn_run_count_coming:
 *
 * Returns: how many events follow @position that the user has not undone: those of the
 *   log that are planned, and those that the run has done, if it has gone back by time
 */
gsize
nn_run_count_coming (const NnRun *self, NnPosition position)
{
  gsize n = nn_run_get_n_events (self) - position.n_done;
  gsize least = position.n_done;

  for (guint i = self->undone->len; i-- > 0;)
    if (nn_run_get_undone (self, i) >= least) {
      least = nn_run_get_undone (self, i) + 1;
      n--;
    }
  return n;
}

static void
copy_branches (NnRun *self, const GArray *from)
{
  for (guint i = 0; i < from->len; i++) {
    NnBranch branch = g_array_index (from, NnBranch, i);

    branch.history = nn_history_copy (branch.history);
    g_array_append_val (self->branches, branch);
  }
}

/* Returns: (transfer full): another run with what comes before @fork, but all losses
 * and scores */
static NnRun *
copy_until (NnRun *self, NnPosition fork)
{
  NnRun *copy = g_new0 (NnRun, 1);

  copy->checkpoints = nn_checkpoints_copy_until (self->checkpoints, fork);
  copy->history = nn_history_copy (self->history);
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_copy (&copy->scores[i], &self->scores[i]);
  copy->logs = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_log_unref);
  for (gsize i = 0; i <= fork.n_done; i++)
    g_ptr_array_add (copy->logs, nn_log_ref (self->logs->pdata[i]));
  copy->n_given = self->n_given;
  copy->n_done = fork.n_done;
  copy->undone = g_array_new (FALSE, FALSE, sizeof (NnPosition));
  copy->branches = g_array_new (FALSE, FALSE, sizeof (NnBranch));
  g_array_set_clear_func (copy->branches, branch_clear);
  return copy;
}

/**
 * nn_run_branch:
 * @mark: of the history, at the present position
 *
 * Returns: (transfer full): another run, which is as this one up to the present position
 *   and has nothing after it; the curve of this one is its newest branch
 */
NnRun *
nn_run_branch (NnRun *self, const NnHistoryMark *mark)
{
  const NnPosition fork = { nn_history_mark_get_n_steps (mark), self->n_done };
  NnRun *branch = copy_until (self, fork);

  branch->is_branch = TRUE;
  nn_run_set_fork (branch, fork, nn_history_mark_copy (mark));
  branch->end = self->end;
  copy_branches (branch, self->branches);
  nn_run_keep_branch (branch, fork.step);
  nn_run_cut (branch, fork.n_done, mark);
  return branch;
}

/**
 * nn_run_set_fork:
 * @mark: (transfer full) (nullable): of the history there; NULL if it is not known
 */
void
nn_run_set_fork (NnRun *self, NnPosition fork, NnHistoryMark *mark)
{
  self->fork = fork;
  g_clear_pointer (&self->fork_mark, nn_history_mark_free);
  self->fork_mark = mark;
}

/**
 * nn_run_restore_left:
 * @fork: a position of this run
 * @mark: (nullable): of the history there
 * @events: (element-type NnEvent): of the run that was left there, from its first one on;
 *   as many as @fork has are the same
 *
 * Returns: (transfer full): that run, with those events planned; it is where it was left,
 *   or a little before, if that loss is not known any more, and there is no mark
 */
NnRun *
nn_run_restore_left (NnRun *self,
                     NnPosition fork,
                     const NnHistoryMark *mark,
                     const GArray *events)
{
  NnRun *left = copy_until (self, fork);

  if (mark)
    nn_history_cut_to_mark (left->history, mark);
  else
    nn_history_cut (left->history, fork.step);
  left->end = nn_history_get_n_steps (left->history);
  while (left->n_done > left->n_given &&
         nn_run_get_event (left, left->n_done - 1)->step > left->end)
    left->n_done--;
  left->n_known = left->n_done;
  left->left = nn_run_get_end (left);
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_cut (&left->scores[i], left->end);
  nn_checkpoints_cut (left->checkpoints, left->left);
  for (gsize i = fork.n_done; i < events->len; i++)
    nn_run_append_event (left, &g_array_index (events, NnEvent, i));
  left->n_kept = nn_run_count_coming (left, left->left);
  return left;
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
 * @n_done: events before a position, which is the present one or comes after it
 * @mark: of the history, there
 *
 * Forgets all that comes after that position, and what the weights came to there.
 */
void
nn_run_cut (NnRun *self, gsize n_done, const NnHistoryMark *mark)
{
  const NnPosition end = { nn_history_mark_get_n_steps (mark), n_done };

  g_ptr_array_set_size (self->logs, (gint) n_done + 1);
  self->n_known = n_done;
  self->end = end.step;
  if (nn_position_compare (end, self->fork) < 0)
    nn_run_set_fork (self, end, nn_history_mark_copy (mark));
  g_array_set_size (self->undone, 0);
  nn_history_cut_to_mark (self->history, mark);
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_cut (&self->scores[i], end.step);
  nn_checkpoints_cut (self->checkpoints, end);
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

/**
 * nn_run_forget_redone:
 * @position: where the run goes to
 *
 * Forgets that events were undone which are done there.
 */
void
nn_run_forget_redone (NnRun *self, NnPosition position)
{
  while (self->undone->len > 0 &&
         nn_run_get_undone (self, self->undone->len - 1) < position.n_done)
    g_array_set_size (self->undone, self->undone->len - 1);
}
