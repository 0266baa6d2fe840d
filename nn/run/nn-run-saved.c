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

/* Returns: (transfer full): all events but those that were undone; @first is the number of
 * the first one of these */
static NnLog *
leave_out_undone (const NnRun *self, gsize first)
{
  NnLog *log = nn_log_ref (self->logs->pdata[first]);
  guint i = self->undone->len;

  for (gsize k = first; k < nn_run_get_n_events (self); k++) {
    NnLog *before = log;

    while (i > 0 && nn_run_get_undone (self, i - 1) < k)
      i--;
    if (i > 0 && nn_run_get_undone (self, i - 1) == k)
      continue;
    log = nn_log_append (before, nn_run_get_event (self, k));
    nn_log_unref (before);
  }
  return log;
}

/* If what is to come needs what was undone, only what comes before both. */
static NnRunSaved *
saved_new (const NnRun *self)
{
  const gsize first = nn_run_get_undone (self, self->undone->len - 1);
  NnRunSaved *saved = g_new (NnRunSaved, 1);

  saved->log = leave_out_undone (self, first);
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
