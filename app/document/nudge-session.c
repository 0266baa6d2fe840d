/* nudge-session.c - a run, as it is commanded
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-session.h"

#include <math.h>

#include "app/document/nudge-session-private.h"

/* The loss of the first demo is seen to fall within some seconds. */
#define USUAL_SPEED 300.0

enum {
  PROP_RUNNING = 1,
  PROP_SPEED,
  PROP_STOP_STEP,
  PROP_STOP_LOSS,
  PROP_GHOST,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS,
};

enum {
  COMMANDED,
  DID,
  FRAME,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeSession, nudge_session, G_TYPE_OBJECT)

static void
set_flag (NudgeSession *self, gboolean *flag, gboolean value, guint prop)
{
  if (*flag == !!value)
    return;
  *flag = !!value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/**
 * nudge_session_commanded:
 *
 * To be called after each command.
 */
void
nudge_session_commanded (NudgeSession *self)
{
  g_signal_emit (self, signals[COMMANDED], 0);
}

/* Instead, where it makes another run of it. */
static void
did (NudgeSession *self, int kind)
{
  g_signal_emit (self, signals[DID], 0, kind);
  nudge_session_commanded (self);
}

/* --- Running ----------------------------------------------------------------------- */

static void
set_running (NudgeSession *self, gboolean running)
{
  g_atomic_int_set (&self->trains, running);
  if (running)
    nn_session_run (self->session);
  else
    nn_session_pause (self->session);
  set_flag (self, &self->running, running, PROP_RUNNING);
  nudge_session_commanded (self);
}

static gboolean
is_walk (double speed)
{
  return speed > 0 && speed <= NUDGE_WALK_SPEED;
}

static void
set_speed (NudgeSession *self, double speed)
{
  const gboolean walked = is_walk (self->speed);

  if (self->speed == speed)
    return;
  self->speed = speed;
  nn_session_set_speed (self->session, speed);
  if (is_walk (speed) != walked)
    nn_session_set_walks (self->session, !walked);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SPEED]);
  nudge_session_commanded (self);
}

static gboolean
is_same (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static void
set_stop (NudgeSession *self, guint64 step, double loss)
{
  const gboolean other_step = self->stop_step != step;
  const gboolean other_loss = !is_same (self->stop_loss, loss);

  if (!other_step && !other_loss)
    return;
  self->stop_step = step;
  self->stop_loss = loss;
  nn_session_set_stop (self->session, step, loss);
  if (other_step)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STOP_STEP]);
  if (other_loss)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STOP_LOSS]);
  nudge_session_commanded (self);
}

static void
set_ghost (NudgeSession *self, gboolean ghost)
{
  if (self->ghost == !!ghost || !nudge_session_can (self, NN_CAN_GHOST))
    return;
  nn_session_set_ghost (self->session, ghost);
  set_flag (self, &self->ghost, ghost, PROP_GHOST);
  nudge_session_commanded (self);
}

/**
 * nudge_session_step:
 *
 * Trains one step, and pauses.
 */
void
nudge_session_step (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_step (self->session);
  nudge_session_commanded (self);
}

/**
 * nudge_session_walk:
 *
 * Trains one step, which the next frame has a record of, and pauses; but a run that walks
 * is running still.
 */
void
nudge_session_walk (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_walk (self->session);
  nudge_session_commanded (self);
}

/**
 * nudge_session_show_section:
 *
 * Frames of a step that was walked show what has landed in its section only from here on.
 */
void
nudge_session_show_section (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_show_section (self->session);
  nudge_session_commanded (self);
}

/* Returns: whether a run takes a step only at nudge_session_walk () */
gboolean
nudge_session_walks (NudgeSession *self)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), FALSE);

  return is_walk (self->speed);
}

static void
set_out (NudgeSession *self)
{
  g_atomic_int_set (&self->trains, TRUE);
  set_flag (self, &self->running, TRUE, PROP_RUNNING);
  nudge_session_commanded (self);
}

/**
 * nudge_session_run_to_step:
 * @anew: trains on, without what was done there before it was undone; else goes to what is
 *   known of @step, also back. At any speed
 */
void
nudge_session_run_to_step (NudgeSession *self, guint64 step, gboolean anew)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (!anew && self->frame && step <= self->frame->end) {
    nudge_session_go_to (self, step);
    return;
  }
  nn_session_run_to_step (self->session, step);
  set_out (self);
}

/**
 * nudge_session_run_to_loss:
 *
 * Runs until a step's loss is @loss or less.
 */
void
nudge_session_run_to_loss (NudgeSession *self, double loss)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_run_to_loss (self->session, loss);
  set_out (self);
}

/**
 * nudge_session_run_to_epoch:
 *
 * Runs to the end of the present epoch; of the next one, at its end.
 */
void
nudge_session_run_to_epoch (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_run_to_epoch (self->session);
  set_out (self);
}

/**
 * nudge_session_reset:
 *
 * Pauses at step 0.
 */
void
nudge_session_reset (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (!nudge_session_can (self, NN_CAN_TRAVEL))
    return;
  nn_session_reset (self->session);
  did (self, -1);
}

/* As nn_session_detach (). */
void
nudge_session_detach (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_detach (self->session);
  nudge_session_commanded (self);
}

/* --- Keeping it -------------------------------------------------------------------- */

/* On the training thread, which does not wait. */
static void
keep_cb (NnRunState *state, gpointer saver)
{
  nn_checkpoint_saver_push (saver, state, NULL);
}

/* On the saver's thread. What is paused is as it was written. */
static void
due_cb (gpointer data)
{
  NudgeSession *self = data;

  if (g_atomic_int_get (&self->trains))
    nn_session_keep (self->session);
}

/* What the user does is kept as it is done; a step that was asked for, once it is. */
static void
keep_pause (NudgeSession *self, const NnFrame *frame)
{
  g_atomic_int_set (&self->trains, frame->running);
  if (frame->running || frame->step == self->kept_step)
    return;
  self->kept_step = frame->step;
  if (self->saver != NULL)
    nn_session_keep (self->session);
}

static void
end_saver (NudgeSession *self)
{
  nn_session_set_keeper (self->session, NULL, NULL);
  g_clear_pointer (&self->saver, nn_checkpoint_saver_free);
}

/**
 * nudge_session_keep_in:
 * @path: (nullable): of a checkpoint, which has the newest state from now on; %NULL: of
 *   none any more
 * @named: (nullable): whose title and lesson it gets
 */
void
nudge_session_keep_in (NudgeSession *self, const char *path, const NnExperiment *named)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  end_saver (self);
  if (path == NULL)
    return;
  self->saver =
      nn_checkpoint_saver_new (path, named, NN_CHECKPOINT_INTERVAL_S, due_cb, self);
  nn_session_set_keeper (self->session, keep_cb, self->saver);
  nn_session_keep (self->session);
}

/**
 * nudge_session_keep_as:
 * @named: whose title and lesson the checkpoint gets, if there is one
 */
void
nudge_session_keep_as (NudgeSession *self, const NnExperiment *named)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (self->saver == NULL)
    return;
  nn_checkpoint_saver_set_named (self->saver, named);
  nn_session_keep (self->session);
}

/* --- Back and forth ---------------------------------------------------------------- */

static void
travel (NudgeSession *self)
{
  self->travels_until = nn_session_get_n_commands (self->session);
}

/**
 * nudge_session_undo:
 *
 * Goes back to just before the last thing that was done.
 */
void
nudge_session_undo (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  self->has_place = FALSE;
  nn_session_undo (self->session);
  travel (self);
  did (self, -1);
}

/**
 * nudge_session_redo:
 *
 * Goes forward again to where undo was called.
 */
void
nudge_session_redo (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  self->has_place = FALSE;
  nn_session_redo (self->session);
  travel (self);
  did (self, -1);
}

/* A place is asked for when the last one is shown: a thumb that is dragged faster than
 * the run can be restored leaves no trail of commands behind it. */
static void
ask_for_place (NudgeSession *self)
{
  if (!self->has_place || !nudge_session_is_up_to_date (self))
    return;
  self->has_place = FALSE;
  nn_session_go_to (self->session, self->place);
  travel (self);
  nudge_session_commanded (self);
}

/**
 * nudge_session_go_to:
 *
 * Shows the run as it was after @step, paused: it would go on from there.
 */
void
nudge_session_go_to (NudgeSession *self, guint64 step)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (!nudge_session_can (self, NN_CAN_TRAVEL))
    return;
  self->has_place = TRUE;
  self->place = step;
  ask_for_place (self);
  nudge_session_commanded (self);
}

/* --- Nudges ------------------------------------------------------------------------ */

/**
 * nudge_session_do:
 *
 * Returns: the id of the nudge that it names, as nn_session_do ()
 */
guint64
nudge_session_do (NudgeSession *self, const NnEvent *event)
{
  guint64 id;

  g_return_val_if_fail (NUDGE_IS_SESSION (self), 0);

  id = nn_session_do (self->session, event);
  did (self, (int) event->kind);
  return id;
}

/**
 * nudge_session_find_start:
 *
 * As nn_session_find_start ().
 */
void
nudge_session_find_start (NudgeSession *self,
                          guint64 step,
                          guint64 before,
                          NnSessionFound found,
                          gpointer data)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_find_start (self->session, step, before, found, data);
  nudge_session_commanded (self);
}

/* --- Frames ------------------------------------------------------------------------ */

/* Until the frame shows what came of all that was asked, what was asked is shown. */
static void
follow (NudgeSession *self, NnFrame *frame)
{
  g_autoptr (NnFrame) previous = g_steal_pointer (&self->frame);

  self->frame = frame;
  self->travelled = previous && previous->n_commands < self->travels_until;
  if (nudge_session_is_up_to_date (self))
    set_flag (self, &self->running, frame->running, PROP_RUNNING);
  set_flag (self, &self->can_undo, frame->can_undo, PROP_CAN_UNDO);
  set_flag (self, &self->can_redo, frame->can_redo, PROP_CAN_REDO);
  g_signal_emit (self, signals[FRAME], 0, previous);
  keep_pause (self, frame);
  ask_for_place (self);
}

/**
 * nudge_session_take_frame:
 *
 * Takes the newest frame that was not taken yet, if there is one. Never waits.
 */
gboolean
nudge_session_take_frame (NudgeSession *self)
{
  NnFrame *frame;

  g_return_val_if_fail (NUDGE_IS_SESSION (self), FALSE);

  frame = nn_session_take_frame (self->session);
  if (frame)
    follow (self, frame);
  return frame != NULL;
}

/* Returns: (transfer none) (nullable): the newest; %NULL until the first one was taken */
NnFrame *
nudge_session_get_frame (NudgeSession *self)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), NULL);

  return self->frame;
}

/* Returns: how many were given; of which a frame says how many it has seen */
guint64
nudge_session_get_n_commands (NudgeSession *self)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), 0);

  return nn_session_get_n_commands (self->session);
}

/* Returns: whether the frame shows what came of all that was asked */
gboolean
nudge_session_is_up_to_date (NudgeSession *self)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), FALSE);

  return self->frame &&
         self->frame->n_commands >= nn_session_get_n_commands (self->session);
}

/* Returns: whether the run is where it was asked to go, or as near as it can be */
gboolean
nudge_session_is_settled (NudgeSession *self)
{
  return nudge_session_is_up_to_date (self) && !self->has_place;
}

/* Returns: whether the run went back or forth between the newest frame and the one
 *   before: what landed on the way had landed before */
gboolean
nudge_session_has_travelled (NudgeSession *self)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), FALSE);

  return self->travelled;
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NudgeSession *self = NUDGE_SESSION (object);
  const gboolean flags[] = {
    [PROP_RUNNING] = self->running,
    [PROP_GHOST] = self->ghost,
    [PROP_CAN_UNDO] = self->can_undo,
    [PROP_CAN_REDO] = self->can_redo,
  };

  if (id == PROP_SPEED)
    g_value_set_double (value, self->speed);
  else if (id == PROP_STOP_STEP)
    g_value_set_uint64 (value, self->stop_step);
  else if (id == PROP_STOP_LOSS)
    g_value_set_double (value, self->stop_loss);
  else if (id < G_N_ELEMENTS (flags))
    g_value_set_boolean (value, flags[id]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_session_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  NudgeSession *self = NUDGE_SESSION (object);

  if (id == PROP_RUNNING)
    set_running (self, g_value_get_boolean (value));
  else if (id == PROP_SPEED)
    set_speed (self, g_value_get_double (value));
  else if (id == PROP_STOP_STEP)
    set_stop (self, g_value_get_uint64 (value), self->stop_loss);
  else if (id == PROP_STOP_LOSS)
    set_stop (self, self->stop_step, g_value_get_double (value));
  else if (id == PROP_GHOST)
    set_ghost (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_session_finalize (GObject *object)
{
  NudgeSession *self = NUDGE_SESSION (object);

  end_saver (self);
  g_clear_pointer (&self->session, nn_session_free);
  g_clear_pointer (&self->frame, nn_frame_unref);
  G_OBJECT_CLASS (nudge_session_parent_class)->finalize (object);
}

static GParamSpec *
new_flag (const char *name, GParamFlags flags)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE,
                               flags | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static guint
new_signal (const char *name, GType type)
{
  return g_signal_new (name, NUDGE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, type != G_TYPE_NONE, type);
}

static void
nudge_session_class_init (NudgeSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_session_get_property;
  object_class->set_property = nudge_session_set_property;
  object_class->finalize = nudge_session_finalize;
  props[PROP_RUNNING] = new_flag ("running", G_PARAM_READWRITE);
  props[PROP_SPEED] = g_param_spec_double (
      "speed", NULL, NULL, 0, G_MAXDOUBLE, USUAL_SPEED,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_STOP_STEP] = g_param_spec_uint64 (
      "stop-step", NULL, NULL, 0, G_MAXUINT64, 0,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_STOP_LOSS] = g_param_spec_double (
      "stop-loss", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_GHOST] = new_flag ("ghost", G_PARAM_READWRITE);
  props[PROP_CAN_UNDO] = new_flag ("can-undo", G_PARAM_READABLE);
  props[PROP_CAN_REDO] = new_flag ("can-redo", G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[COMMANDED] = new_signal ("commanded", G_TYPE_NONE);
  signals[DID] = new_signal ("did", G_TYPE_INT);
  signals[FRAME] = new_signal ("frame", G_TYPE_POINTER);
}

static void
nudge_session_init (NudgeSession *self)
{
  self->stop_loss = NAN;
  self->watched = -1;
}

/**
 * nudge_session_new_of:
 * @session: (transfer full): of whatever engine
 */
NudgeSession *
nudge_session_new_of (NnSession *session)
{
  NudgeSession *self = g_object_new (NUDGE_TYPE_SESSION, NULL);

  self->session = session;
  return self;
}

/* Returns: whether the engine can do that */
gboolean
nudge_session_can (NudgeSession *self, NnCapability what)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), FALSE);

  return (nn_session_get_capabilities (self->session) & what) != 0;
}

static NudgeSession *
take_session (NnSession *session, const NnExperiment *experiment)
{
  NudgeSession *self = nudge_session_new_of (session);

  set_speed (self, experiment->speed > 0 ? experiment->speed : USUAL_SPEED);
  return self;
}

/**
 * nudge_session_new_resumed:
 *
 * As nn_session_new_resumed ().
 */
NudgeSession *
nudge_session_new_resumed (const NnExperiment *experiment, NnTimeline *timeline)
{
  return take_session (nn_session_new_resumed (experiment, timeline), experiment);
}

/**
 * nudge_session_new:
 * @experiment: copied
 *
 * Paused before the first step; its first frame comes by itself.
 *
 * Returns: (nullable): %NULL as nn_session_new ()
 */
NudgeSession *
nudge_session_new (const NnExperiment *experiment, GError **error)
{
  NnSession *session = nn_session_new (experiment, error);

  return session ? take_session (session, experiment) : NULL;
}
