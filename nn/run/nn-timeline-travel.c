/* nn-timeline-travel.c - back and forth along a timeline: undo, redo, go to a step
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-timeline-private.h"

/**
 * nn_timeline_count_event:
 *
 * The trainer has done @event, the next one of the log. An edit may change what a
 * step costs.
 */
void
nn_timeline_count_event (NnTimeline *self, const NnEvent *event)
{
  self->run->n_done++;
  if (event->kind == NN_EVENT_EDIT)
    nn_timeline_choose_spacing (self);
}

/**
 * nn_timeline_do_next_event:
 *
 * Does the next event of the log, which was checked or done before.
 *
 * Returns: FALSE only in a run that deviates: what the event needs was left out
 */
gboolean
nn_timeline_do_next_event (NnTimeline *self, GError **error)
{
  const NnEvent *event = nn_run_get_event (self->run, self->run->n_done);

  if (!nn_trainer_do_logged (self->trainer, event, self->run->n_done + 1, error))
    return FALSE;
  nn_timeline_count_event (self, event);
  return TRUE;
}

/* An event after @step has changed the weights that these scores are of. */
static void
forget_scores_at (NnTimeline *self, guint64 step)
{
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_remove (&self->run->scores[i], step);
}

/* Begins to travel from the nearest state at or before @goal: the present one, or
 * a checkpoint. */
static void
set_goal (NnTimeline *self, NnPosition goal)
{
  const NnPosition present = nn_timeline_get_present (self);
  const NnCheckpoint *nearest;

  if (nn_position_compare (present, nn_run_get_end (self->run)) == 0)
    nn_timeline_keep_state (self);
  nearest = nn_checkpoints_find (self->run->checkpoints, goal);
  if (nn_position_compare (present, goal) > 0 ||
      nn_position_compare (present, nearest->position) < 0)
    nn_timeline_restore (self, nearest);
  if (present.n_done != goal.n_done) {
    forget_scores_at (self, present.step);
    forget_scores_at (self, goal.step);
  }
  self->goal = goal;
  self->travels = TRUE;
}

/* Whether the last thing that was done is what the present run branched off by: to go on
 * without the events to come, or its first event, if the run before is where that was. */
static gboolean
has_just_branched (const NnTimeline *self, NnPosition position)
{
  const NnRun *run = self->run;
  const gsize n_shared = run->fork.n_done;
  const NnRun *before;

  if (!run->is_branch || position.step < run->fork.step)
    return FALSE;
  before = self->runs->pdata[self->present - 1];
  return position.n_done == n_shared ||
         (position.n_done == n_shared + 1 &&
          nn_run_get_event (run, n_shared)->step == run->fork.step &&
          nn_position_compare (before->left, run->fork) == 0);
}

/* Returns: the run that undo returns to from @position; -1 if it stays in the present one,
 * or there is nothing to be undone */
static int
find_run_before (const NnTimeline *self, NnPosition position)
{
  guint first = self->present;

  if (has_just_branched (self, position))
    return (int) self->present - 1;
  if (position.n_done > self->run->n_given)
    return -1;
  while (((const NnRun *) self->runs->pdata[first])->is_branch)
    first--;
  return (int) first - 1;
}

/**
 * nn_timeline_undo:
 *
 * Begins to travel to the state just before the last event, however many steps ago that
 * was. Where that is what began the present run, it is to where the run before was left,
 * which has its coming events. Does nothing without either: nn_timeline_can_undo ().
 */
void
nn_timeline_undo (NnTimeline *self)
{
  const NnPosition position = nn_timeline_get_position (self);
  NnRun *run = self->run;
  int before;

  if (!nn_timeline_can_undo (self))
    return;
  before = find_run_before (self, position);
  if (before >= 0) {
    nn_timeline_return_to_run (self, (guint) before);
    return;
  }
  nn_run_forget_undone (run, position);
  g_array_append_val (run->undone, position);
  set_goal (self, (NnPosition){ nn_run_get_event (run, position.n_done - 1)->step,
                                position.n_done - 1 });
}

/**
 * nn_timeline_redo:
 *
 * Begins to travel to where the last undo was called. Does nothing if nothing can be
 * redone: nn_timeline_can_redo ().
 */
void
nn_timeline_redo (NnTimeline *self)
{
  GArray *undone = self->run->undone;
  NnPosition goal;

  nn_run_forget_undone (self->run, nn_timeline_get_position (self));
  if (undone->len > 0) {
    goal = g_array_index (undone, NnPosition, undone->len - 1);
    g_array_set_size (undone, undone->len - 1);
    set_goal (self, goal);
  } else if (nn_timeline_has_later_run (self)) {
    nn_timeline_return_to_run (self, self->present + 1);
  }
}

/**
 * nn_timeline_go_to:
 * @step: the end of the run, if it is beyond that
 *
 * Begins to travel to the state after @step and after all events of that step, which are
 * not undone any more. Not for a run that only goes onwards.
 */
void
nn_timeline_go_to (NnTimeline *self, guint64 step)
{
  NnRun *run = self->run;
  NnPosition goal = { MIN (step, run->end), run->n_known };

  g_return_if_fail (!self->onwards_only);

  while (goal.n_done > 0 && nn_run_get_event (run, goal.n_done - 1)->step > goal.step)
    goal.n_done--;
  nn_run_forget_redone (run, goal);
  set_goal (self, goal);
}

gboolean
nn_timeline_is_travelling (const NnTimeline *self)
{
  return self->travels;
}

static gboolean
travel_step (NnTimeline *self)
{
  nn_timeline_set_last (self,
                        nn_trainer_get_n_steps (self->trainer) + 1 == self->goal.step);
  if (!nn_trainer_step (self->trainer, NULL))
    return FALSE;
  nn_timeline_record_old_step (self);
  return TRUE;
}

/**
 * nn_timeline_travel:
 * @n_steps: at most so many, at least one
 *
 * Takes steps towards where undo, redo or go_to began to travel to; call it until
 * nn_timeline_is_travelling () is FALSE. It cannot fail: each step was taken before.
 */
void
nn_timeline_travel (NnTimeline *self, guint64 n_steps)
{
  while (self->travels) {
    const NnPosition present = nn_timeline_get_present (self);
    const NnEvent *next = present.n_done < self->goal.n_done
                              ? nn_run_get_event (self->run, present.n_done)
                              : NULL;

    if (next && next->step == present.step) {
      if (!nn_timeline_do_next_event (self, NULL))
        g_warn_if_reached (); /* it was done once before */
    } else if (present.step == self->goal.step) {
      self->travels = FALSE;
    } else if (n_steps-- == 0) {
      return;
    } else if (!travel_step (self)) {
      g_warn_if_reached (); /* it was taken once before */
      self->travels = FALSE;
    }
  }
}

gboolean
nn_timeline_can_undo (const NnTimeline *self)
{
  const NnPosition position = nn_timeline_get_position (self);

  return !self->onwards_only &&
         (position.n_done > self->run->n_given || find_run_before (self, position) >= 0);
}

gboolean
nn_timeline_can_redo (const NnTimeline *self)
{
  const NnPosition position = nn_timeline_get_position (self);
  const GArray *undone = self->run->undone;

  for (guint i = 0; i < undone->len; i++)
    if (nn_position_compare (g_array_index (undone, NnPosition, i), position) > 0)
      return TRUE;
  return nn_timeline_has_later_run (self);
}
