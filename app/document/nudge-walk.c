/* nudge-walk.c - one step, shown slowly, phase after phase
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-walk.h"

#include <string.h>

#include "ui/text/nudge-phase-words.h"

/* Duration of a phase that was asked for, and of one on the way to the section where a
 * nudge is to land. */
#define ASKED_MS 1100
#define HASTE_MS 600

/* Each phase's share of a step's time, long enough to read its sentence. */
static const double shares[] = {
  [NUDGE_PHASE_FORWARD] = 0.27,
  [NUDGE_PHASE_BACKWARD] = 0.27,
  [NUDGE_PHASE_OPTIMIZER] = 0.22,
  [NUDGE_PHASE_SECTION] = 0.24,
};

struct _NudgeWalk {
  GObject parent_instance;

  NudgeSession *session; /* (owned) */
  NnFrame *frame;        /* (owned) (nullable) the newest, if it has the step's record */
  NnFrame *picture;      /* (owned) (nullable) the network as it was in the phase */
  NudgePhase phase;
  guint timer;       /* until the next phase, if that comes by itself */
  gboolean by_phase; /* the step is taken phase by phase, as the user asks for each */
  gboolean hurries;  /* to the section, where a nudge is to land */
  gboolean ends;     /* a frame of the section is to come */
  guint64 asked;     /* commands done when the next step will have been taken */
};

enum {
  PROP_PHASE = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgeWalk, nudge_walk, G_TYPE_OBJECT)

static void go_on (NudgeWalk *self);

static gboolean
is_running (NudgeWalk *self)
{
  gboolean running;

  g_object_get (self->session, "running", &running, NULL);
  return running;
}

static gboolean
is_within_step (NudgeWalk *self)
{
  return self->phase != NUDGE_PHASE_NONE && self->phase != NUDGE_PHASE_SECTION;
}

/* ---- what is shown ----------------------------------------------------------------- */

/* Returns: (transfer full): the network as the phase has it */
static NnFrame *
new_picture (const NnFrame *frame, NudgePhase phase)
{
  static const NnStepState states[] = {
    [NUDGE_PHASE_FORWARD] = NN_STEP_FORWARD,
    [NUDGE_PHASE_BACKWARD] = NN_STEP_BACKWARD,
    [NUDGE_PHASE_OPTIMIZER] = NN_STEP_OPTIMIZER,
  };
  const NnStepRecord *record = frame->record;
  NnFrame *picture = nn_frame_new (record->architecture, &record->probes);

  memcpy (picture->values, record->values[states[phase]],
          record->architecture->n_values * sizeof (float));
  memcpy (picture->activations, record->activations[states[phase]],
          record->architecture->n_units * record->probes.n * sizeof (float));
  picture->experiment = nn_experiment_ref (frame->experiment);
  picture->known = frame->known;
  picture->optimizer = frame->optimizer;
  picture->dataset = nn_dataset_ref (frame->dataset);
  picture->step = record->step;
  picture->loss = (double) record->loss;
  return picture;
}

static void
show_phase (NudgeWalk *self, NudgePhase phase)
{
  self->phase = phase;
  self->ends = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->picture, nn_frame_unref);
  if (is_within_step (self))
    self->picture = new_picture (self->frame, phase);
  else
    self->hurries = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PHASE]);
}

/* The section is shown with the next frame, which is of it. */
static void
end_step (NudgeWalk *self)
{
  if (!is_within_step (self) || self->ends)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->hurries = FALSE;
  self->ends = TRUE;
  nudge_session_show_section (self->session);
}

static void
end_walk (NudgeWalk *self)
{
  g_clear_pointer (&self->frame, nn_frame_unref);
  if (self->phase != NUDGE_PHASE_NONE)
    show_phase (self, NUDGE_PHASE_NONE);
}

/* ---- going on ---------------------------------------------------------------------- */

static void
ask_for_step (NudgeWalk *self)
{
  nudge_session_walk (self->session);
  self->asked = nudge_session_get_n_commands (self->session);
}

static gboolean
is_asked (NudgeWalk *self)
{
  const NnFrame *frame = nudge_session_get_frame (self->session);

  return frame == NULL || frame->n_commands < self->asked;
}

static gboolean
timer_cb (gpointer data)
{
  NudgeWalk *self = data;

  self->timer = 0;
  if (is_within_step (self)) {
    if (self->phase == NUDGE_PHASE_OPTIMIZER) {
      end_step (self);
    } else {
      show_phase (self, self->phase + 1);
      go_on (self);
    }
  } else if (is_running (self) && nudge_session_walks (self->session)) {
    ask_for_step (self);
  }
  return G_SOURCE_REMOVE;
}

/* Schedules the next phase, if it comes by itself; between two steps, the next step,
 * after the present state was shown for a while. */
static void
go_on (NudgeWalk *self)
{
  const gboolean runs = is_running (self) && nudge_session_walks (self->session);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->phase == NUDGE_PHASE_NONE) {
    if (runs && !is_asked (self))
      ask_for_step (self);
  } else if (self->phase == NUDGE_PHASE_SECTION ? runs : runs || !self->by_phase) {
    self->timer = g_timeout_add (nudge_walk_get_duration_ms (self), timer_cb, self);
  }
}

/**
 * nudge_walk_take_phase:
 *
 * Shows the next phase and stays there; after the section, the first one of another step.
 */
void
nudge_walk_take_phase (NudgeWalk *self)
{
  g_return_if_fail (NUDGE_IS_WALK (self));

  if (is_running (self))
    g_object_set (self->session, "running", FALSE, NULL);
  self->by_phase = TRUE;
  if (self->phase == NUDGE_PHASE_OPTIMIZER)
    end_step (self);
  else if (is_within_step (self))
    show_phase (self, self->phase + 1);
  else if (!is_asked (self))
    ask_for_step (self);
}

/**
 * nudge_walk_take_step:
 *
 * Takes one step and pauses, shown as the speed says; or what is left of a step.
 */
void
nudge_walk_take_step (NudgeWalk *self)
{
  g_return_if_fail (NUDGE_IS_WALK (self));

  if (is_within_step (self)) {
    if (is_running (self))
      g_object_set (self->session, "running", FALSE, NULL);
    end_step (self);
    return;
  }
  if (!nudge_session_walks (self->session)) {
    nudge_session_step (self->session);
    return;
  }
  if (is_running (self))
    g_object_set (self->session, "running", FALSE, NULL);
  self->by_phase = FALSE;
  if (!is_asked (self))
    ask_for_step (self);
}

/**
 * nudge_walk_follow:
 * @frame: the newest
 */
void
nudge_walk_follow (NudgeWalk *self, NnFrame *frame)
{
  const gboolean is_same =
      self->frame && frame->record && self->frame->record == frame->record;

  g_return_if_fail (NUDGE_IS_WALK (self));

  /* A run at its own pace may show where it set out. */
  if (frame->record == NULL || (frame->running && !nudge_session_walks (self->session))) {
    end_walk (self);
    go_on (self);
    return;
  }
  g_clear_pointer (&self->frame, nn_frame_unref);
  self->frame = nn_frame_ref (frame);
  if (!is_same)
    show_phase (self, NUDGE_PHASE_FORWARD);
  else if (!frame->within_step && is_within_step (self))
    show_phase (self, NUDGE_PHASE_SECTION);
  else
    return;
  go_on (self);
}

/**
 * nudge_walk_holds:
 *
 * Returns: whether newer frames are to wait, until the section is shown
 */
gboolean
nudge_walk_holds (NudgeWalk *self)
{
  g_return_val_if_fail (NUDGE_IS_WALK (self), FALSE);

  return self->hurries;
}

/* ---- what else happens ------------------------------------------------------------- */

static void
did_cb (NudgeWalk *self, int kind)
{
  if (!is_within_step (self))
    return;
  if (kind != NN_EVENT_NUDGE) {
    end_step (self);
    return;
  }
  self->hurries = TRUE;
  self->by_phase = FALSE;
  go_on (self);
}

/* While an amount is dragged, the network shows the preview. */
static void
commanded_cb (NudgeWalk *self)
{
  if (nudge_session_is_previewing (self->session))
    end_step (self);
}

static void
pace_cb (NudgeWalk *self)
{
  if (is_running (self)) {
    self->by_phase = FALSE;
    if (nudge_session_walks (self->session))
      go_on (self);
    else
      end_walk (self);
  } else if (!self->hurries && nudge_session_is_up_to_date (self->session) == FALSE) {
    /* Paused by the user, within a phase; a stop lets the step end. */
    g_clear_handle_id (&self->timer, g_source_remove);
  }
}

/* ---- for those who show it --------------------------------------------------------- */

NudgePhase
nudge_walk_get_phase (NudgeWalk *self)
{
  g_return_val_if_fail (NUDGE_IS_WALK (self), NUDGE_PHASE_NONE);

  return self->phase;
}

/* Returns: how long the phase is shown, if the next one comes by itself */
guint
nudge_walk_get_duration_ms (NudgeWalk *self)
{
  double speed;

  g_return_val_if_fail (NUDGE_IS_WALK (self), 0);

  if (self->hurries)
    return HASTE_MS;
  if (!nudge_session_walks (self->session))
    return ASKED_MS;
  g_object_get (self->session, "speed", &speed, NULL);
  return (guint) (1000 * shares[self->phase] / speed);
}

/* Returns: (transfer none) (nullable): the network as it was in the phase; %NULL if it is
 * the newest frame's */
NnFrame *
nudge_walk_get_picture (NudgeWalk *self)
{
  g_return_val_if_fail (NUDGE_IS_WALK (self), NULL);

  return self->picture;
}

/* Returns: (transfer full) (nullable): about the phase, with the step's numbers */
char *
nudge_walk_dup_sentence (NudgeWalk *self)
{
  g_return_val_if_fail (NUDGE_IS_WALK (self), NULL);

  return self->phase != NUDGE_PHASE_NONE
             ? nudge_words_for_phase (self->frame, self->phase)
             : NULL;
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_walk_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PHASE)
    g_value_set_int (value, (int) NUDGE_WALK (object)->phase);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_walk_dispose (GObject *object)
{
  NudgeWalk *self = NUDGE_WALK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->frame, nn_frame_unref);
  g_clear_pointer (&self->picture, nn_frame_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (nudge_walk_parent_class)->dispose (object);
}

static void
nudge_walk_class_init (NudgeWalkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_walk_get_property;
  object_class->dispose = nudge_walk_dispose;
  props[PROP_PHASE] =
      g_param_spec_int ("phase", NULL, NULL, NUDGE_PHASE_NONE, NUDGE_PHASE_SECTION,
                        NUDGE_PHASE_NONE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
nudge_walk_init (NudgeWalk *self)
{
}

NudgeWalk *
nudge_walk_new (NudgeSession *session)
{
  NudgeWalk *self = g_object_new (NUDGE_TYPE_WALK, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "did", G_CALLBACK (did_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "commanded", G_CALLBACK (commanded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::running", G_CALLBACK (pace_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::speed", G_CALLBACK (pace_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
