/* nudge-edits.c - the experiment as the user has edited it, ahead of the frames
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-edits.h"

#include <glib/gi18n.h>

#include "nn/experiment/nn-change.h"
#include "nn/experiment/nn-fit.h"
#include "ui/text/nudge-setting-words.h"

struct _NudgeEdits {
  GObject parent_instance;

  NudgeSession *session;    /* (owned) */
  NnExperiment *experiment; /* (owned) as it was asked to be */
  NnDataset *dataset;       /* (owned) (nullable) the newest frame's */
};

enum {
  CHANGED,
  MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeEdits, nudge_edits, G_TYPE_OBJECT)

/* @experiment: gets a reference */
static void
set_experiment (NudgeEdits *self, NnExperiment *experiment)
{
  nn_experiment_ref (experiment);
  g_clear_pointer (&self->experiment, nn_experiment_free);
  self->experiment = experiment;
}

static void
frame_cb (NudgeEdits *self)
{
  const NnFrame *frame = nudge_session_get_frame (self->session);
  const gboolean same_data = self->dataset == frame->dataset;

  if (!nudge_session_is_up_to_date (self->session) || frame->experiment == NULL ||
      (same_data && self->experiment == frame->experiment))
    return;
  set_experiment (self, frame->experiment);
  if (!same_data) {
    g_clear_pointer (&self->dataset, nn_dataset_unref);
    self->dataset = frame->dataset ? nn_dataset_ref (frame->dataset) : NULL;
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Returns: (transfer none): until the next change */
const NnExperiment *
nudge_edits_get_experiment (NudgeEdits *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITS (self), NULL);

  return self->experiment;
}

/* Returns: (transfer none) (nullable): what the run trains on; perhaps not yet what it was
 *   asked to */
NnDataset *
nudge_edits_get_dataset (NudgeEdits *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITS (self), NULL);

  return self->dataset;
}

/* Nudges that repeat must not lose their target. */
static gboolean
check_standing (NudgeEdits *self, const NnChange *change, GError **error)
{
  const NnFrame *frame = nudge_session_get_frame (self->session);

  for (gsize i = 0; frame && i < frame->n_standing; i++) {
    NnNudge *followed = nn_change_follow (change, frame->standing[i].nudge, error);

    if (followed == NULL)
      return FALSE;
    nn_nudge_unref (followed);
  }
  return TRUE;
}

/**
 * nudge_edits_do:
 * @edit: gets a reference
 *
 * Gives the edit to the session, as one entry of the log; an edit that changes nothing is
 * left out.
 *
 * Returns: %FALSE with @error set if the experiment cannot be changed so; it stays as
 *   it is
 */
gboolean
nudge_edits_do (NudgeEdits *self, NnEdit *edit, GError **error)
{
  g_autoptr (NnChange) change = NULL;

  g_return_val_if_fail (NUDGE_IS_EDITS (self), FALSE);

  change = nn_change_new (edit, self->experiment, error);
  if (change == NULL || !check_standing (self, change, error))
    return FALSE;
  if (change->kind == NN_CHANGE_NOTHING)
    return TRUE;
  set_experiment (self, change->after);
  nudge_session_do (self->session, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = edit });
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/**
 * nudge_edits_try:
 *
 * nudge_edits_do (), for a control that shows what is wrong beside itself.
 *
 * Returns: (transfer full) (nullable): what is wrong; %NULL if the edit was done
 */
char *
nudge_edits_try (NudgeEdits *self, NnEdit *edit)
{
  g_autoptr (GError) error = NULL;

  return nudge_edits_do (self, edit, &error)
             ? NULL
             : nudge_words_for_wrong_setting (error->message);
}

/* What else has to change with an edit. */
static void
tell_fitted (NudgeEdits *self, NnEditParts fitted)
{
  const NnArchitecture *architecture = self->experiment->architecture;
  const NnLayerShape *last = &architecture->layers[architecture->n_layers - 1];
  const char *loss = nn_loss_get_name (self->experiment->loss.type);
  g_autofree char *text = NULL;

  if (fitted == (NN_EDIT_HAS_LOSS | NN_EDIT_HAS_NETWORK))
    text = g_strdup_printf (_ ("To fit: the loss is %s, and %s has %lu outputs"), loss,
                            last->name, (gulong) last->n_units);
  else if (fitted == NN_EDIT_HAS_LOSS)
    text = g_strdup_printf (_ ("To fit: the loss is %s"), loss);
  else if (fitted == NN_EDIT_HAS_NETWORK)
    text = g_strdup_printf (_ ("To fit: %s has %lu outputs"), last->name,
                            (gulong) last->n_units);
  if (text)
    g_signal_emit (self, signals[MESSAGE], 0, text);
}

/**
 * nudge_edits_try_fitted:
 * @edit: (inout): gets what else has to change with it, as by nn_edit_fit ()
 *
 * nudge_edits_try (), and "message" if more had to change.
 *
 * Returns: (transfer full) (nullable): what is wrong; %NULL if the edit was done
 */
char *
nudge_edits_try_fitted (NudgeEdits *self, NnEdit *edit)
{
  g_autoptr (GError) error = NULL;
  NnEditParts fitted;
  char *wrong;

  g_return_val_if_fail (NUDGE_IS_EDITS (self), NULL);

  if ((edit->parts & NN_EDIT_HAS_DATA) && !nn_data_spec_check (&edit->data, &error))
    return nudge_words_for_wrong_setting (error->message);
  fitted = nn_edit_fit (edit, self->experiment);
  wrong = nudge_edits_try (self, edit);
  if (wrong == NULL)
    tell_fitted (self, fitted);
  return wrong;
}

static void
nudge_edits_finalize (GObject *object)
{
  NudgeEdits *self = NUDGE_EDITS (object);

  g_object_unref (self->session);
  nn_experiment_free (self->experiment);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  G_OBJECT_CLASS (nudge_edits_parent_class)->finalize (object);
}

static void
nudge_edits_class_init (NudgeEditsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_edits_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUDGE_TYPE_EDITS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", NUDGE_TYPE_EDITS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
nudge_edits_init (NudgeEdits *self)
{
}

/**
 * nudge_edits_new:
 * @experiment: that @session begins with
 */
NudgeEdits *
nudge_edits_new (NudgeSession *session, const NnExperiment *experiment)
{
  NudgeEdits *self = g_object_new (NUDGE_TYPE_EDITS, NULL);

  self->session = g_object_ref (session);
  self->experiment = nn_experiment_copy_plain (experiment);
  g_signal_connect_object (session, "frame", G_CALLBACK (frame_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
