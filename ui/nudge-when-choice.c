/* nudge-when-choice.c - when a nudge is due: manually, or again and again
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-when-choice.h"

#include <glib/gi18n.h>

#include "ui/nudge-drop-down.h"

#define USUAL_INTERVAL "50"

/* The drop-down's strings are a NudgeWhen's numbers, "WHEN INTERVAL"; whether before
 * backward is the same for all of them, as the switch says. */
struct _NudgeWhenChoice {
  GObject parent_instance;

  GtkDropDown *drop_down; /* (unowned) these three live as long as the card */
  NudgeLine *line;
  GtkSwitch *before_backward;
  NudgeWhen when;           /* shown, or chosen last */
  gboolean rows_say_before; /* what the rows' words were made for */
  guint64 step;             /* of the run */
  gboolean showing;         /* what changes is not a choice */
};

static guint chosen;

G_DEFINE_FINAL_TYPE (NudgeWhenChoice, nudge_when_choice, G_TYPE_OBJECT)

/* --- Words ------------------------------------------------------------------------- */

static char *
dup_string (const NudgeWhen *when)
{
  return g_strdup_printf ("%d %" G_GUINT64_FORMAT, (int) when->when, when->interval);
}

static NudgeWhen
read_string (const char *text, gboolean before_backward)
{
  NudgeWhen when;
  char *end;

  when.when = (NnWhen) g_ascii_strtoull (text, &end, 10);
  when.interval = g_ascii_strtoull (end, NULL, 10);
  when.before_backward = when.when != NN_WHEN_MANUAL && before_backward;
  return when;
}

static char *
dup_rhythm (const NudgeWhen *when)
{
  g_autofree char *number = when->interval > 0
                                ? g_strdup_printf ("%" G_GUINT64_FORMAT, when->interval)
                                : g_strdup ("…");

  switch (when->when) {
  case NN_WHEN_MANUAL:
    return g_strdup (C_ ("repeat", "off"));
  case NN_WHEN_AT_STEP:
    return g_strdup_printf (when->before_backward ? C_ ("repeat", "once, in step %s")
                                                  : C_ ("repeat", "once, after step %s"),
                            number);
  case NN_WHEN_EVERY_EXAMPLE:
    return g_strdup (C_ ("repeat", "every example"));
  case NN_WHEN_EVERY_EPOCH:
    return g_strdup (C_ ("repeat", "every epoch"));
  case NN_WHEN_EVERY_STEPS:
    return when->interval == 1
               ? g_strdup (C_ ("repeat", "every step"))
               : g_strdup_printf (C_ ("repeat", "every %s steps"), number);
  }
  g_return_val_if_reached (NULL);
}

static char *
dup_row (gpointer data, const char *text)
{
  NudgeWhenChoice *self = data;
  const NudgeWhen when = read_string (text, self->rows_say_before);
  g_autofree char *rhythm = dup_rhythm (&when);

  /* Translators: %s is "every step", … */
  return when.before_backward
             ? g_strdup_printf (C_ ("repeat", "%s, before backward"), rhythm)
             : g_steal_pointer (&rhythm);
}

static char *
dup_button (gpointer data, const char *text)
{
  /* What repeats needs no more words, and there is no width for them. */
  return read_string (text, FALSE).when == NN_WHEN_MANUAL ? g_strdup (_ ("Repeat: off"))
                                                          : dup_row (data, text);
}

static void
fill (NudgeWhenChoice *self)
{
  static const NudgeWhen usual[] = {
    { NN_WHEN_MANUAL, 1, FALSE },       { NN_WHEN_EVERY_STEPS, 1, FALSE },
    { NN_WHEN_EVERY_STEPS, 10, FALSE }, { NN_WHEN_EVERY_STEPS, 100, FALSE },
    { NN_WHEN_EVERY_STEPS, 0, FALSE },  { NN_WHEN_EVERY_EXAMPLE, 1, FALSE },
    { NN_WHEN_EVERY_EPOCH, 1, FALSE },  { NN_WHEN_AT_STEP, 0, FALSE },
  };
  const NudgeDropDownWords words = { dup_button, dup_row, NULL, self };

  nudge_drop_down_set_words (self->drop_down, &words);
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++) {
    g_autofree char *text = dup_string (&usual[i]);

    nudge_drop_down_append (self->drop_down, text);
  }
}

/* Words are made when an item comes into the list, so all of them come anew. */
static void
set_rows (NudgeWhenChoice *self, gboolean before_backward)
{
  GtkStringList *old = GTK_STRING_LIST (gtk_drop_down_get_model (self->drop_down));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (old));
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  if (self->rows_say_before == before_backward)
    return;
  self->rows_say_before = before_backward;
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, gtk_string_list_get_string (old, i));
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (list));
}

/* --- Showing ----------------------------------------------------------------------- */

/**
 * nudge_when_choice_show:
 *
 * Chooses @when, in place of what may have been begun. No signal is emitted.
 */
void
nudge_when_choice_show (NudgeWhenChoice *self, const NudgeWhen *when)
{
  g_autofree char *text = NULL;

  g_return_if_fail (NUDGE_IS_WHEN_CHOICE (self));

  self->when = *when;
  self->showing = TRUE;

  /* While nothing repeats, the switch says what will go for the next choice. */
  if (when->when != NN_WHEN_MANUAL)
    gtk_switch_set_active (self->before_backward, when->before_backward);
  set_rows (self, gtk_switch_get_active (self->before_backward));
  text = dup_string (when);
  nudge_drop_down_select (self->drop_down, text);
  self->showing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->line), FALSE);
}

/**
 * nudge_when_choice_set_name:
 * @layer: what the controls are for, to those who cannot see them
 */
void
nudge_when_choice_set_name (NudgeWhenChoice *self, const char *layer)
{
  g_autofree char *repeat = g_strdup_printf (_ ("Repeat %s"), layer);
  g_autofree char *line = g_strdup_printf (_ ("Number of steps for %s"), layer);
  g_autofree char *before = g_strdup_printf (_ ("Before backward for %s"), layer);

  nudge_drop_down_set_name (self->drop_down, repeat);
  nudge_line_set_name (self->line, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->before_backward),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, before, -1);
}

/**
 * nudge_when_choice_set_step:
 * @step: of the run, after which what is asked for usually comes
 */
void
nudge_when_choice_set_step (NudgeWhenChoice *self, guint64 step)
{
  g_return_if_fail (NUDGE_IS_WHEN_CHOICE (self));

  self->step = step;
}

/* --- Choosing ---------------------------------------------------------------------- */

static NudgeWhen
get_chosen (NudgeWhenChoice *self)
{
  return read_string (nudge_drop_down_get (self->drop_down),
                      gtk_switch_get_active (self->before_backward));
}

static void
choose (NudgeWhenChoice *self, const NudgeWhen *when)
{
  self->when = *when;
  g_signal_emit (self, chosen, 0, when);
}

static void
ask (NudgeWhenChoice *self, const NudgeWhen *when)
{
  g_autofree char *text = when->when == NN_WHEN_AT_STEP
                              ? g_strdup_printf ("%" G_GUINT64_FORMAT, self->step + 1)
                              : g_strdup (USUAL_INTERVAL);

  nudge_line_set_text (self->line, text);
  nudge_line_edit (self->line);
}

static void
selected_cb (NudgeWhenChoice *self)
{
  NudgeWhen when;

  if (self->showing)
    return;
  when = get_chosen (self);
  gtk_widget_set_visible (GTK_WIDGET (self->line), when.interval == 0);
  if (when.interval == 0)
    ask (self, &when);
  else
    choose (self, &when);
}

static void
accepted_cb (NudgeWhenChoice *self)
{
  NudgeWhen when = get_chosen (self);

  when.interval = g_ascii_strtoull (nudge_line_get_text (self->line), NULL, 10);
  gtk_widget_grab_focus (GTK_WIDGET (self->drop_down));
  nudge_when_choice_show (self, &when);
  choose (self, &when);
}

static void
given_up_cb (NudgeWhenChoice *self)
{
  const NudgeWhen when = self->when;

  nudge_when_choice_show (self, &when);
}

static void
switched_cb (NudgeWhenChoice *self)
{
  NudgeWhen when = self->when;

  if (self->showing)
    return;
  if (when.when != NN_WHEN_MANUAL) {
    when.before_backward = gtk_switch_get_active (self->before_backward);
    choose (self, &when);
  }
  nudge_when_choice_show (self, &when);
}

static char *
check (const char *text, gpointer data)
{
  guint64 count;

  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT64, &count, NULL))
    return NULL;
  return g_strdup (_ ("expected a whole number from 1"));
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_when_choice_class_init (NudgeWhenChoiceClass *klass)
{
  chosen = g_signal_new ("chosen", NUDGE_TYPE_WHEN_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
nudge_when_choice_init (NudgeWhenChoice *self)
{
  self->when = (NudgeWhen){ NN_WHEN_MANUAL, 1, FALSE };
}

/**
 * nudge_when_choice_new:
 *
 * Of the widgets, which live as long as the result or longer.
 */
NudgeWhenChoice *
nudge_when_choice_new (GtkDropDown *drop_down,
                       NudgeLine *line,
                       GtkSwitch *before_backward)
{
  NudgeWhenChoice *self = g_object_new (NUDGE_TYPE_WHEN_CHOICE, NULL);

  self->drop_down = drop_down;
  self->line = line;
  self->before_backward = before_backward;
  nudge_line_set_check (line, check, NULL);
  fill (self);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "accepted", G_CALLBACK (accepted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "abandoned", G_CALLBACK (given_up_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "left", G_CALLBACK (given_up_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (before_backward, "notify::active", G_CALLBACK (switched_cb),
                           self, G_CONNECT_SWAPPED);
  return self;
}
