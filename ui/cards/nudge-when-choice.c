/* nudge-when-choice.c - when a nudge is applied: manually, or again and again
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-when-choice.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/base/nudge-drop-down.h"
#include "ui/text/nudge-when-words.h"

/* The drop-down's strings are times as a nudge's text has them; what is typed takes the
 * place of ASKED. Whether before backward is the same for all, as the switch says. */
#define ASKED        "?"
#define EVERY_STEPS  "every ? steps"
#define EVERY_EPOCHS "every ? epochs"
#define AT_STEP      "step ?"

/* A card has width for the word Repeat and these: "every 10 steps". */
#define SHORT_CHARS 14

struct _NudgeWhenChoice {
  GObject parent_instance;

  GtkDropDown *drop_down; /* (unowned) these three live as long as the card */
  NudgeLine *line;
  GtkSwitch *before_backward;
  char *layer;              /* (owned) (nullable) what the controls are for */
  NnTime time;              /* shown, or chosen last */
  gboolean rows_say_before; /* what the rows' words were made for */
  guint64 step;             /* of the run */
  gboolean showing;         /* what changes is not a choice */
};

static guint chosen;

G_DEFINE_FINAL_TYPE (NudgeWhenChoice, nudge_when_choice, G_TYPE_OBJECT)

/* --- Words ------------------------------------------------------------------------- */

static char *
dup_string (const NnTime *time)
{
  NnTime plain = *time;

  plain.before_backward = FALSE;
  return nn_time_dup_text (&plain);
}

/* Whether the time can be before a backward pass. */
static gboolean
has_step (const NnTime *time)
{
  return time->when != NN_WHEN_MANUAL &&
         (time->when != NN_WHEN_AT_STEP || time->interval > 0);
}

/* Returns: whether @text is a time, not a part of one */
static gboolean
read_string (const char *text, gboolean before_backward, NnTime *time)
{
  if (!nn_time_parse (time, text, NULL))
    return FALSE;
  time->before_backward = before_backward && has_step (time);
  return TRUE;
}

static const char *
name_asked (const char *text)
{
  if (g_str_equal (text, EVERY_STEPS))
    return C_ ("repeat", "every … steps");
  if (g_str_equal (text, EVERY_EPOCHS))
    return C_ ("repeat", "every … epochs");
  if (g_str_equal (text, AT_STEP))
    return C_ ("repeat", "once, after step …");
  return C_ ("repeat", "at other times…");
}

static char *
dup_row (gpointer data, const char *text)
{
  NudgeWhenChoice *self = data;
  NnTime time;

  return read_string (text, self->rows_say_before, &time) ? nudge_words_for_choice (&time)
                                                          : g_strdup (name_asked (text));
}

/* What repeats says so by its words as well, where the word has no width. */
static char *
dup_button (gpointer data, const char *text)
{
  g_autofree char *words = dup_row (data, text);
  NnTime time;

  if (!read_string (text, FALSE, &time))
    return g_steal_pointer (&words);
  if (time.when == NN_WHEN_MANUAL)
    return g_strdup (_ ("Repeat: off"));
  if (time.when == NN_WHEN_AT_STEP || time.when == NN_WHEN_AT_EPOCH ||
      g_utf8_strlen (words, -1) > SHORT_CHARS)
    return g_steal_pointer (&words);
  /* Translators: "every 10 steps" */
  return g_strdup_printf (_ ("Repeat: %s"), words);
}

static void
fill (NudgeWhenChoice *self)
{
  static const char *const usual[] = {
    "by hand",       "every step",  "every 10 steps", "every 100 steps", EVERY_STEPS,
    "every example", "every epoch", EVERY_EPOCHS,     AT_STEP,           ASKED,
  };
  const NudgeDropDownWords words = { dup_button, dup_row, NULL, self };

  nudge_drop_down_set_words (self->drop_down, &words);
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    nudge_drop_down_append (self->drop_down, usual[i]);
}

/* Words are made when an item is added to the list, so all items are added again. */
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
 * Chooses @time, in place of what may have been begun. No signal is emitted.
 */
void
nudge_when_choice_show (NudgeWhenChoice *self, const NnTime *time)
{
  g_autofree char *text = NULL;

  g_return_if_fail (NUDGE_IS_WHEN_CHOICE (self));

  self->time = *time;
  self->showing = TRUE;

  /* While nothing repeats, the switch says what will go for the next choice. */
  if (time->when != NN_WHEN_MANUAL)
    gtk_switch_set_active (self->before_backward, time->before_backward);
  set_rows (self, gtk_switch_get_active (self->before_backward));
  text = dup_string (time);
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
  g_autofree char *before = g_strdup_printf (_ ("Before backward for %s"), layer);

  nudge_drop_down_set_name (self->drop_down, repeat);
  gtk_widget_set_name (GTK_WIDGET (self->drop_down), "repeat");
  g_free (self->layer);
  self->layer = g_strdup (layer);
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

static void
choose (NudgeWhenChoice *self, const NnTime *time)
{
  self->time = *time;
  g_signal_emit (self, chosen, 0, time);
}

/* What is usual where @asked has its ?. */
static char *
dup_usual (NudgeWhenChoice *self, const char *asked)
{
  if (g_str_equal (asked, EVERY_STEPS))
    return g_strdup ("50");
  if (g_str_equal (asked, EVERY_EPOCHS))
    return g_strdup ("5");
  if (g_str_equal (asked, AT_STEP))
    return g_strdup_printf ("%" G_GUINT64_FORMAT, self->step + 1);
  if (self->time.when != NN_WHEN_MANUAL)
    return dup_string (&self->time);
  return g_strdup_printf ("every step from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT,
                          self->step + 1, self->step + 100);
}

/* What to type, for a screen reader. */
static char *
dup_line_name (NudgeWhenChoice *self, const char *asked)
{
  if (g_str_equal (asked, EVERY_EPOCHS))
    return g_strdup_printf (_ ("Number of epochs for %s"), self->layer);
  if (g_str_equal (asked, ASKED))
    return g_strdup_printf (_ ("Times for %s"), self->layer);
  return g_strdup_printf (_ ("Number of steps for %s"), self->layer);
}

static void
ask (NudgeWhenChoice *self, const char *asked)
{
  g_autofree char *text = dup_usual (self, asked);
  g_autofree char *name = dup_line_name (self, asked);

  nudge_line_set_name (self->line, name);
  nudge_line_set_text (self->line, text);
  nudge_line_edit (self->line);
}

static void
selected_cb (NudgeWhenChoice *self)
{
  const char *text;
  gboolean whole;
  NnTime time;

  if (self->showing)
    return;
  text = nudge_drop_down_get (self->drop_down);
  whole = read_string (text, gtk_switch_get_active (self->before_backward), &time);
  gtk_widget_set_visible (GTK_WIDGET (self->line), !whole);
  if (whole)
    choose (self, &time);
  else
    ask (self, text);
}

/* @text: typed in the place of what is asked */
static gboolean
read_typed (NudgeWhenChoice *self, const char *text, NnTime *time, GError **error)
{
  const char *asked = nudge_drop_down_get (self->drop_down);
  const char *place = strstr (asked, ASKED);
  g_autofree char *all = NULL;

  if (place == NULL)
    return nn_time_parse (time, asked, error);
  all = g_strdup_printf ("%.*s%s%s", (int) (place - asked), asked, text,
                         place + strlen (ASKED));
  return nn_time_parse (time, all, error);
}

static char *
check (const char *text, gpointer data)
{
  NudgeWhenChoice *self = data;
  const char *asked = nudge_drop_down_get (self->drop_down);
  g_autoptr (GError) error = NULL;
  NnTime time;

  if (read_typed (self, text, &time, &error))
    return NULL;
  if (g_str_equal (asked, AT_STEP))
    return g_strdup (_ ("expected a step, or several: 10, 20"));
  if (g_str_equal (asked, ASKED))
    return g_strdup (error->message);
  return g_strdup (_ ("expected a whole number from 1"));
}

static void
accepted_cb (NudgeWhenChoice *self)
{
  NnTime time;

  if (!read_typed (self, nudge_line_get_text (self->line), &time, NULL))
    return;
  if (!time.before_backward)
    time.before_backward =
        has_step (&time) && gtk_switch_get_active (self->before_backward);
  gtk_widget_grab_focus (GTK_WIDGET (self->drop_down));
  nudge_when_choice_show (self, &time);
  choose (self, &time);
}

static void
given_up_cb (NudgeWhenChoice *self)
{
  const NnTime time = self->time;

  nudge_when_choice_show (self, &time);
}

static void
switched_cb (NudgeWhenChoice *self)
{
  NnTime time = self->time;

  if (self->showing)
    return;
  if (has_step (&time)) {
    time.before_backward = gtk_switch_get_active (self->before_backward);
    choose (self, &time);
  }
  nudge_when_choice_show (self, &time);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_when_choice_finalize (GObject *object)
{
  NudgeWhenChoice *self = NUDGE_WHEN_CHOICE (object);

  g_free (self->layer);
  G_OBJECT_CLASS (nudge_when_choice_parent_class)->finalize (object);
}

static void
nudge_when_choice_class_init (NudgeWhenChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_when_choice_finalize;
  chosen = g_signal_new ("chosen", NUDGE_TYPE_WHEN_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
nudge_when_choice_init (NudgeWhenChoice *self)
{
  self->time = (NnTime){ .when = NN_WHEN_MANUAL, .interval = 1 };
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
  nudge_line_set_check (line, check, self);
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
