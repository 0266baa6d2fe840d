/* nudge-layer-card-choices.c - the choosers of a layer card, and what they ask for
 *
 * SPDX-License-Identifier: MIT
 *
 * A choice that ends in "…" opens a line to type in. Until that is accepted the nudge
 * stays what it was; Escape takes the choice back.
 */

#include <glib/gi18n.h>

#include "nn/nudge/nn-area.h"
#include "ui/nudge-drop-down.h"
#include "ui/nudge-layer-card-private.h"

#define USUAL_INTERVAL "50"

/* --- Function ---------------------------------------------------------------------- */

static char *
check_expression (const char *text, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExpression) expression = nn_expression_new (text, &error);

  return expression ? NULL : g_strdup (error->message);
}

static void
function_selected_cb (NudgeLayerCard *self)
{
  const NnFunction *function;

  if (self->showing)
    return;
  function = nudge_function_chooser_get (self->function);
  if (function) {
    g_clear_pointer (&self->back, g_free);
    nudge_layer_card_put_function (self, function->expression, function->usual);
    return;
  }
  g_free (self->back);
  self->back = g_strdup (self->expression);
  self->back_amount = nudge_amount_get_value (self->amount);
  if (!self->own)
    self->own = g_strdup (self->expression);
  nudge_layer_card_put_function (self, self->own, self->back_amount);
  nudge_line_edit (self->own_line);
}

static void
own_accepted_cb (NudgeLayerCard *self)
{
  g_clear_pointer (&self->back, g_free);
  g_free (self->own);
  self->own = g_strdup (nudge_line_get_text (self->own_line));
  nudge_layer_card_put_function (self, self->own, nudge_amount_get_value (self->amount));
}

static void
own_abandoned_cb (NudgeLayerCard *self)
{
  g_autofree char *back = g_steal_pointer (&self->back);

  if (!back)
    return;
  self->showing = TRUE;
  nudge_function_chooser_select (self->function, back);
  self->showing = FALSE;
  nudge_layer_card_put_function (self, back, self->back_amount);
  gtk_widget_grab_focus (GTK_WIDGET (self->function));
}

/* --- A name for it ----------------------------------------------------------------- */

static void
save_cb (NudgeLayerCard *self)
{
  const char *name = gtk_editable_get_text (self->save_entry);
  g_autofree char *wrong = NULL;

  if (!nudge_line_commit (self->own_line))
    wrong = g_strdup (_ ("The expression is not right yet"));
  else
    wrong = nudge_layer_card_save_function (self, name);
  gtk_label_set_text (self->save_message, wrong ? wrong : "");
  gtk_widget_set_visible (GTK_WIDGET (self->save_message), wrong != NULL);
  if (!wrong)
    gtk_popover_popdown (GTK_POPOVER (self->save_popover));
}

static void
save_shown_cb (NudgeLayerCard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->save_message), FALSE);
  gtk_editable_set_text (self->save_entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->save_entry));
}

/* --- Target ------------------------------------------------------------------------ */

/* Returns: (transfer full) (nullable): what is wrong with @text as a target of the card */
static char *
check_target (const char *text, gpointer data)
{
  NudgeLayerCard *self = data;
  g_autoptr (GError) error = NULL;
  const char *at = text;
  g_autofree char *wrong = NULL;
  NnTarget target;
  NnAreaIter iter;

  if (!nn_target_parse (&target, text, &at, &error))
    wrong = g_strdup (error->message);
  else if (*at != '\0')
    wrong = g_strdup_printf (_ ("expected the end at “%s”"), at);
  else if (!g_str_equal (target.layer, self->layer))
    wrong = g_strdup_printf (_ ("%s has a card of its own"), target.layer);
  else if (self->network && !nn_area_iter_init (&iter, &target, self->network, &error))
    wrong = g_strdup (error->message);
  nn_target_clear (&target);
  return g_steal_pointer (&wrong);
}

static void
target_selected_cb (NudgeLayerCard *self)
{
  const char *question;
  g_autofree char *example = NULL;

  if (self->showing)
    return;
  question = nudge_target_chooser_get_question (self->target);
  gtk_widget_set_visible (GTK_WIDGET (self->target_line), question != NULL);
  if (!question) {
    nudge_layer_card_put_part (self, nudge_target_chooser_get (self->target));
    return;
  }
  example = g_strconcat (self->layer, question, NULL);
  nudge_line_set_text (self->target_line, example);
  nudge_line_edit (self->target_line);
}

static void
target_accepted_cb (NudgeLayerCard *self)
{
  const char *part = nudge_line_get_text (self->target_line) + strlen (self->layer);

  nudge_layer_card_put_part (self, part);
  gtk_widget_grab_focus (GTK_WIDGET (self->target));
  nudge_layer_card_show_choices (self);
}

/* --- When -------------------------------------------------------------------------- */

static char *
check_count (const char *text, gpointer data)
{
  guint64 count;

  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT64, &count, NULL))
    return NULL;
  return g_strdup (_ ("expected a whole number from 1"));
}

static void
repeat_selected_cb (NudgeLayerCard *self)
{
  NudgeRepeat when;
  g_autofree char *text = NULL;

  if (self->showing)
    return;
  when = nudge_repeat_chooser_get (self->repeat);
  when.before_backward = when.when != NN_WHEN_MANUAL &&
                         gtk_switch_get_active (GTK_SWITCH (self->before_backward));
  gtk_widget_set_visible (GTK_WIDGET (self->count_line), when.interval == 0);
  if (when.interval > 0) {
    nudge_layer_card_put_when (self, &when);
    return;
  }
  text = when.when == NN_WHEN_AT_STEP
             ? g_strdup_printf ("%" G_GUINT64_FORMAT, self->step + 1)
             : g_strdup (USUAL_INTERVAL);
  nudge_line_set_text (self->count_line, text);
  nudge_line_edit (self->count_line);
}

static void
count_accepted_cb (NudgeLayerCard *self)
{
  NudgeRepeat when = nudge_repeat_chooser_get (self->repeat);

  when.interval = g_ascii_strtoull (nudge_line_get_text (self->count_line), NULL, 10);
  when.before_backward = gtk_switch_get_active (GTK_SWITCH (self->before_backward));
  nudge_layer_card_put_when (self, &when);
  gtk_widget_grab_focus (GTK_WIDGET (self->repeat));
  nudge_layer_card_show_choices (self);
}

static void
before_backward_cb (NudgeLayerCard *self)
{
  NudgeRepeat when = self->when;

  if (self->showing)
    return;
  when.before_backward = gtk_switch_get_active (GTK_SWITCH (self->before_backward));
  if (when.when != NN_WHEN_MANUAL)
    nudge_layer_card_put_when (self, &when);
  nudge_layer_card_show_choices (self);
}

/* --- All of them ------------------------------------------------------------------- */

/**
 * nudge_layer_card_show_choices:
 *
 * Shows what the nudge is, in place of what may have been begun. No signal follows.
 */
void
nudge_layer_card_show_choices (NudgeLayerCard *self)
{
  GtkSwitch *before_backward = GTK_SWITCH (self->before_backward);
  NudgeRepeat when = self->when;

  self->showing = TRUE;
  nudge_target_chooser_select (self->target, self->part);

  /* While nothing repeats, the switch says what will go for the next choice. */
  if (when.when == NN_WHEN_MANUAL)
    when.before_backward = gtk_switch_get_active (before_backward);
  else
    gtk_switch_set_active (before_backward, when.before_backward);
  nudge_repeat_chooser_select (self->repeat, &when);
  gtk_widget_set_visible (GTK_WIDGET (self->target_line), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->count_line), FALSE);
  self->showing = FALSE;
}

void
nudge_layer_card_set_up_choices (NudgeLayerCard *self)
{
  self->showing = TRUE;
  nudge_function_chooser_set_up (self->function);
  nudge_target_chooser_set_up (self->target, !g_str_equal (self->layer, "*"));
  nudge_repeat_chooser_set_up (self->repeat);
  nudge_memory_chooser_set_up (self->memory);
  nudge_line_set_check (self->own_line, check_expression, NULL);
  nudge_line_set_check (self->target_line, check_target, self);
  nudge_line_set_check (self->count_line, check_count, NULL);
  self->showing = FALSE;
}

void
nudge_layer_card_bind_choices (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, function_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_abandoned_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, target_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, target_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, repeat_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, count_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, before_backward_cb);
  gtk_widget_class_bind_template_callback (widget_class, nudge_layer_card_show_choices);
}
