/* nudge-layer-card-nudge.c - the nudge that a layer card shows
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <math.h>

#include "ui/nudge-layer-card-private.h"

gboolean
nudge_layer_card_repeats (NudgeLayerCard *self)
{
  return self->when.when != NN_WHEN_MANUAL;
}

/* --- The nudge, from its pieces ---------------------------------------------------- */

/* The nudge that the card is about, at @when. */
static NnNudge *
make_nudge (NudgeLayerCard *self, const NudgeRepeat *when)
{
  g_autofree char *target = g_strconcat (self->layer, self->part, NULL);
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_make (
      &(NnNudgeSpec){
          .target = target,
          .expression = self->expression,
          .amount = self->uses_amount ? nudge_amount_get_value (self->amount) : 0,
          .when = when->when,
          .interval = when->interval,
          .before_backward = when->before_backward,
          .memory = (NnMemory) gtk_drop_down_get_selected (self->memory),
      },
      &error);

  /* Every part of it was a nudge's before, is the catalogue's, or has been checked. */
  if (!nudge)
    g_error ("%s: %s: %s", target, self->expression, error->message);
  return nudge;
}

NnNudge *
nudge_layer_card_make_nudge_by_hand (NudgeLayerCard *self)
{
  return make_nudge (self, &(NudgeRepeat){ NN_WHEN_MANUAL, 1, FALSE });
}

/**
 * nudge_layer_card_dup_nudge:
 *
 * Returns: (transfer full): the nudge that the card shows, by hand while it does not repeat
 */
NnNudge *
nudge_layer_card_dup_nudge (NudgeLayerCard *self)
{
  g_return_val_if_fail (NUDGE_IS_LAYER_CARD (self), NULL);

  return make_nudge (self, &self->when);
}

/* For a function that has no range: around zero, with room for @amount. */
static NnFunction
make_function (const char *expression, float amount)
{
  float reach = MIN (2 * MAX (ABS (amount), 0.5f), G_MAXFLOAT);

  return (NnFunction){
    .expression = expression, .least = -reach, .most = reach, .usual = amount
  };
}

NnFunction
nudge_layer_card_get_range (NudgeLayerCard *self)
{
  const NnFunction *function = nudge_function_chooser_get (self->function);

  if (!function)
    function = nn_catalogue_find_expression (self->expression);
  return function && function->least < function->most
             ? *function
             : make_function (self->expression, nudge_amount_get_value (self->amount));
}

void
nudge_layer_card_show_amounts (NudgeLayerCard *self)
{
  double committed = nudge_layer_card_repeats (self)
                         ? (double) nudge_amount_get_in_force (self->amount)
                         : (double) self->landed;

  nudge_sweep_view_set_amounts (
      self->sweep, self->uses_amount ? (double) nudge_amount_get_value (self->amount) : 0,
      committed);
}

/* --- Another one ------------------------------------------------------------------- */

void
nudge_layer_card_show_function (NudgeLayerCard *self, float amount)
{
  const NnFunction *function = nudge_function_chooser_get (self->function);
  g_autoptr (NnExpression) expression = nn_expression_new (self->expression, NULL);
  NnFunction range;

  self->uses_amount = nn_expression_uses_amount (expression);
  gtk_widget_set_visible (self->own_box, function == NULL);
  if (!function)
    nudge_line_set_text (self->own_line, self->expression);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->function),
                               function ? _ (function->sentence) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->amount), self->uses_amount);
  nudge_sweep_view_set_slider (
      self->sweep, self->uses_amount ? nudge_amount_get_slider (self->amount) : NULL);
  nudge_amount_set_value (self->amount, amount);
  range = nudge_layer_card_get_range (self);
  nudge_amount_set_range (self->amount, &range);
  self->landed = NAN;
  nudge_layer_card_end_preview (self);
  nudge_layer_card_show_amounts (self);
  nudge_layer_card_change_question (self);
}

/**
 * nudge_layer_card_set_nudge:
 * @nudge: for this card's layer
 *
 * Shows the function, the amount and the repetition of @nudge; only the question may be
 * another one.
 */
void
nudge_layer_card_set_nudge (NudgeLayerCard *self, NnNudge *nudge)
{
  g_autofree char *target = NULL;

  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));
  g_return_if_fail (nudge != NULL);
  g_return_if_fail (g_str_equal (nudge->target.layer, self->layer));

  target = nn_target_dup_text (&nudge->target);
  g_free (self->part);
  self->part = g_strdup (target + strlen (self->layer));
  g_free (self->expression);
  self->expression = g_strdup (nn_expression_get_text (nudge->expression));
  self->when = (NudgeRepeat){ nudge->when, nudge->interval, nudge->before_backward };
  g_clear_pointer (&self->back, g_free);
  self->showing = TRUE;
  gtk_drop_down_set_selected (self->memory, nudge->memory);
  nudge_function_chooser_select (self->function, self->expression);
  self->showing = FALSE;
  if (!nudge_function_chooser_get (self->function)) {
    g_free (self->own);
    self->own = g_strdup (self->expression);
  }
  nudge_layer_card_show_choices (self);
  nudge_layer_card_show_function (self, nudge->amount);
  nudge_layer_card_show_standing (self);
}

/* Whether the card shows @nudge, its amount aside. What costs least is compared first. */
static gboolean
shows (NudgeLayerCard *self, NnNudge *nudge)
{
  g_autofree char *target = NULL;

  if (nudge->when != self->when.when || nudge->interval != self->when.interval ||
      nudge->before_backward != self->when.before_backward ||
      nudge->memory != (NnMemory) gtk_drop_down_get_selected (self->memory) ||
      !g_str_equal (nudge->target.layer, self->layer) ||
      !g_str_equal (nn_expression_get_text (nudge->expression), self->expression))
    return FALSE;
  target = nn_target_dup_text (&nudge->target);
  return g_str_equal (target + strlen (self->layer), self->part);
}

/**
 * nudge_layer_card_set_standing_nudge:
 * @nudge: (nullable): what of this card is at work, once all that the card said has
 *   arrived; %NULL: nothing
 */
void
nudge_layer_card_set_standing_nudge (NudgeLayerCard *self, NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  if (nudge && !shows (self, nudge))
    nudge_layer_card_set_nudge (self, nudge);
  if (!nudge && nudge_layer_card_repeats (self)) {
    self->when = (NudgeRepeat){ NN_WHEN_MANUAL, 1, FALSE };
    nudge_layer_card_show_choices (self);
    nudge_layer_card_show_standing (self);
  }
  nudge_amount_set_in_force (self->amount, nudge ? nudge->amount : NAN);
  nudge_layer_card_show_amounts (self);
}

/**
 * nudge_layer_card_follow_landings:
 *
 * Marks the amount of the newest nudge by hand in @frame that is this card's but for its
 * amount, which undo and redo may have changed; none may be left.
 */
void
nudge_layer_card_follow_landings (NudgeLayerCard *self, const NnFrame *frame)
{
  float landed = NAN;

  g_return_if_fail (NUDGE_IS_LAYER_CARD (self));

  for (gsize i = frame->n_landings; i > 0 && isnan (landed); i--) {
    const NnLanding *landing = &frame->landings[i - 1];

    if (!landing->standing && !landing->refusal && shows (self, landing->nudge))
      landed = landing->nudge->amount;
  }
  if (landed == self->landed || (isnan (landed) && isnan (self->landed)))
    return;
  self->landed = landed;
  nudge_layer_card_show_amounts (self);
}

/**
 * nudge_layer_card_set_target:
 * @target: of this card's layer, "fc1.weight[2]"
 *
 * Aims there, as if a person had chosen it; but a nudge that repeats keeps its target,
 * which is changed on the card alone.
 */
gboolean
nudge_layer_card_set_target (NudgeLayerCard *self, const char *text, GError **error)
{
  NnTarget target;
  const char *at = text;
  g_autofree char *plain = NULL;
  const char *part;

  g_return_val_if_fail (NUDGE_IS_LAYER_CARD (self), FALSE);
  if (!nn_target_parse (&target, text, &at, error)) {
    nn_target_clear (&target);
    return FALSE;
  }
  plain = nn_target_dup_text (&target);
  g_return_val_if_fail (g_str_equal (target.layer, self->layer), FALSE);
  nn_target_clear (&target);
  part = plain + strlen (self->layer);
  if (nudge_layer_card_repeats (self) && !g_str_equal (part, self->part)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 _ ("%s keeps its target while it repeats; the card can change it"),
                 self->layer);
    return FALSE;
  }
  nudge_layer_card_put_part (self, part);
  nudge_layer_card_show_choices (self);
  return TRUE;
}
