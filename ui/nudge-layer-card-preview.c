/* nudge-layer-card-preview.c - what a layer card asks about its nudge, and previews
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-layer-card-private.h"

/* A preview that no hand is near enough to end goes away by itself. */
#define PREVIEW_SECONDS 4

/* --- The question ------------------------------------------------------------------ */

void
nudge_layer_card_change_question (NudgeLayerCard *self)
{
  NnFunction range = nudge_layer_card_get_range (self);

  nn_question_clear (&self->question);
  self->question = (NnQuestion){
    .nudge = nudge_layer_card_make_nudge_by_hand (self),
    .least = self->uses_amount ? range.least : 0,
    .most = self->uses_amount ? range.most : 1,
    .logarithmic = self->uses_amount && range.logarithmic,
  };
  nudge_sweep_view_set_question (self->sweep, self->key, self->question.nudge);
  g_signal_emit (self, nudge_layer_card_signals[NUDGE_LAYER_CARD_QUESTION_CHANGED], 0);
}

/**
 * nudge_layer_card_dup_question:
 * @question: (out): what the curve above the slider is of
 */
void
nudge_layer_card_dup_question (NudgeLayerCard *self, NnQuestion *question)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  nn_question_copy (question, &self->question);
}

/**
 * nudge_layer_card_set_key:
 * @key: of its answers among all in a frame
 */
void
nudge_layer_card_set_key (NudgeLayerCard *self, guint key)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  self->key = key;
  nudge_sweep_view_set_question (self->sweep, key, self->question.nudge);
}

/* --- The preview ------------------------------------------------------------------- */

static void
set_preview (NudgeLayerCard *self, NnNudge *nudge)
{
  g_clear_handle_id (&self->preview_end, g_source_remove);
  if (!nudge && !self->preview)
    return;
  g_clear_pointer (&self->preview, nn_nudge_unref);
  self->preview = nudge;
  nudge_sweep_view_set_preview (self->sweep, nudge);
  g_signal_emit (self, nudge_layer_card_signals[NUDGE_LAYER_CARD_PREVIEW_CHANGED], 0);
}

void
nudge_layer_card_end_preview (NudgeLayerCard *self)
{
  set_preview (self, NULL);
}

static gboolean
is_attended (NudgeLayerCard *self)
{
  return gtk_event_controller_focus_contains_focus (
             GTK_EVENT_CONTROLLER_FOCUS (self->focus)) ||
         gtk_event_controller_motion_contains_pointer (
             GTK_EVENT_CONTROLLER_MOTION (self->pointer));
}

static gboolean
preview_end_cb (gpointer data)
{
  NudgeLayerCard *self = data;

  self->preview_end = 0;
  if (!is_attended (self))
    nudge_layer_card_end_preview (self);
  return G_SOURCE_REMOVE;
}

void
nudge_layer_card_show_preview (NudgeLayerCard *self)
{
  set_preview (self, nudge_layer_card_make_nudge_by_hand (self));
  if (!is_attended (self))
    self->preview_end = g_timeout_add_seconds (PREVIEW_SECONDS, preview_end_cb, self);
}

/* A moment later: of two controllers that change hands, both have by then. */
static void
left_cb (NudgeLayerCard *self)
{
  if (self->preview && !self->preview_end)
    self->preview_end = g_idle_add_full (G_PRIORITY_DEFAULT, preview_end_cb, self, NULL);
}

static gboolean
key_pressed_cb (NudgeLayerCard *self, guint key)
{
  if (key != GDK_KEY_Escape || !self->preview)
    return GDK_EVENT_PROPAGATE;
  nudge_layer_card_end_preview (self);
  return GDK_EVENT_STOP;
}

/**
 * nudge_layer_card_get_preview:
 *
 * Returns: (transfer none) (nullable): the nudge to be shown, but not applied
 */
NnNudge *
nudge_layer_card_get_preview (NudgeLayerCard *self)
{
  g_return_val_if_fail (NUDGE_IS_LAYER_CARD (self), NULL);

  return self->preview;
}

/* Ends a preview at Escape, and when nobody is at the card any more. */
void
nudge_layer_card_watch_hand (NudgeLayerCard *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->focus = gtk_event_controller_focus_new ();
  self->pointer = gtk_event_controller_motion_new ();
  g_signal_connect_swapped (self->focus, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (self->pointer, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), self->focus);
  gtk_widget_add_controller (GTK_WIDGET (self), self->pointer);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
