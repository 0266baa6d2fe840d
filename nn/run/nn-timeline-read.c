/* nn-timeline-read.c - reads a timeline's run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-timeline-private.h"

/**
 * nn_timeline_get_end:
 *
 * Returns: the farthest step of the present branch, wherever the run is
 */
guint64
nn_timeline_get_end (const NnTimeline *self)
{
  return self->run->end;
}

/**
 * nn_timeline_get_log:
 *
 * Returns: (transfer none): the events up to the present position
 */
NnLog *
nn_timeline_get_log (const NnTimeline *self)
{
  return self->run->logs->pdata[self->run->n_done];
}

/**
 * nn_timeline_get_log_for_file:
 *
 * Returns: (transfer none): the events up to where the run is or travels to, and those
 *   that follow, unless the user has undone them: a run that is looked at in its past is
 *   still the whole run
 */
NnLog *
nn_timeline_get_log_for_file (const NnTimeline *self)
{
  gsize n_unfit;

  return nn_run_get_log_for_file (self->run, nn_timeline_get_position (self), &n_unfit);
}

/**
 * nn_timeline_get_n_unfit:
 *
 * Returns: how many events are still to come in the present run, and not in
 *   nn_timeline_get_log_for_file (), as they need one that was undone
 */
gsize
nn_timeline_get_n_unfit (const NnTimeline *self)
{
  gsize n_unfit;

  nn_run_get_log_for_file (self->run, nn_timeline_get_position (self), &n_unfit);
  return n_unfit;
}

/**
 * nn_timeline_get_n_kept:
 *
 * Returns: how many events were still to come in the runs that undo can return to, and
 *   are not in the present one
 */
gsize
nn_timeline_get_n_kept (const NnTimeline *self)
{
  gsize n = 0;

  for (guint i = 0; i < self->present; i++)
    n += ((const NnRun *) self->runs->pdata[i])->n_kept;
  return n;
}

/**
 * nn_timeline_get_log_for:
 * Returns: (transfer none): the log by which the run came, or will come, to @step. Where
 *   undo or go_to have gone back, a step up to the present one is of the events up to
 *   here; otherwise it is the whole log, with what is still planned
 */
NnLog *
nn_timeline_get_log_for (const NnTimeline *self, guint64 step)
{
  const NnRun *run = self->run;

  if (run->n_done < run->n_known && step <= nn_trainer_get_n_steps (self->trainer))
    return nn_timeline_get_log (self);
  return run->logs->pdata[nn_run_get_n_events (run)];
}

/**
 * nn_timeline_find_checkpoint:
 *
 * Returns: (transfer none) (nullable): the last checkpoint of the present run at or
 *   before @step; NULL if it only goes onwards
 */
const NnCheckpoint *
nn_timeline_find_checkpoint (const NnTimeline *self, guint64 step)
{
  return nn_checkpoints_find (self->run->checkpoints,
                              (NnPosition){ step, nn_run_get_n_events (self->run) });
}

/**
 * nn_timeline_get_n_ahead:
 *
 * Returns: how many events the run has done, and then gone back from
 */
gsize
nn_timeline_get_n_ahead (const NnTimeline *self)
{
  return self->run->n_known - self->run->n_done;
}

/* Returns: (transfer none): the log up to the event at @index of those, in their order */
NnLog *
nn_timeline_get_ahead (const NnTimeline *self, gsize index)
{
  return self->run->logs->pdata[self->run->n_done + index + 1];
}

/**
 * nn_timeline_get_n_planned:
 *
 * Returns: how many events of the experiment's log the run has not reached yet
 */
gsize
nn_timeline_get_n_planned (const NnTimeline *self)
{
  return nn_run_get_n_events (self->run) - self->run->n_known;
}

/* Returns: (transfer none): the log up to the event at @index of those, which are in the
 *   order of their steps; it is the log's last event */
NnLog *
nn_timeline_get_planned (const NnTimeline *self, gsize index)
{
  return self->run->logs->pdata[self->run->n_known + index + 1];
}

/**
 * nn_timeline_get_history:
 *
 * Returns: (transfer none): the losses of the run up to its end, wherever it is: to read
 *   and to copy, which does not change them
 */
NnHistory *
nn_timeline_get_history (const NnTimeline *self)
{
  return self->run->history;
}

/**
 * nn_timeline_get_branches:
 *
 * Returns: (transfer none) (array length=n_branches): the branches that were left,
 *   oldest first
 */
const NnBranch *
nn_timeline_get_branches (const NnTimeline *self, gsize *n_branches)
{
  *n_branches = self->run->branches->len;
  return (const NnBranch *) (const void *) self->run->branches->data;
}

/**
 * nn_timeline_get_scores:
 *
 * Returns: (transfer none): the scores of the run up to its end, wherever it is
 */
const NnScores *
nn_timeline_get_scores (const NnTimeline *self, NnScoreKind kind)
{
  return &self->run->scores[kind];
}
