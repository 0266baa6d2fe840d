/* nn-run-saved.c - what of a run's log a file gets
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/run/nn-run.h"

static gboolean
can_be_done (NnLog *log)
{
  g_autoptr (NnExperiment) experiment =
      nn_log_make_experiment (log, nn_log_get_base (log));

  return nn_experiment_check (experiment, NULL);
}

/* Returns: (transfer full): as NnRun.logs, of all events but those that were undone; @first
 * is the number of the first one of these */
static GPtrArray *
make_logs_without_undone (const NnRun *self, gsize first)
{
  GPtrArray *logs = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_log_unref);
  guint i = self->undone->len;

  for (gsize k = 0; k <= first; k++)
    g_ptr_array_add (logs, nn_log_ref (self->logs->pdata[k]));
  for (gsize k = first; k < nn_run_get_n_events (self); k++) {
    while (i > 0 && nn_run_get_undone (self, i - 1) < k)
      i--;
    if (i > 0 && nn_run_get_undone (self, i - 1) == k)
      continue;
    g_ptr_array_add (
        logs, nn_log_append (logs->pdata[logs->len - 1], nn_run_get_event (self, k)));
  }
  return logs;
}

/* If what is to come needs what was undone, only what comes before both. */
static NnRunSaved *
saved_new (const NnRun *self)
{
  const gsize first = nn_run_get_undone (self, self->undone->len - 1);
  g_autoptr (GPtrArray) logs = make_logs_without_undone (self, first);
  NnRunSaved *saved = g_new (NnRunSaved, 1);

  saved->log = nn_log_ref (logs->pdata[logs->len - 1]);
  saved->n_unfit = 0;
  saved->whole = nn_log_ref (self->logs->pdata[nn_run_get_n_events (self)]);
  saved->undone = g_array_copy (self->undone);
  if (!can_be_done (saved->log)) {
    saved->n_unfit = nn_log_get_n_events (saved->log) - first;
    nn_log_unref (saved->log);
    saved->log = nn_log_ref (self->logs->pdata[first]);
  }
  return saved;
}

static gboolean
is_of (const NnRunSaved *saved, const NnRun *self)
{
  return saved->whole == self->logs->pdata[nn_run_get_n_events (self)] &&
         saved->undone->len == self->undone->len &&
         memcmp (saved->undone->data, self->undone->data,
                 self->undone->len * sizeof (NnPosition)) == 0;
}

/**
 * nn_run_get_log_for_file:
 * @n_unfit: (out): how many events follow @position that were not undone, and are not in
 *   the log, as they need one that was
 *
 * Returns: (transfer none): the events up to @position, and those that follow and were
 *   not undone
 */
NnLog *
nn_run_get_log_for_file (NnRun *self, NnPosition position, gsize *n_unfit)
{
  *n_unfit = 0;
  if (self->undone->len == 0)
    return self->logs->pdata[nn_run_get_n_events (self)];
  if (nn_run_count_coming (self, position) == 0)
    return self->logs->pdata[position.n_done];
  if (self->saved == NULL || !is_of (self->saved, self)) {
    g_clear_pointer (&self->saved, nn_run_saved_free);
    self->saved = saved_new (self);
  }
  *n_unfit = self->saved->n_unfit;
  return self->saved->log;
}

/* Returns: how many of the first @n events are done by @step */
static gsize
count_done (const NnRun *self, gsize n, guint64 step)
{
  while (n > 0 && nn_run_get_event (self, n - 1)->step > step)
    n--;
  return n;
}

/**
 * nn_run_drop_undone:
 * @mark: of the history, at the present position
 *
 * For a run that is left with events to come: those that were undone are not any more. So
 * what the run came to after them is not known, and its other events are planned. If these
 * need one that was undone, all events stay, that one too.
 */
void
nn_run_drop_undone (NnRun *self, const NnHistoryMark *mark)
{
  const NnPosition position = { nn_history_mark_get_n_steps (mark), self->n_done };
  g_autoptr (GPtrArray) logs = NULL;
  const NnCheckpoint *end; /* the nearest one before the first of them */
  gsize first, n_known, n_unfit;
  guint64 step;

  nn_run_forget_redone (self, position);
  if (self->undone->len == 0)
    return;
  first = nn_run_get_undone (self, self->undone->len - 1);
  step = nn_run_get_event (self, first)->step;
  nn_run_get_log_for_file (self, position, &n_unfit);
  logs = make_logs_without_undone (self, first);
  if (n_unfit > 0 || /* or one cannot be planned, as its step was taken */
      (logs->len > first + 1 && nn_log_get_last (logs->pdata[first + 1])->step == step)) {
    g_array_set_size (self->undone, 0);
    return;
  }
  end = nn_checkpoints_find (self->checkpoints, (NnPosition){ step, first });
  if (nn_position_compare (end->position, position) > 0)
    mark = end->mark;
  n_known = count_done (self, first, nn_history_mark_get_n_steps (mark));
  nn_run_keep_branch (self, nn_history_mark_get_n_steps (mark));
  nn_run_cut (self, n_known, mark);
  g_ptr_array_unref (self->logs);
  self->logs = g_steal_pointer (&logs);
}
