/* nn-run-state.c - a whole run as a value, and as the bytes of a file
 *
 * SPDX-License-Identifier: MIT
 *
 * The part of the timeline that saves it and resumes from a file.
 */

#include "nn/run/nn-run-state.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-pack.h"
#include "nn/run/nn-timeline-private.h"

void
nn_run_state_free (NnRunState *self)
{
  nn_log_unref (self->log);
  g_array_unref (self->undone);
  nn_trainer_state_free (self->trainer);
  nn_history_free (self->history);
  nn_history_mark_free (self->mark);
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_clear (&self->scores[i]);
  g_array_unref (self->left);
  g_free (self);
}

guint64
nn_run_state_get_step (const NnRunState *self)
{
  return nn_trainer_state_get_n_steps (self->trainer);
}

static void
clear_left (gpointer data)
{
  NnLeftRun *left = data;

  g_clear_pointer (&left->mark, nn_history_mark_free);
  g_clear_pointer (&left->log, nn_log_unref);
}

/* Those that undo would return to, as long as each was left before the one after it. */
static GArray *
copy_left (const NnTimeline *self)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (NnLeftRun));
  NnPosition last = nn_run_get_end (self->run);

  g_array_set_clear_func (all, clear_left);
  for (guint i = self->present; i > 0; i--) {
    const NnRun *run = self->runs->pdata[i];
    const NnRun *before = self->runs->pdata[i - 1];
    NnLeftRun left = { .fork = run->fork };

    if (!run->is_branch || nn_position_compare (run->fork, last) > 0)
      break;
    left.mark = run->fork_mark ? nn_history_mark_copy (run->fork_mark) : NULL;
    left.log = nn_log_ref (before->logs->pdata[nn_run_get_n_events (before)]);
    g_array_append_val (all, left);
    last = run->fork;
  }
  return all;
}

/**
 * nn_timeline_save:
 *
 * Not while it travels.
 *
 * Returns: (transfer full): the present run as it is, and the events of those that were
 *   left for it with some to come; runs that a reset has left are not in it
 */
NnRunState *
nn_timeline_save (const NnTimeline *self)
{
  const NnRun *run = self->run;
  NnRunState *state;

  g_return_val_if_fail (!self->travels, NULL);

  state = g_new (NnRunState, 1);
  *state = (NnRunState){
    .log = nn_log_ref (run->logs->pdata[nn_run_get_n_events (run)]),
    .n_given = run->n_given,
    .n_done = run->n_done,
    .n_known = run->n_known,
    .end = run->end,
    .undone = g_array_copy (run->undone),
    .trainer = nn_trainer_save (self->trainer),
    .history = nn_history_copy (run->history),
    .mark = nn_history_mark_copy (nn_timeline_get_mark (self)),
    .left = copy_left (self),
  };
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_copy (&state->scores[i], &run->scores[i]);
  return state;
}

/* ---- as a file has it -------------------------------------------------------------- */

static GByteArray *
pack_history (const NnRunState *self)
{
  GByteArray *bytes = g_byte_array_new ();

  nn_history_pack (self->history, bytes);
  nn_history_mark_pack (self->mark, bytes);
  return bytes;
}

static GByteArray *
pack_scores (const NnRunState *self)
{
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_pack (&self->scores[i], bytes);
  return bytes;
}

/**
 * nn_run_state_write:
 * @chunks: get all but the logs, which experiments have; @self must be there as long as
 *   they are
 */
void
nn_run_state_write (const NnRunState *self, NnChunks *chunks)
{
  GByteArray *bytes = g_byte_array_new ();

  nn_pack_u64 (bytes, self->n_given);
  nn_pack_u64 (bytes, self->n_done);
  nn_pack_u64 (bytes, self->n_known);
  nn_pack_u64 (bytes, self->end);
  nn_pack_u64 (bytes, self->undone->len);
  for (guint i = 0; i < self->undone->len; i++) {
    const NnPosition *undone = &g_array_index (self->undone, NnPosition, i);

    nn_pack_u64 (bytes, undone->step);
    nn_pack_u64 (bytes, undone->n_done);
  }
  nn_chunks_take_array (chunks, "position", bytes);
  nn_chunks_take_array (chunks, "history", pack_history (self));
  nn_chunks_take_array (chunks, "scores", pack_scores (self));
  nn_trainer_state_write (self->trainer, chunks);
}

/* Undo was called there, after an event; each is before the last one. */
static gboolean
unpack_undone (NnRun *run, NnUnpack *bytes)
{
  const guint64 n = nn_unpack_u64 (bytes);

  for (guint64 i = 0; i < n && !bytes->failed; i++) {
    NnPosition position;

    position.step = nn_unpack_u64_up_to (bytes, run->end);
    position.n_done = nn_unpack_u64_up_to (bytes, run->n_known);
    if (position.n_done <= run->n_given ||
        (i > 0 && nn_position_compare (
                      position, g_array_index (run->undone, NnPosition, i - 1)) >= 0))
      return FALSE;
    g_array_append_val (run->undone, position);
  }
  return !bytes->failed;
}

/* @run: has all events */
static gboolean
read_position (NnRun *run, const NnChunks *chunks)
{
  NnUnpack bytes;

  nn_unpack_init (&bytes, nn_chunks_get (chunks, "position"));
  run->n_given = nn_unpack_u64 (&bytes);
  run->n_done = nn_unpack_u64 (&bytes);
  run->n_known = nn_unpack_u64_up_to (&bytes, nn_run_get_n_events (run));
  run->end = nn_unpack_u64_up_to (&bytes, G_MAXINT64);
  if (!unpack_undone (run, &bytes) || !nn_unpack_is_done (&bytes))
    return FALSE;
  nn_run_forget_redone (run, (NnPosition){ .n_done = run->n_done }); /* as of old files */
  return run->n_given <= run->n_done && run->n_done <= run->n_known;
}

/* Whether the events before @position are done by its step, and those after it
 * are not. */
static gboolean
is_position (const NnRun *run, NnPosition position)
{
  const gsize n = position.n_done;

  return (n == 0 || nn_run_get_event (run, n - 1)->step <= position.step) &&
         (n == nn_run_get_n_events (run) ||
          nn_run_get_event (run, n)->step >= position.step);
}

static gboolean
are_positions (const NnRun *run, NnPosition present)
{
  const NnPosition end = nn_run_get_end (run);

  if (!is_position (run, present) || !is_position (run, end) ||
      nn_position_compare (present, end) > 0)
    return FALSE;
  for (guint i = 0; i < run->undone->len; i++)
    if (!is_position (run, g_array_index (run->undone, NnPosition, i)))
      return FALSE;
  return TRUE;
}

/* The experiment as it is after the log's edits, and the nudges that repeat by then: all
 * that the state does not have. */
static gboolean
do_events (NnTimeline *self, GError **error)
{
  for (gsize i = 0; i < self->run->n_done; i++) {
    const NnEvent *event = nn_run_get_event (self->run, i);

    if (event->kind != NN_EVENT_NUDGE && !nn_trainer_do (self->trainer, event, error))
      return FALSE;
  }
  return TRUE;
}

/* All that is known of the run: at least what comes before it. */
static gboolean
read_history (NnTimeline *self, const NnChunks *chunks, GError **error)
{
  NnRun *run = self->run;
  NnUnpack bytes;

  nn_unpack_init (&bytes, nn_chunks_get (chunks, "history"));
  if (nn_history_unpack (run->history, &bytes) &&
      nn_history_mark_unpack (self->mark, &bytes) && nn_unpack_is_done (&bytes) &&
      nn_history_get_n_steps (run->history) == run->end &&
      nn_history_mark_get_n_steps (self->mark) ==
          nn_trainer_get_n_steps (self->trainer) &&
      nn_history_mark_get_n_steps (self->mark) <= nn_history_get_n_steps (run->history))
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                       _ ("it is damaged: its losses do not fit its log"));
  return FALSE;
}

/* A file of an older version has none. */
static gboolean
read_scores (NnRun *run, const NnChunks *chunks, GError **error)
{
  GBytes *chunk = nn_chunks_get (chunks, "scores");
  NnUnpack bytes;
  gboolean right = TRUE;

  if (chunk == NULL)
    return TRUE;
  nn_unpack_init (&bytes, chunk);
  for (gsize i = 0; i < NN_N_SCORES && right; i++)
    right = nn_scores_unpack (&run->scores[i], &bytes, run->end);
  if (right && nn_unpack_is_done (&bytes))
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                       _ ("it is damaged: its accuracies do not fit its log"));
  return FALSE;
}

static gboolean
read_all (NnTimeline *self, const NnChunks *chunks, GError **error)
{
  NnRun *run = self->run;
  const guint64 most_landed = (nn_run_get_n_events (run) + 1) * NN_EXPERIMENT_MAX_NUDGES;

  if (nn_chunks_get (chunks, "history") == NULL) {
    g_set_error_literal (
        error, NN_ERROR, NN_ERROR_FILE,
        _ ("it is of an older version, which did not keep the loss of every step"));
    return FALSE;
  }
  if (read_position (run, chunks)) {
    if (!do_events (self, error) ||
        !nn_trainer_read (self->trainer, chunks, most_landed, error))
      return FALSE;
    if (are_positions (
            run, (NnPosition){ nn_trainer_get_n_steps (self->trainer), run->n_done }))
      return read_history (self, chunks, error) && read_scores (run, chunks, error);
  }
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                       _ ("it is damaged: its position does not fit its log"));
  return FALSE;
}

/**
 * nn_timeline_resume:
 * @experiment: copied; with the whole log of the run, what is ahead of it included
 * @chunks: what nn_run_state_write () has written of that run, or a damaged file
 * @budget: as nn_timeline_new ()
 *
 * Returns: (nullable): the run where it was, to the bit; NULL as nn_timeline_new (), or
 *   with NN_ERROR_FILE if @chunks do not fit
 */
NnTimeline *
nn_timeline_resume (const NnExperiment *experiment,
                    const NnChunks *chunks,
                    gsize budget,
                    GError **error)
{
  g_autoptr (NnTimeline) self = NULL;

  if (!nn_experiment_check (experiment, error))
    return NULL;
  self = nn_timeline_new_idle (experiment, NULL, budget, error);
  if (self == NULL || !read_all (self, chunks, error))
    return NULL;
  nn_timeline_begin_here (self);
  return g_steal_pointer (&self);
}

/* Whether what follows in @events can be done after @fork. */
static gboolean
fits (const NnTimeline *self,
      const NnExperiment *experiment,
      NnPosition fork,
      const NnHistoryMark *mark,
      const GArray *events)
{
  const NnRun *run = self->run;
  g_autoptr (NnExperiment) whole = NULL;

  if (fork.n_done < run->n_given || fork.n_done > run->n_known ||
      fork.n_done >= events->len || !is_position (run, fork) ||
      nn_position_compare (fork, nn_run_get_end (run)) > 0 ||
      (mark && nn_history_mark_get_n_steps (mark) != fork.step))
    return FALSE;
  whole = nn_log_make_experiment (run->logs->pdata[fork.n_done], experiment);
  nn_event_append (whole->events, &g_array_index (events, NnEvent, fork.n_done),
                   events->len - fork.n_done);
  return g_array_index (events, NnEvent, fork.n_done).step >= fork.step &&
         nn_experiment_check (whole, NULL);
}

/**
 * nn_timeline_resume_left:
 * @self: of nn_timeline_resume ()
 * @experiment: as there
 * @fork: as an NnLeftRun has it
 * @mark: (nullable): likewise
 * @events: (element-type NnEvent): of its log, in an experiment
 *
 * Adds a run that undo returns to; to be called for the oldest first.
 *
 * Returns: FALSE if it does not fit the present run
 */
gboolean
nn_timeline_resume_left (NnTimeline *self,
                         const NnExperiment *experiment,
                         NnPosition fork,
                         const NnHistoryMark *mark,
                         const GArray *events)
{
  NnRun *left;

  if (!fits (self, experiment, fork, mark, events))
    return FALSE;
  left = nn_run_restore_left (self->run, fork, mark, events);
  left->is_branch = self->run->is_branch; /* of the one before */
  nn_run_set_fork (left, self->run->fork, g_steal_pointer (&self->run->fork_mark));
  g_ptr_array_insert (self->runs, (gint) self->present++, left);
  self->run->is_branch = TRUE;
  nn_run_set_fork (self->run, fork, mark ? nn_history_mark_copy (mark) : NULL);
  return TRUE;
}
