/* nn-timeline.c - a run along which one can go back and forth
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-timeline.h"

#include "nn/run/nn-checkpoints.h"

struct _NnTimeline {
  NnTrainer *trainer;         /* (owned) */
  NnCheckpoints *checkpoints; /* (owned) the last is at the end whenever the run is not */
  guint64 spacing;            /* steps from one checkpoint to the next */
  guint64 due;                /* the step at which the next one is made */
  guint64 stride;             /* steps that take some milliseconds */
  gboolean onwards_only;      /* there are no checkpoints */

  GPtrArray *logs; /* (owned) (element-type NnLog) [k]: the first k events */
  gsize n_given;   /* of them, what was paused when the run began */
  gsize n_done;    /* of them, before the present position */
  gsize n_known;   /* of them, before the end; a log's others are still to come */
  guint64 end;     /* the farthest step of this branch */

  GArray *undone;   /* (owned) NnPosition where undo was called, each before the last */
  gboolean travels; /* the trainer is on its way to goal */
  NnPosition goal;
  GArray *branches; /* (owned) NnBranch, oldest first */
};

/* ---- where the run is -------------------------------------------------------------- */

static gsize
get_n_events (const NnTimeline *self)
{
  return self->logs->len - 1;
}

static const NnEvent *
get_event (const NnTimeline *self, gsize index)
{
  return nn_log_get_last (self->logs->pdata[index + 1]);
}

static void
append_event (NnTimeline *self, const NnEvent *event)
{
  g_ptr_array_add (self->logs,
                   nn_log_append (self->logs->pdata[get_n_events (self)], event));
}

static NnPosition
get_present (const NnTimeline *self)
{
  return (NnPosition){ nn_trainer_get_n_steps (self->trainer), self->n_done };
}

/* The position that commands refer to: where the run is, or is going to. */
static NnPosition
get_position (const NnTimeline *self)
{
  return self->travels ? self->goal : get_present (self);
}

static NnPosition
get_end (const NnTimeline *self)
{
  return (NnPosition){ self->end, self->n_known };
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

/* How long a stretch of a journey takes at least. */
#define STRIDE_NS 2000000

/* Each value of a network is multiplied six times for each example: twice in the forward
 * pass's product, four times in the backward's two. */
static void
choose_spacing (NnTimeline *self, gsize n_examples)
{
  g_autoptr (NnTrainerState) state = nn_trainer_save (self->trainer);
  const guint64 n_values =
      nn_network_get_architecture (nn_trainer_get_network (self->trainer))->n_values;
  const guint64 copy_ns = FIXED_NS + nn_trainer_state_get_size (state) / BYTES_PER_NS;
  const guint64 step_ns = STEP_NS + n_values + 6 * n_values * n_examples / WORK_PER_NS;

  self->spacing = 1 + SHARE * copy_ns / step_ns;
  self->stride = 1 + STRIDE_NS / step_ns;
}

static gsize
count_examples (const NnExperiment *experiment, const NnTrainer *trainer)
{
  const gsize n = nn_trainer_get_dataset (trainer)->n_training;

  return experiment->batch_size == 0 ? n : MIN (experiment->batch_size, n);
}

static void
keep_state (NnTimeline *self)
{
  if (self->onwards_only)
    return;
  nn_checkpoints_add (self->checkpoints, get_present (self), self->trainer);
  self->due = nn_checkpoints_get_last (self->checkpoints)->position.step + self->spacing;
}

/* ---- beginning and end ------------------------------------------------------------- */

static void
branch_clear (gpointer data)
{
  g_clear_pointer (&((NnBranch *) data)->curve, nn_curve_free);
}

/* Notes what the run begins with. */
static void
note_standing (NnTimeline *self)
{
  const gsize n = nn_trainer_get_n_standing (self->trainer);
  g_autoptr (GPtrArray) standing = g_ptr_array_new ();
  g_autofree guint64 *ids = g_new (guint64, n);

  for (gsize i = 0; i < n; i++) {
    g_ptr_array_add (standing, nn_trainer_get_standing (self->trainer, i)->nudge);
    ids[i] = nn_trainer_get_standing (self->trainer, i)->id;
  }
  g_ptr_array_set_size (self->logs, 0);
  g_ptr_array_add (self->logs,
                   nn_log_new (standing, ids, nn_trainer_get_guard (self->trainer)));
  for (gsize i = 0; i < n; i++)
    if (nn_trainer_get_standing (self->trainer, i)->paused)
      append_event (self, &(const NnEvent){ .kind = NN_EVENT_PAUSE, .id = ids[i] });
  self->n_given = get_n_events (self);
  self->n_known = self->n_given;
  self->n_done = self->n_given;
}

static void
begin (NnTimeline *self)
{
  note_standing (self);
  self->end = 0;
  g_array_set_size (self->undone, 0);
  g_array_set_size (self->branches, 0);
  self->travels = FALSE;
  nn_checkpoints_clear (self->checkpoints);
  keep_state (self);
}

static void do_planned_events (NnTimeline *self);

/**
 * nn_timeline_new:
 * @experiment: copied; what its log says will be done as the run goes on
 * @budget: bytes that checkpoints may take, but two are kept in any case; 0
 *   for a run that only goes onwards
 *
 * Returns: (nullable): the run at step 0; NULL as nn_trainer_new ()
 */
NnTimeline *
nn_timeline_new (const NnExperiment *experiment, gsize budget, GError **error)
{
  NnTrainer *trainer = nn_trainer_new (experiment, error);
  NnTimeline *self;

  if (trainer == NULL)
    return NULL;

  self = g_new0 (NnTimeline, 1);
  self->trainer = trainer;
  self->checkpoints = nn_checkpoints_new (budget);
  self->onwards_only = budget == 0;
  self->due = G_MAXUINT64;
  if (!self->onwards_only)
    choose_spacing (self, count_examples (experiment, trainer));
  self->logs = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_log_unref);
  self->undone = g_array_new (FALSE, FALSE, sizeof (NnPosition));
  self->branches = g_array_new (FALSE, FALSE, sizeof (NnBranch));
  g_array_set_clear_func (self->branches, branch_clear);
  begin (self);
  for (guint i = 0; i < experiment->events->len; i++)
    append_event (self, &g_array_index (experiment->events, NnEvent, i));
  do_planned_events (self);
  return self;
}

void
nn_timeline_free (NnTimeline *self)
{
  g_array_unref (self->branches);
  g_array_unref (self->undone);
  g_ptr_array_unref (self->logs);
  nn_checkpoints_free (self->checkpoints);
  nn_trainer_free (self->trainer);
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

/**
 * nn_timeline_reset:
 *
 * Goes back to step 0, as nn_trainer_reset (): what stands stays, everything else is
 * forgotten, and a log that the experiment brought along, too. For the log, what is
 * paused now was paused before the first step; that cannot be undone.
 */
void
nn_timeline_reset (NnTimeline *self)
{
  nn_trainer_reset (self->trainer);
  begin (self);
}

/* ---- onwards ----------------------------------------------------------------------- */

/* Remembers the curve of the branch that is about to be left, if it has any steps. */
static void
keep_branch (NnTimeline *self)
{
  const guint64 step = nn_trainer_get_n_steps (self->trainer);
  NnBranch branch = { .fork = step };

  if (self->end == step)
    return;
  branch.curve = nn_curve_copy (
      nn_trainer_state_get_curve (nn_checkpoints_get_last (self->checkpoints)->state));
  if (self->branches->len == NN_TIMELINE_BRANCHES)
    g_array_remove_index (self->branches, 0);
  g_array_append_val (self->branches, branch);
}

/* The run branches off here. */
static void
leave_future (NnTimeline *self)
{
  keep_branch (self);
  g_ptr_array_set_size (self->logs, (gint) self->n_done + 1);
  self->n_known = self->n_done;
  self->end = nn_trainer_get_n_steps (self->trainer);
  g_array_set_size (self->undone, 0);
  if (self->onwards_only)
    return;
  nn_checkpoints_cut (self->checkpoints, get_present (self));
  self->due = nn_checkpoints_get_last (self->checkpoints)->position.step + self->spacing;
}

/* Does what a log says was done after this step; all of a log was checked. */
static void
do_planned_events (NnTimeline *self)
{
  const guint64 step = nn_trainer_get_n_steps (self->trainer);
  const gsize n_before = self->n_done;

  while (self->n_done < get_n_events (self) &&
         get_event (self, self->n_done)->step == step) {
    if (self->n_done == n_before) /* to any of them is no step from here */
      keep_state (self);
    nn_trainer_do (self->trainer, get_event (self, self->n_done), NULL);
    self->n_done++;
  }
  self->n_known = MAX (self->n_known, self->n_done);
}

/* A step that failed has not happened, but the gradients before it, which an update
 * function may read, are gone. They are computed again from the last checkpoint on. */
static void
come_back (NnTimeline *self)
{
  const NnPosition present = get_present (self);
  const NnCheckpoint *nearest = nn_checkpoints_find (self->checkpoints, present);

  if (nearest == NULL)
    return; /* the run only goes onwards, and so it ends here */
  nn_trainer_restore (self->trainer, nearest->state);
  self->n_done = nearest->position.n_done;
  self->goal = present;
  self->travels = TRUE;
  nn_timeline_travel (self, G_MAXUINT64);
}

/**
 * nn_timeline_step:
 *
 * Takes one step from where the run is, and does what a log says comes after it.
 *
 * Returns: FALSE as nn_trainer_step ()
 */
gboolean
nn_timeline_step (NnTimeline *self, GError **error)
{
  guint64 step;

  g_return_val_if_fail (!self->travels, FALSE);

  if (self->n_done < self->n_known)
    leave_future (self);
  if (!nn_trainer_step (self->trainer, error)) {
    come_back (self);
    return FALSE;
  }
  step = nn_trainer_get_n_steps (self->trainer);
  self->end = MAX (self->end, step);
  if (self->n_done < get_n_events (self))
    do_planned_events (self);
  if (step >= self->due)
    keep_state (self);
  return TRUE;
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
  append_event (self, &exact);
  self->n_done++;
  self->n_known = self->n_done;
  return TRUE;
}

/* ---- back and forth ---------------------------------------------------------------- */

/* Starts from the nearest state before @goal: the present one, or a checkpoint. */
static void
set_out (NnTimeline *self, NnPosition goal)
{
  const NnPosition present = get_present (self);
  const NnCheckpoint *nearest;

  if (nn_position_compare (present, get_end (self)) == 0)
    keep_state (self);
  nearest = nn_checkpoints_find (self->checkpoints, goal);
  if (nn_position_compare (present, goal) > 0 ||
      nn_position_compare (present, nearest->position) < 0) {
    nn_trainer_restore (self->trainer, nearest->state);
    self->n_done = nearest->position.n_done;
  }
  self->goal = goal;
  self->travels = TRUE;
}

/* Forgets where undo was called if that is not ahead of @position any more. */
static void
forget_undone (NnTimeline *self, NnPosition position)
{
  while (self->undone->len > 0 &&
         nn_position_compare (
             g_array_index (self->undone, NnPosition, self->undone->len - 1), position) <=
             0)
    g_array_set_size (self->undone, self->undone->len - 1);
}

/**
 * nn_timeline_undo:
 *
 * Sets out for the state just before the last thing that the user did, however many
 * steps ago.
 */
void
nn_timeline_undo (NnTimeline *self)
{
  const NnPosition position = get_position (self);

  if (!nn_timeline_can_undo (self))
    return;
  forget_undone (self, position);
  g_array_append_val (self->undone, position);
  set_out (self, (NnPosition){ get_event (self, position.n_done - 1)->step,
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
  NnPosition goal;

  forget_undone (self, get_position (self));
  if (self->undone->len == 0)
    return;
  goal = g_array_index (self->undone, NnPosition, self->undone->len - 1);
  g_array_set_size (self->undone, self->undone->len - 1);
  set_out (self, goal);
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
  NnPosition goal = { MIN (step, self->end), self->n_known };

  g_return_if_fail (!self->onwards_only);

  while (goal.n_done > 0 && get_event (self, goal.n_done - 1)->step > goal.step)
    goal.n_done--;
  set_out (self, goal);
}

gboolean
nn_timeline_is_travelling (const NnTimeline *self)
{
  return self->travels;
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
    const NnEvent *next =
        present.n_done < self->goal.n_done ? get_event (self, present.n_done) : NULL;

    if (next && next->step == present.step) {
      nn_trainer_do (self->trainer, next, NULL);
      self->n_done++;
    } else if (present.step == self->goal.step) {
      self->travels = FALSE;
    } else if (n_steps-- == 0) {
      return;
    } else if (!nn_trainer_step (self->trainer, NULL)) {
      g_warn_if_reached (); /* it was taken once before */
      self->travels = FALSE;
    }
  }
}

/**
 * nn_timeline_get_stride:
 *
 * Returns: how many steps take some milliseconds
 */
guint64
nn_timeline_get_stride (const NnTimeline *self)
{
  return self->stride;
}

/* ---- reading ----------------------------------------------------------------------- */

guint64
nn_timeline_get_end (const NnTimeline *self)
{
  return self->end;
}

gboolean
nn_timeline_can_undo (const NnTimeline *self)
{
  return !self->onwards_only && get_position (self).n_done > self->n_given;
}

gboolean
nn_timeline_can_redo (const NnTimeline *self)
{
  const NnPosition position = get_position (self);

  for (guint i = 0; i < self->undone->len; i++)
    if (nn_position_compare (g_array_index (self->undone, NnPosition, i), position) > 0)
      return TRUE;
  return FALSE;
}

/**
 * nn_timeline_get_log:
 *
 * Returns: (transfer none): what the user did up to here, until the next change
 */
NnLog *
nn_timeline_get_log (const NnTimeline *self)
{
  return self->logs->pdata[self->n_done];
}

/**
 * nn_timeline_get_branches:
 *
 * Returns: (transfer none) (array length=n_branches): the branches that were left, oldest
 *   first, until the next change
 */
const NnBranch *
nn_timeline_get_branches (const NnTimeline *self, gsize *n_branches)
{
  *n_branches = self->branches->len;
  return (const NnBranch *) (const void *) self->branches->data;
}
