/* nudge-layer-card-hand.c - what follows from what a person does on a layer card
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-layer-card-private.h"

static void
emit_standing_changed (NudgeLayerCard *self)
{
  if (nudge_layer_card_repeats (self))
    g_signal_emit (self, nudge_layer_card_signals[NUDGE_LAYER_CARD_STANDING_CHANGED], 0);
}

/**
 * nudge_layer_card_put_function:
 * @expression: of the function that the chooser has, or a person's own
 */
void
nudge_layer_card_put_function (NudgeLayerCard *self, const char *expression, float amount)
{
  g_autofree char *fresh = g_strdup (expression); /* it may be what we let go */
  gboolean same = g_strcmp0 (self->expression, fresh) == 0 &&
                  nudge_amount_get_value (self->amount) == amount;

  g_free (self->expression);
  self->expression = g_steal_pointer (&fresh);
  nudge_layer_card_show_function (self, amount);
  if (!same)
    emit_standing_changed (self);
}

void
nudge_layer_card_put_part (NudgeLayerCard *self, const char *part)
{
  g_autofree char *fresh = g_strdup (part);

  if (g_strcmp0 (self->part, fresh) == 0)
    return;
  g_free (self->part);
  self->part = g_steal_pointer (&fresh);
  self->landed = NAN;
  nudge_layer_card_end_preview (self);
  nudge_layer_card_show_amounts (self);
  nudge_layer_card_change_question (self);
  emit_standing_changed (self);
}

void
nudge_layer_card_put_when (NudgeLayerCard *self, const NudgeRepeat *when)
{
  self->when = *when;
  nudge_amount_set_in_force (self->amount, NAN);
  nudge_layer_card_show_standing (self);
  nudge_layer_card_show_amounts (self);
  g_signal_emit (self, nudge_layer_card_signals[NUDGE_LAYER_CARD_STANDING_CHANGED], 0);
}

/* Returns: (transfer full) (nullable): what is wrong */
char *
nudge_layer_card_save_function (NudgeLayerCard *self, const char *name)
{
  char *wrong = NULL;

  g_signal_emit (self, nudge_layer_card_signals[NUDGE_LAYER_CARD_SAVE_FUNCTION], 0, name,
                 self->expression, &wrong);
  return wrong;
}

static void
amount_moved_cb (NudgeLayerCard *self)
{
  nudge_layer_card_show_amounts (self);
  nudge_layer_card_show_preview (self);
}

static void
amount_changed_cb (NudgeLayerCard *self)
{
  amount_moved_cb (self);
  emit_standing_changed (self);
}

static void
apply (NudgeLayerCard *self)
{
  nudge_layer_card_end_preview (self);
  self->landed = nudge_amount_get_value (self->amount);
  nudge_layer_card_show_amounts (self);
  g_signal_emit (self, nudge_layer_card_signals[NUDGE_LAYER_CARD_APPLY], 0);
}

/* One thing is done by a drag, and undone as one: a nudge that repeats has another amount
 * from here on, and lands when it is due. */
static void
amount_landed_cb (NudgeLayerCard *self)
{
  if (!nudge_layer_card_repeats (self)) {
    apply (self);
    return;
  }
  nudge_layer_card_end_preview (self);
  nudge_layer_card_show_amounts (self);
  emit_standing_changed (self);
}

static void
amount_let_go_cb (NudgeLayerCard *self)
{
  nudge_layer_card_show_amounts (self);
  nudge_layer_card_end_preview (self);
}

/* Nothing lands that the card does not show: what is typed counts, unless it is wrong. */
static void
apply_clicked_cb (NudgeLayerCard *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->target_line)) &&
      !nudge_line_commit (self->target_line))
    return;
  if (gtk_widget_get_visible (self->own_box) && !nudge_line_commit (self->own_line))
    return;
  if (!self->uses_amount || nudge_amount_commit (self->amount))
    apply (self);
}

static void
on_release_cb (NudgeLayerCard *self)
{
  nudge_amount_set_lands (self->amount,
                          gtk_switch_get_active (GTK_SWITCH (self->on_release)));
}

static void
memory_selected_cb (NudgeLayerCard *self)
{
  if (!self->showing)
    emit_standing_changed (self);
}

void
nudge_layer_card_bind_hand (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, amount_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, amount_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, amount_landed_cb);
  gtk_widget_class_bind_template_callback (widget_class, amount_let_go_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_release_cb);
  gtk_widget_class_bind_template_callback (widget_class, memory_selected_cb);
}
