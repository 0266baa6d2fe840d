/* nn-timeline-runs.c - the runs of a timeline: resets, branches, and the return to one
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-timeline-private.h"

/**
 * nn_timeline_begin_run:
 *
 * The trainer is at step 0: makes the run that begins there the present one. Runs after
 * the one before it are freed.
 */
void
nn_timeline_begin_run (NnTimeline *self)
{
  g_ptr_array_set_size (self->runs, self->run ? (gint) self->present + 1 : 0);
  self->run = nn_run_new (self->trainer, self->budget);
  g_ptr_array_add (self->runs, self->run);
  self->present = self->runs->len - 1;
  self->travels = FALSE;
  nn_timeline_choose_spacing (self);
  nn_timeline_keep_state (self);
}

/**
 * nn_timeline_begin_here:
 *
 * The trainer and the run were read from a file: makes a checkpoint where they are.
 */
void
nn_timeline_begin_here (NnTimeline *self)
{
  nn_timeline_choose_spacing (self);
  nn_timeline_keep_state (self);
}

/* A run that is left keeps checkpoints in this fraction of the budget. */
#define PART_LEFT 4  /* for another one that a reset began */
#define PART_KEPT 32 /* for a branch, which has those that both share */

static NnRun *
get_run (const NnTimeline *self, guint index)
{
  return self->runs->pdata[index];
}

/* @for_branch: whether the run it is left for shares its beginning */
static void
shrink (NnTimeline *self, NnRun *run, gboolean for_branch)
{
  nn_checkpoints_set_budget (run->checkpoints,
                             self->budget / (for_branch ? PART_KEPT : PART_LEFT));
  nn_history_set_limit (run->history, for_branch ? NN_HISTORY_KEPT : NN_HISTORY_LEFT);
}

/* Only so many are kept: the oldest go, and what followed a run that goes begins as that
 * one did. */
static void
forget_oldest_runs (NnTimeline *self)
{
  guint n_branches = 0, n_resets = 0;

  for (guint i = 1; i < self->runs->len; i++)
    if (get_run (self, i)->is_branch)
      n_branches++;
    else
      n_resets++;
  while (n_branches > NN_TIMELINE_BRANCHES || n_resets > NN_TIMELINE_RUNS) {
    guint oldest = 0;

    if (n_branches > NN_TIMELINE_BRANCHES) {
      while (!get_run (self, oldest + 1)->is_branch)
        oldest++;
      get_run (self, oldest + 1)->is_branch = FALSE;
      n_branches--;
    } else if (get_run (self, 1)->is_branch) {
      get_run (self, 1)->is_branch = FALSE;
      n_branches--;
    } else {
      n_resets--;
    }
    g_ptr_array_remove_index (self->runs, oldest);
    self->present--;
  }
}

/* Undo has returned from a branch which has events that were not undone, and now the
 * present run goes on: they change places, so that undo returns to the branch. */
static void
keep_later_branch (NnTimeline *self)
{
  NnRun *branch = get_run (self, self->present + 1);
  const NnPosition fork = branch->fork;
  NnHistoryMark *mark = g_steal_pointer (&branch->fork_mark);

  branch->is_branch = self->run->is_branch;
  if (self->run->is_branch && nn_position_compare (self->run->fork, fork) < 0)
    nn_run_set_fork (branch, self->run->fork, g_steal_pointer (&self->run->fork_mark));
  else if (branch->is_branch && mark)
    branch->fork_mark = nn_history_mark_copy (mark);
  self->run->is_branch = TRUE;
  nn_run_set_fork (self->run, fork, mark);
  self->runs->pdata[self->present++] = branch;
  self->runs->pdata[self->present] = self->run;
}

/* Returns: how many events are to come in @run where it was left, and are not in the other
 * run too, with which it shares what comes before @fork */
static gsize
count_coming_after_fork (const NnRun *run, NnPosition fork)
{
  const gboolean is_before = nn_position_compare (run->left, fork) < 0;

  return nn_run_count_coming (run, is_before ? fork : run->left);
}

/**
 * nn_timeline_forget_later_runs:
 *
 * The present run changes, so a reset of it, or a branch, that was undone cannot be
 * redone.
 */
void
nn_timeline_forget_later_runs (NnTimeline *self)
{
  NnRun *later;

  if (!nn_timeline_has_later_run (self))
    return;
  later = get_run (self, self->present + 1);
  if (later->is_branch)
    later->n_kept = count_coming_after_fork (later, later->fork);
  if (later->is_branch && later->n_kept > 0)
    keep_later_branch (self);
  g_ptr_array_set_size (self->runs, (gint) self->present + 1);
  forget_oldest_runs (self);
}

/* Remembers where the present run is, for undo or redo to return to.
 * @branch: (nullable): the later one of it and the run that is gone to, if both share what
 *   comes before its fork; else, after a reset, only what was never done is still to come */
static void
leave_run (NnTimeline *self, const NnRun *branch)
{
  self->run->left = nn_timeline_get_position (self);
  self->run->n_kept = branch ? count_coming_after_fork (self->run, branch->fork)
                             : nn_timeline_get_n_planned (self);
  if (nn_position_compare (nn_timeline_get_present (self), nn_run_get_end (self->run)) ==
      0)
    nn_timeline_keep_state (self);
  shrink (self, self->run, branch != NULL);
}

/**
 * nn_timeline_return_to_run:
 * @index: in the timeline's runs
 *
 * Begins to travel to where that run was left.
 */
void
nn_timeline_return_to_run (NnTimeline *self, guint index)
{
  const NnRun *later = get_run (self, MAX (index, self->present));

  leave_run (self, later->is_branch ? later : NULL);
  self->present = index;
  self->run = get_run (self, index);
  nn_checkpoints_set_budget (self->run->checkpoints, self->budget);
  nn_history_set_limit (self->run->history, NN_HISTORY_WHOLE);
  nn_timeline_restore (self,
                       nn_checkpoints_find (self->run->checkpoints, self->run->left));
  nn_timeline_choose_spacing (self);
  nn_timeline_schedule_checkpoint (self);
  self->goal = self->run->left;
  self->travels = TRUE;
}

/**
 * nn_timeline_branch_off:
 *
 * Makes another run the present one, with what was done up to here; the one that is left
 * is kept with the events that follow. Of the present position there is a checkpoint, as
 * the trainer may have done an event since. What was undone cannot be redone, and is not
 * to come in the run that is left either.
 */
void
nn_timeline_branch_off (NnTimeline *self)
{
  NnRun *left = self->run;

  left->left = nn_timeline_get_present (self);
  left->n_kept = nn_run_count_coming (left, left->left);
  nn_timeline_forget_later_runs (self);
  self->run = nn_run_branch (left, nn_timeline_get_mark (self));
  nn_run_drop_undone (left, nn_timeline_get_mark (self));
  shrink (self, left, TRUE);
  g_ptr_array_add (self->runs, self->run);
  self->present++;
  forget_oldest_runs (self);
}

static gboolean
is_as_it_began (const NnTimeline *self)
{
  return self->run->end == 0 && self->run->n_known == self->run->n_given;
}

/**
 * nn_timeline_reset:
 *
 * Begins another run at step 0, of the experiment as it is now with all edits, as
 * nn_trainer_reset () does: repeating nudges stay, and the rest of an experiment's log is
 * only in the run that is left. In the new run's log, nudges that are paused now were
 * paused before the first step. Undo returns to the run that is left; NN_TIMELINE_RUNS of
 * those are kept. Does nothing if nothing was done in the present run. Not while it
 * travels.
 */
void
nn_timeline_reset (NnTimeline *self)
{
  g_return_if_fail (!self->travels);

  if (is_as_it_began (self))
    return;
  if (self->onwards_only) {
    self->run = NULL;
  } else {
    leave_run (self, NULL);
    nn_timeline_forget_later_runs (self);
  }
  nn_trainer_reset (self->trainer);
  nn_timeline_begin_run (self);
  forget_oldest_runs (self);
}
