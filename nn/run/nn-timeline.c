/* nn-timeline.c - a run along which one can go back and forth
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-timeline-private.h"

#include "nn/kernels/nn-flush.h"

/* ---- where the run is -------------------------------------------------------------- */

static NnPosition
get_present (const NnTimeline *self)
{
  return (NnPosition){ nn_trainer_get_n_steps (self->trainer), self->run->n_done };
}

/* The position that commands refer to: where the run is, or is going to. */
static NnPosition
get_position (const NnTimeline *self)
{
  return self->travels ? self->goal : get_present (self);
}

/* ---- the history of its losses ----------------------------------------------------- */

/**
 * nn_timeline_get_mark:
 *
 * Returns: (transfer none): of the history at the present step, until the next one
 */
const NnHistoryMark *
nn_timeline_get_mark (const NnTimeline *self)
{
  if (nn_trainer_get_n_steps (self->trainer) ==
      nn_history_get_n_steps (self->run->history))
    nn_history_write_mark (self->run->history, self->mark);
  return self->mark;
}

/* The step just taken was taken before. */
static void
record_old_step (NnTimeline *self)
{
  nn_history_mark_append (self->mark, nn_trainer_get_step_loss (self->trainer));
}

/* ---- checkpoints ------------------------------------------------------------------- */

/* A copy takes FIXED_NS, and BYTES_PER_NS of it are copied in a nanosecond; a step takes
 * at least STEP_NS, and WORK_PER_NS multiplications are done in a nanosecond. From the
 * machine this was measured on; on a slower one both are slower. */
#define FIXED_NS     40000
#define BYTES_PER_NS 4
#define STEP_NS      150
#define WORK_PER_NS  64

/* Copies are to take less than one part of this many of the time of the steps. */
#define SHARE 100

static gsize
count_examples (const NnTrainer *trainer)
{
  const gsize n = nn_trainer_get_dataset (trainer)->n_training;
  const gsize batch_size = nn_trainer_get_experiment (trainer)->batch_size;

  return batch_size == 0 ? n : MIN (batch_size, n);
}

/* Each value of a network is multiplied six times for each example: twice in the forward
 * pass's product, four times in the backward's two. */
static void
choose_spacing (NnTimeline *self)
{
  g_autoptr (NnTrainerState) state = NULL;
  const guint64 n_values =
      nn_network_get_architecture (nn_trainer_get_network (self->trainer))->n_values;
  const guint64 step_ns =
      STEP_NS + n_values + 6 * n_values * count_examples (self->trainer) / WORK_PER_NS;
  guint64 copy_ns;

  self->stride = 1 + NN_TIMELINE_STRIDE_NS / step_ns;
  if (self->onwards_only)
    return;
  state = nn_trainer_save (self->trainer);
  copy_ns = FIXED_NS + nn_trainer_state_get_size (state) / BYTES_PER_NS;
  self->spacing = 1 + SHARE * copy_ns / step_ns;
}

static void
schedule_checkpoint (NnTimeline *self)
{
  self->due =
      nn_checkpoints_get_last (self->run->checkpoints)->position.step + self->spacing;
}

static void
keep_state (NnTimeline *self)
{
  if (self->onwards_only)
    return;
  nn_checkpoints_add (self->run->checkpoints, get_present (self), self->trainer,
                      nn_timeline_get_mark (self));
  schedule_checkpoint (self);
}

/* Counts what was done to the trainer; an edit may change what a step costs. */
static void
count_event (NnTimeline *self, const NnEvent *event)
{
  self->run->n_done++;
  if (event->kind == NN_EVENT_EDIT)
    choose_spacing (self);
}

/* Does what the log has next, which was checked or done before; only without what was left
 * out of it can it fail. */
static gboolean
follow_log (NnTimeline *self, GError **error)
{
  const NnEvent *event = nn_run_get_event (self->run, self->run->n_done);

  if (!nn_trainer_do_logged (self->trainer, event, self->run->n_done + 1, error))
    return FALSE;
  count_event (self, event);
  return TRUE;
}

/* ---- beginning and end ------------------------------------------------------------- */

/* The trainer is at step 0. */
static void
begin_run (NnTimeline *self)
{
  g_ptr_array_set_size (self->runs, self->run ? (gint) self->present + 1 : 0);
  self->run = nn_run_new (self->trainer, self->budget);
  g_ptr_array_add (self->runs, self->run);
  self->present = self->runs->len - 1;
  self->travels = FALSE;
  choose_spacing (self);
  keep_state (self);
}

/**
 * nn_timeline_new_idle:
 *
 * As nn_timeline_new (), but nothing of the log is done yet, not even at step 0.
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
  begin_run (self);
  for (guint i = 0; i < experiment->events->len; i++)
    nn_run_append_event (self->run, &g_array_index (experiment->events, NnEvent, i));
  return self;
}

/**
 * nn_timeline_begin_here:
 *
 * The run is where it was put, and goes on from there.
 */
void
nn_timeline_begin_here (NnTimeline *self)
{
  choose_spacing (self);
  keep_state (self);
}

static gboolean do_planned_events (NnTimeline *self, GError **error);

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
 * @experiment: copied; what its log says will be done as the run goes on
 * @budget: bytes that checkpoints of the present run may take, but two are kept in any
 *   case; 0 for a run that only goes onwards
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
 * @deviations: (element-type NnDeviation): gets a reference; nn_deviation_check () is TRUE
 *   for each
 *
 * Returns: (nullable): a run that only goes onwards; NULL as nn_trainer_new (), or if
 *   something in the log cannot be done without what was left out of it
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
 * Returns: (transfer none): to read; changes made past the timeline are not undone
 */
NnTrainer *
nn_timeline_get_trainer (const NnTimeline *self)
{
  return self->trainer;
}

/* ---- from one run to another ------------------------------------------------------- */

static gboolean
has_later_run (const NnTimeline *self)
{
  return self->present + 1 < self->runs->len;
}

/* The run that was reset goes on, and so the reset is none that can be done again. */
static void
forget_later_runs (NnTimeline *self)
{
  g_ptr_array_set_size (self->runs, (gint) self->present + 1);
}

/* Of its checkpoints, a run that is left keeps a part. */
#define PART_LEFT 4

/* Remembers where the present run is, for undo or redo to come back to. */
static void
leave_run (NnTimeline *self)
{
  self->run->left = get_position (self);
  if (nn_position_compare (get_present (self), nn_run_get_end (self->run)) == 0)
    keep_state (self);
  nn_checkpoints_set_budget (self->run->checkpoints, self->budget / PART_LEFT);
  nn_history_set_limit (self->run->history, NN_HISTORY_LEFT);
}

static void
start_from (NnTimeline *self, const NnCheckpoint *checkpoint)
{
  nn_trainer_restore (self->trainer, checkpoint->state);
  self->run->n_done = checkpoint->position.n_done;
  nn_history_mark_assign (self->mark, checkpoint->mark);
}

/* Sets out for where the run at @index was left. */
static void
come_back_to_run (NnTimeline *self, guint index)
{
  leave_run (self);
  self->present = index;
  self->run = self->runs->pdata[index];
  nn_checkpoints_set_budget (self->run->checkpoints, self->budget);
  nn_history_set_limit (self->run->history, NN_HISTORY_WHOLE);
  start_from (self, nn_checkpoints_find (self->run->checkpoints, self->run->left));
  choose_spacing (self);
  schedule_checkpoint (self);
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
 * Begins another run, of the experiment as it is now, edits included, as
 * nn_trainer_reset (): what stands stays, and an experiment's log is not followed any
 * more. Undo goes back to the run that is left, of which NN_TIMELINE_RUNS are kept. For
 * the log, what is paused now was paused before the first step. Nothing is done if the
 * present run has not begun.
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
    forget_later_runs (self);
  }
  nn_trainer_reset (self->trainer);
  begin_run (self);
  if (self->runs->len > NN_TIMELINE_RUNS + 1) {
    g_ptr_array_remove_index (self->runs, 0);
    self->present--;
  }
}

/* ---- onwards ----------------------------------------------------------------------- */

/* The step just taken is the end now. */
static void
record_new_step (NnTimeline *self, guint64 step)
{
  if (has_later_run (self))
    forget_later_runs (self);
  self->run->end = step;
  nn_history_append (self->run->history, nn_trainer_get_step_loss (self->trainer));
}

/* The run branches off here. */
static void
leave_future (NnTimeline *self)
{
  const guint64 step = nn_trainer_get_n_steps (self->trainer);

  forget_later_runs (self);
  nn_run_keep_branch (self->run, step);
  nn_run_cut (self->run, nn_timeline_get_mark (self));
  if (!self->onwards_only)
    schedule_checkpoint (self);
}

/* Does what a log says was done after this step; all of a log was checked. */
static gboolean
do_planned_events (NnTimeline *self, GError **error)
{
  NnRun *run = self->run;
  const guint64 step = nn_trainer_get_n_steps (self->trainer);
  const gsize n_before = run->n_done;

  while (run->n_done < nn_run_get_n_events (run) &&
         nn_run_get_event (run, run->n_done)->step == step) {
    if (run->n_done == n_before) /* to any of them is no step from here */
      keep_state (self);
    if (!follow_log (self, error))
      return FALSE;
  }
  run->n_known = MAX (run->n_known, run->n_done);
  return TRUE;
}

/* A step that failed has not happened, but the gradients before it, which an update
 * function may read, are gone. They are computed again from the last checkpoint on. */
static void
come_back (NnTimeline *self)
{
  const NnPosition present = get_present (self);
  const NnCheckpoint *nearest = nn_checkpoints_find (self->run->checkpoints, present);

  if (nearest == NULL)
    return; /* the run only goes onwards, and so it ends here */
  start_from (self, nearest);
  self->goal = present;
  self->travels = TRUE;
  nn_timeline_travel (self, G_MAXUINT64);
}

/* Of a step that others follow at once no one asks what it has changed, and without that it
 * is faster. */
static inline void
set_last (NnTimeline *self, gboolean last)
{
  if (self->keeps_change)
    nn_trainer_keep_change (self->trainer, last);
}

/**
 * nn_timeline_keep_change:
 *
 * Whether it is known, of the last step that is taken by any call from now on, what it has
 * changed: nn_trainer_get_change ().
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
  NnRun *run = self->run;
  gboolean done;
  guint64 n;

  if (run->n_done < run->n_known)
    leave_future (self);
  done = watch ? nn_trainer_step_watched (self->trainer, watch, data, error)
               : nn_trainer_step (self->trainer, error);
  if (!done) {
    come_back (self);
    return FALSE;
  }
  n = nn_trainer_get_n_steps (self->trainer);
  if (n > run->end)
    record_new_step (self, n);
  else
    record_old_step (self);
  if (run->n_done < nn_run_get_n_events (run) && !do_planned_events (self, error))
    return FALSE;
  if (n >= self->due)
    keep_state (self);
  return TRUE;
}

/**
 * nn_timeline_step:
 *
 * Takes one step from where the run is, and does what a log says comes after it.
 *
 * Returns: FALSE as nn_trainer_step (), or, of a run that deviates, if something in the log
 *   cannot be done without what was left out of it
 */
gboolean
nn_timeline_step (NnTimeline *self, GError **error)
{
  g_return_val_if_fail (!self->travels, FALSE);

  set_last (self, TRUE);
  return step (self, NULL, NULL, error);
}

/**
 * nn_timeline_run:
 * @n_steps: at most so many
 *
 * Takes steps as nn_timeline_step () until there is something to tell: something in a log
 * was done, or a nudge was refused, or left something as it is, for the first time.
 */
gboolean
nn_timeline_run (NnTimeline *self, guint64 n_steps, GError **error)
{
  const guint64 n_news = nn_trainer_get_n_news (self->trainer);
  const gsize n_done = self->run->n_done;

  g_return_val_if_fail (!self->travels, FALSE);
  NN_FLUSH_SUBNORMALS_FUNCTION (); /* so that no step has to */

  set_last (self, FALSE);
  while (n_steps > 0 && self->run->n_done == n_done &&
         nn_trainer_get_n_news (self->trainer) == n_news) {
    if (n_steps-- == 1)
      set_last (self, TRUE);
    if (!step (self, NULL, NULL, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * nn_timeline_run_until:
 * @n_steps: at most so many, at least one
 * @enough: atomic: once it is not 0, one more step is the last
 *
 * Takes steps as nn_timeline_step ().
 */
gboolean
nn_timeline_run_until (NnTimeline *self,
                       guint64 n_steps,
                       const gint *enough,
                       GError **error)
{
  g_return_val_if_fail (!self->travels, FALSE);
  NN_FLUSH_SUBNORMALS_FUNCTION (); /* so that no step has to */

  set_last (self, FALSE);
  while (--n_steps > 0 && !g_atomic_int_get (enough))
    if (!step (self, NULL, NULL, error))
      return FALSE;
  return nn_timeline_step (self, error);
}

/**
 * nn_timeline_step_watched:
 *
 * The same, and lets @watch see what each phase has left.
 */
gboolean
nn_timeline_step_watched (NnTimeline *self,
                          NnPhaseWatch watch,
                          gpointer data,
                          GError **error)
{
  g_return_val_if_fail (!self->travels, FALSE);

  set_last (self, TRUE);
  return step (self, watch, data, error);
}

/**
 * nn_timeline_score:
 *
 * Notes what the present weights come to on the examples of that @kind, if there are any.
 * The run stays as it is.
 */
void
nn_timeline_score (NnTimeline *self, NnScoreKind kind)
{
  NnScore score;

  g_return_if_fail (!self->travels);

  if (nn_trainer_score (self->trainer, kind, &score))
    nn_scores_add (&self->run->scores[kind], &score);
}

/* What @event is in a log: so that it is the same whenever it is done again, and a file
 * can say it. */
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
 * Does what the user asks for here and now. The future is left.
 *
 * Returns: FALSE, with nothing changed, as nn_trainer_do ()
 */
gboolean
nn_timeline_do (NnTimeline *self, const NnEvent *event, GError **error)
{
  NnEvent exact;

  g_return_val_if_fail (!self->travels, FALSE);

  exact = make_exact (self, event);
  keep_state (self); /* so that it is undone at once */
  if (!nn_trainer_do (self->trainer, &exact, error))
    return FALSE;
  leave_future (self);
  nn_run_append_event (self->run, &exact);
  count_event (self, &exact);
  self->run->n_known = self->run->n_done;
  return TRUE;
}

/* ---- back and forth ---------------------------------------------------------------- */

/* Before and after what was done after @step, the weights of that step differ. */
static void
forget_scores_at (NnTimeline *self, guint64 step)
{
  for (gsize i = 0; i < NN_N_SCORES; i++)
    nn_scores_remove (&self->run->scores[i], step);
}

/* Starts from the nearest state before @goal: the present one, or a checkpoint. */
static void
set_out (NnTimeline *self, NnPosition goal)
{
  const NnPosition present = get_present (self);
  const NnCheckpoint *nearest;

  if (nn_position_compare (present, nn_run_get_end (self->run)) == 0)
    keep_state (self);
  nearest = nn_checkpoints_find (self->run->checkpoints, goal);
  if (nn_position_compare (present, goal) > 0 ||
      nn_position_compare (present, nearest->position) < 0)
    start_from (self, nearest);
  if (present.n_done != goal.n_done) {
    forget_scores_at (self, present.step);
    forget_scores_at (self, goal.step);
  }
  self->goal = goal;
  self->travels = TRUE;
}

/**
 * nn_timeline_undo:
 *
 * Sets out for the state just before the last thing that the user did, however many
 * steps ago. Before all that was done in a run, that is the reset that began it.
 */
void
nn_timeline_undo (NnTimeline *self)
{
  const NnPosition position = get_position (self);
  NnRun *run = self->run;

  if (!nn_timeline_can_undo (self))
    return;
  if (position.n_done == run->n_given) {
    come_back_to_run (self, self->present - 1);
    return;
  }
  nn_run_forget_undone (run, position);
  g_array_append_val (run->undone, position);
  set_out (self, (NnPosition){ nn_run_get_event (run, position.n_done - 1)->step,
                               position.n_done - 1 });
}

/**
 * nn_timeline_redo:
 *
 * Sets out for the state in which undo was called.
 */
void
nn_timeline_redo (NnTimeline *self)
{
  GArray *undone = self->run->undone;
  NnPosition goal;

  nn_run_forget_undone (self->run, get_position (self));
  if (undone->len > 0) {
    goal = g_array_index (undone, NnPosition, undone->len - 1);
    g_array_set_size (undone, undone->len - 1);
    set_out (self, goal);
  } else if (has_later_run (self)) {
    come_back_to_run (self, self->present + 1);
  }
}

/**
 * nn_timeline_go_to:
 * @step: the end, if it is beyond that
 *
 * Sets out for the state after @step, with all that was done there.
 */
void
nn_timeline_go_to (NnTimeline *self, guint64 step)
{
  const NnRun *run = self->run;
  NnPosition goal = { MIN (step, run->end), run->n_known };

  g_return_if_fail (!self->onwards_only);

  while (goal.n_done > 0 && nn_run_get_event (run, goal.n_done - 1)->step > goal.step)
    goal.n_done--;
  set_out (self, goal);
}

gboolean
nn_timeline_is_travelling (const NnTimeline *self)
{
  return self->travels;
}

static gboolean
travel_step (NnTimeline *self)
{
  set_last (self, nn_trainer_get_n_steps (self->trainer) + 1 == self->goal.step);
  if (!nn_trainer_step (self->trainer, NULL))
    return FALSE;
  record_old_step (self);
  return TRUE;
}

/**
 * nn_timeline_travel:
 * @n_steps: at most so many, at least one
 *
 * Goes on towards where undo, redo or go_to set out for.
 */
void
nn_timeline_travel (NnTimeline *self, guint64 n_steps)
{
  while (self->travels) {
    const NnPosition present = get_present (self);
    const NnEvent *next = present.n_done < self->goal.n_done
                              ? nn_run_get_event (self->run, present.n_done)
                              : NULL;

    if (next && next->step == present.step) {
      if (!follow_log (self, NULL))
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

/**
 * nn_timeline_get_stride:
 *
 * Returns: how many steps take NN_TIMELINE_STRIDE_NS, or longer on a slow machine
 */
guint64
nn_timeline_get_stride (const NnTimeline *self)
{
  return self->stride;
}

gboolean
nn_timeline_can_undo (const NnTimeline *self)
{
  return !self->onwards_only &&
         (get_position (self).n_done > self->run->n_given || self->present > 0);
}

gboolean
nn_timeline_can_redo (const NnTimeline *self)
{
  const NnPosition position = get_position (self);
  const GArray *undone = self->run->undone;

  for (guint i = 0; i < undone->len; i++)
    if (nn_position_compare (g_array_index (undone, NnPosition, i), position) > 0)
      return TRUE;
  return has_later_run (self);
}
