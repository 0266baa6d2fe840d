/* nn-timeline-runs.c - the runs of a timeline: reset, and the return to one
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

/**
 * nn_timeline_forget_later_runs:
 *
 * The present run changes, so a reset of it that was undone cannot be redone.
 */
void
nn_timeline_forget_later_runs (NnTimeline *self)
{
  g_ptr_array_set_size (self->runs, (gint) self->present + 1);
}

/* A run that is left keeps checkpoints in this fraction of the budget. */
#define PART_LEFT 4

/* Remembers where the present run is, for undo or redo to return to. */
static void
leave_run (NnTimeline *self)
{
  self->run->left = nn_timeline_get_position (self);
  if (nn_position_compare (nn_timeline_get_present (self), nn_run_get_end (self->run)) ==
      0)
    nn_timeline_keep_state (self);
  nn_checkpoints_set_budget (self->run->checkpoints, self->budget / PART_LEFT);
  nn_history_set_limit (self->run->history, NN_HISTORY_LEFT);
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
  leave_run (self);
  self->present = index;
  self->run = self->runs->pdata[index];
  nn_checkpoints_set_budget (self->run->checkpoints, self->budget);
  nn_history_set_limit (self->run->history, NN_HISTORY_WHOLE);
  nn_timeline_restore (self,
                       nn_checkpoints_find (self->run->checkpoints, self->run->left));
  nn_timeline_choose_spacing (self);
  nn_timeline_schedule_checkpoint (self);
  self->goal = self->run->left;
  self->travels = TRUE;
}

static gboolean
is_as_it_began (const NnTimeline *self)
{
  return self->run->end == 0 && nn_run_get_n_events (self->run) == self->run->n_given;
}

/**
 * nn_timeline_reset:
 *
 * Begins another run at step 0, of the experiment as it is now with all edits, as
 * nn_trainer_reset () does: repeating nudges stay, and the rest of an experiment's log is
 * dropped. In the new run's log, nudges that are paused now were paused before the first
 * step. Undo returns to the run that is left; NN_TIMELINE_RUNS of those are kept. Does
 * nothing if the present run is still as it began. Not while it travels.
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
    leave_run (self);
    nn_timeline_forget_later_runs (self);
  }
  nn_trainer_reset (self->trainer);
  nn_timeline_begin_run (self);
  if (self->runs->len > NN_TIMELINE_RUNS + 1) {
    g_ptr_array_remove_index (self->runs, 0);
    self->present--;
  }
}
