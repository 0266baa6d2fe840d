/* nudge-session.c - a run under way: commands to the engine, frames from it
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
 * For the session's files: emits "commanded"; to be called after each command.
 */
void
nudge_session_commanded (NudgeSession *self)
{
  g_signal_emit (self, signals[COMMANDED], 0);
}

/**
 * nudge_session_did:
 * @kind: an NnEventKind, or -1
 *
 * For the session's files: emits "did" and "commanded"; to be called after a command that
 * changes what the run is.
 */
void
nudge_session_did (NudgeSession *self, int kind)
{
  g_signal_emit (self, signals[DID], 0, kind);
  nudge_session_commanded (self);
}

/* --- Running ----------------------------------------------------------------------- */

/**
 * nudge_session_set_trains:
 *
 * Sets "running", without a command.
 */
void
nudge_session_set_trains (NudgeSession *self, gboolean trains)
{
  g_atomic_int_set (&self->trains, trains);
  set_flag (self, &self->running, trains, PROP_RUNNING);
}

static void
set_running (NudgeSession *self, gboolean running)
{
  if (running) {
    nudge_session_go_to_place (self);
    nn_session_run (self->session);
  } else {
    nn_session_pause (self->session);
  }
  nudge_session_set_trains (self, running);
  nudge_session_commanded (self);
}

gboolean
nudge_session_is_walk (double speed)
{
  return speed > 0 && speed <= NUDGE_WALK_SPEED;
}

static void
set_speed (NudgeSession *self, double speed)
{
  const gboolean walked = nudge_session_is_walk (self->speed);

  if (self->speed == speed)
    return;
  self->speed = speed;
  nn_session_set_speed (self->session, speed);
  if (nudge_session_is_walk (speed) != walked)
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

/* As nn_session_detach (). */
void
nudge_session_detach (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_detach (self->session);
  nudge_session_commanded (self);
}

/* --- Back and forth ---------------------------------------------------------------- */

/**
 * nudge_session_will_travel:
 *
 * To be called after a command that takes the run back or forward: the frame that shows
 * it has travelled.
 */
void
nudge_session_will_travel (NudgeSession *self)
{
  self->travels_until = nn_session_get_n_commands (self->session);
}

/**
 * nudge_session_go_to_place:
 *
 * Asks for the step of the last nudge_session_go_to (), if it was not asked for yet. To be
 * called before a command for the state there: it would be overtaken otherwise.
 */
void
nudge_session_go_to_place (NudgeSession *self)
{
  if (!self->has_place)
    return;
  self->has_place = FALSE;
  nn_session_go_to (self->session, self->place);
  nudge_session_will_travel (self);
}

/* The next step is asked for when a frame has shown the last one: a slider may be dragged
 * faster than states can be restored, and must not fill the queue with commands. */
static void
ask_for_place (NudgeSession *self)
{
  if (!self->has_place || !nudge_session_is_up_to_date (self))
    return;
  nudge_session_go_to_place (self);
  nudge_session_commanded (self);
}

/**
 * nudge_session_go_to:
 *
 * Takes the run to where it was after @step, paused; running goes on from there.
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

  nudge_session_go_to_place (self);
  id = nn_session_do (self->session, event);
  nudge_session_did (self, (int) event->kind);
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

/* "running" is what was asked for until a frame has seen every command. */
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
  nudge_session_keep_pause (self, frame);
  ask_for_place (self);
}

/**
 * nudge_session_take_frame:
 *
 * Takes the newest frame, if one has come since the last call, and emits "frame".
 * Never waits.
 *
 * Returns: whether there was one
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

/* Returns: how many commands were given; a frame's n_commands says how many it has seen */
guint64
nudge_session_get_n_commands (NudgeSession *self)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), 0);

  return nn_session_get_n_commands (self->session);
}

/* Returns: whether the newest frame has seen every command */
gboolean
nudge_session_is_up_to_date (NudgeSession *self)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), FALSE);

  return self->frame &&
         self->frame->n_commands >= nn_session_get_n_commands (self->session);
}

/* Returns: whether nudge_session_go_to () has arrived, or no longer can */
gboolean
nudge_session_is_settled (NudgeSession *self)
{
  return nudge_session_is_up_to_date (self) && !self->has_place;
}

/* Returns: whether the run is settled and neither trains nor travels */
gboolean
nudge_session_is_idle (NudgeSession *self)
{
  return nudge_session_is_settled (self) && !self->frame->running &&
         !self->frame->unfinished;
}

/* Returns: whether the run went back or forward between the newest frame and the one before,
 *   so that what landed in between is not news */
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

  nudge_session_keep_no_more (self);
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
  new_signal ("kept", G_TYPE_STRING); /* which nudge-session-keeping.c emits */
}

static void
nudge_session_init (NudgeSession *self)
{
  self->stop_loss = NAN;
  self->watched = -1;
}

/**
 * nudge_session_new_of:
 * @session: (transfer full): of any engine
 */
NudgeSession *
nudge_session_new_of (NnSession *session)
{
  NudgeSession *self = g_object_new (NUDGE_TYPE_SESSION, NULL);

  self->session = session;
  return self;
}

/* Returns: whether the engine has this capability */
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
 * A run that goes on from @timeline, as nn_session_new_resumed ().
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
 * A run that is paused before its first step; the first frame comes by itself.
 *
 * Returns: (transfer full) (nullable): %NULL with @error set, as nn_session_new ()
 */
NudgeSession *
nudge_session_new (const NnExperiment *experiment, GError **error)
{
  NnSession *session = nn_session_new (experiment, error);

  return session ? take_session (session, experiment) : NULL;
}
