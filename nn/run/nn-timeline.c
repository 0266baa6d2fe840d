/* nn-timeline.c - a run along which one can go back and forth
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-timeline-private.h"

#include "nn/kernels/nn-flush.h"

/* ---- onwards ----------------------------------------------------------------------- */

/* The step just taken is the end of the run now. */
static void
record_new_step (NnTimeline *self, guint64 step)
{
  if (nn_timeline_has_later_run (self))
    nn_timeline_forget_later_runs (self);
  self->run->end = step;
  nn_history_append (self->run->history, nn_trainer_get_step_loss (self->trainer));
}

/* The run branches off here. Events that would have followed are kept in another run,
 * unless the user has undone them. There is a checkpoint of the position. */
static void
leave_future (NnTimeline *self)
{
  const NnPosition present = nn_timeline_get_present (self);

  if (!self->onwards_only && nn_run_count_coming (self->run, present) > 0) {
    nn_timeline_branch_off (self);
  } else {
    nn_timeline_forget_later_runs (self);
    nn_run_keep_branch (self->run, present.step);
    nn_run_cut (self->run, self->run->n_done, nn_timeline_get_mark (self));
  }
  if (!self->onwards_only)
    nn_timeline_schedule_checkpoint (self);
}

/* Does the log's events of this step, which were checked when the log was read. */
static gboolean
do_planned_events (NnTimeline *self, GError **error)
{
  NnRun *run = self->run;
  const guint64 step = nn_trainer_get_n_steps (self->trainer);
  const gsize n_before = run->n_done;

  while (run->n_done < nn_run_get_n_events (run) &&
         nn_run_get_event (run, run->n_done)->step == step) {
    if (run->n_done == n_before) /* undo of any of them is then no step away */
      nn_timeline_keep_state (self);
    if (!nn_timeline_do_next_event (self, error))
      return FALSE;
  }
  run->n_known = MAX (run->n_known, run->n_done);
  return TRUE;
}

/* A step that failed has changed nothing but the gradients, which an update function may
 * read. They are computed again from the last checkpoint on. */
static void
recompute_gradients (NnTimeline *self)
{
  const NnPosition present = nn_timeline_get_present (self);
  const NnCheckpoint *nearest = nn_checkpoints_find (self->run->checkpoints, present);

  if (nearest == NULL)
    return; /* the run only goes onwards, and so it ends here */
  nn_timeline_restore (self, nearest);
  self->goal = present;
  self->travels = TRUE;
  nn_timeline_travel (self, G_MAXUINT64);
}

/**
 * nn_timeline_keep_change:
 *
 * Whether, from the next call that takes steps on, nn_trainer_get_change () has what the
 * last step of the call changed in each parameter. Only that step pays for it.
 */
void
nn_timeline_keep_change (NnTimeline *self, gboolean keep)
{
  self->keeps_change = keep;
  nn_trainer_keep_change (self->trainer, keep);
}

/* @watch: (nullable) */
static gboolean
step (NnTimeline *self, NnPhaseWatch watch, gpointer data, GError **error)
{
  NnRun *run;
  gboolean done;
  guint64 n;

  if (self->run->n_done < self->run->n_known) {
    nn_timeline_keep_state (self);
    leave_future (self);
  }
  run = self->run;
  done = watch ? nn_trainer_step_watched (self->trainer, watch, data, error)
               : nn_trainer_step (self->trainer, error);
  if (!done) {
    recompute_gradients (self);
    return FALSE;
  }
  n = nn_trainer_get_n_steps (self->trainer);
  if (n > run->end)
    record_new_step (self, n);
  else
    nn_timeline_record_old_step (self);
  if (run->n_done < nn_run_get_n_events (run) && !do_planned_events (self, error))
    return FALSE;
  if (n >= self->due)
    nn_timeline_keep_state (self);
  return TRUE;
}

/**
 * nn_timeline_step:
 *
 * Takes one step from the present position, and does the log's events after it. Not while
 * it travels, nor do the others that take steps.
 *
 * Returns: FALSE as nn_trainer_step (), the run being where it was; or, of a run that
 *   deviates, if an event of the log needs what was left out
 */
gboolean
nn_timeline_step (NnTimeline *self, GError **error)
{
  g_return_val_if_fail (!self->travels, FALSE);

  nn_timeline_set_last (self, TRUE);
  return step (self, NULL, NULL, error);
}

/**
 * nn_timeline_run:
 * @n_steps: at most so many
 *
 * Takes steps as nn_timeline_step (), until there is news: an event of the log was done,
 * or a nudge was refused or changed nothing for the first time.
 */
gboolean
nn_timeline_run (NnTimeline *self, guint64 n_steps, GError **error)
{
  const guint64 n_news = nn_trainer_get_n_news (self->trainer);
  const gsize n_done = self->run->n_done;

  g_return_val_if_fail (!self->travels, FALSE);
  NN_FLUSH_SUBNORMALS_FUNCTION (); /* so that no step has to */

  nn_timeline_set_last (self, FALSE);
  while (n_steps > 0 && self->run->n_done == n_done &&
         nn_trainer_get_n_news (self->trainer) == n_news) {
    if (n_steps-- == 1)
      nn_timeline_set_last (self, TRUE);
    if (!step (self, NULL, NULL, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * nn_timeline_run_until:
 * @n_steps: at most so many, at least one
 * @enough: atomic: once it is not 0, one more step is taken and is the last
 *
 * Takes steps as nn_timeline_step (), whatever news there is.
 */
gboolean
nn_timeline_run_until (NnTimeline *self,
                       guint64 n_steps,
                       const gint *enough,
                       GError **error)
{
  g_return_val_if_fail (!self->travels, FALSE);
  NN_FLUSH_SUBNORMALS_FUNCTION (); /* so that no step has to */

  nn_timeline_set_last (self, FALSE);
  while (--n_steps > 0 && !g_atomic_int_get (enough))
    if (!step (self, NULL, NULL, error))
      return FALSE;
  return nn_timeline_step (self, error);
}

/**
 * nn_timeline_step_watched:
 * @watch: called after each phase, as nn_trainer_step_watched () does
 *
 * Takes one step as nn_timeline_step ().
 */
gboolean
nn_timeline_step_watched (NnTimeline *self,
                          NnPhaseWatch watch,
                          gpointer data,
                          GError **error)
{
  g_return_val_if_fail (!self->travels, FALSE);

  nn_timeline_set_last (self, TRUE);
  return step (self, watch, data, error);
}

/**
 * nn_timeline_score:
 *
 * Adds to the run's scores the loss and accuracy of the present weights on the examples of
 * @kind, if there are any. Nothing else changes. It takes as long as a forward pass of them.
 */
void
nn_timeline_score (NnTimeline *self, NnScoreKind kind)
{
  NnScore score;

  g_return_if_fail (!self->travels);

  if (nn_trainer_score (self->trainer, kind, &score))
    nn_scores_add (&self->run->scores[kind], &score);
}

/* @event as a log has it: with its step, its id and its index as numbers, so that it does
 * the same whenever it is done again. */
static NnEvent
make_exact (const NnTimeline *self, const NnEvent *event)
{
  const gsize n = nn_trainer_get_n_standing (self->trainer);
  const gssize index = nn_trainer_find_standing (self->trainer, event->id);
  NnEvent exact = *event;

  exact.step = nn_trainer_get_n_steps (self->trainer);
  if (event->kind == NN_EVENT_STAND) {
    exact.index = MIN (event->index, n);
    if (event->id == 0)
      exact.id = nn_trainer_get_next_id (self->trainer);
  }
  if (event->kind == NN_EVENT_MOVE && index >= 0)
    exact.by = (gssize) nn_event_get_goal (event, (gsize) index, n) - index;
  return exact;
}

/**
 * nn_timeline_do:
 * @event: copied; its step is ignored
 *
 * Does @event at the present position. If the run had gone on from here before, or events
 * were planned, it branches off. Not while it travels.
 *
 * Returns: FALSE, with nothing changed, as nn_trainer_do ()
 */
gboolean
nn_timeline_do (NnTimeline *self, const NnEvent *event, GError **error)
{
  NnEvent exact;

  g_return_val_if_fail (!self->travels, FALSE);

  exact = make_exact (self, event);
  nn_timeline_keep_state (self); /* so that it is undone at once */
  if (!nn_trainer_do (self->trainer, &exact, error))
    return FALSE;
  leave_future (self);
  nn_run_append_event (self->run, &exact);
  nn_timeline_count_event (self, &exact);
  self->run->n_known = self->run->n_done;
  return TRUE;
}

/* ---- beginning and end ------------------------------------------------------------- */

/**
 * nn_timeline_new_idle:
 *
 * As nn_timeline_new (), but the log's events at step 0 are not done yet.
 */
NnTimeline *
nn_timeline_new_idle (const NnExperiment *experiment,
                      GArray *deviations,
                      gsize budget,
                      GError **error)
{
  NnTrainer *trainer = nn_trainer_new_deviating (experiment, deviations, error);
  NnTimeline *self;

  if (trainer == NULL)
    return NULL;

  self = g_new0 (NnTimeline, 1);
  self->trainer = trainer;
  self->mark = nn_history_mark_new ();
  self->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_run_free);
  self->budget = budget;
  self->onwards_only = budget == 0;
  self->due = G_MAXUINT64;
  nn_timeline_begin_run (self);
  for (guint i = 0; i < experiment->events->len; i++)
    nn_run_append_event (self->run, &g_array_index (experiment->events, NnEvent, i));
  return self;
}

static NnTimeline *
new_begun (const NnExperiment *experiment,
           GArray *deviations,
           gsize budget,
           GError **error)
{
  g_autoptr (NnTimeline) self =
      nn_timeline_new_idle (experiment, deviations, budget, error);

  if (self == NULL || !do_planned_events (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * nn_timeline_new:
 * @experiment: copied; its log's events are done as the run passes their steps
 * @budget: bytes that checkpoints of the present run may take, usually
 *   NN_TIMELINE_BUDGET; two are kept in any case; 0 for a run that only goes onwards
 *
 * Returns: (nullable): the run at step 0; NULL as nn_trainer_new ()
 */
NnTimeline *
nn_timeline_new (const NnExperiment *experiment, gsize budget, GError **error)
{
  return new_begun (experiment, NULL, budget, error);
}

/**
 * nn_timeline_new_deviating:
 * @experiment: copied
 * @deviations: (element-type NnDeviation): gets a reference; nn_deviation_check () is
 *   TRUE for each
 *
 * Returns: (nullable): a run that only goes onwards; NULL as nn_trainer_new (), or if an
 *   event of the log at step 0 needs what was left out
 */
NnTimeline *
nn_timeline_new_deviating (const NnExperiment *experiment,
                           GArray *deviations,
                           GError **error)
{
  return new_begun (experiment, deviations, 0, error);
}

void
nn_timeline_free (NnTimeline *self)
{
  g_ptr_array_unref (self->runs);
  nn_trainer_free (self->trainer);
  nn_history_mark_free (self->mark);
  g_free (self);
}

/**
 * nn_timeline_get_trainer:
 *
 * Returns: (transfer none): to read. What a caller changes in it is in no log, and undo
 *   does not know it
 */
NnTrainer *
nn_timeline_get_trainer (const NnTimeline *self)
{
  return self->trainer;
}
