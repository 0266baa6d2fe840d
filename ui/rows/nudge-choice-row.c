/* nudge-choice-row.c - a row of a panel: one of a list of kinds
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/rows/nudge-choice-row.h"

#include "ui/base/nudge-drop-down.h"
#include "ui/rows/nudge-message.h"

struct _NudgeChoiceRow {
  GtkWidget parent_instance;

  GtkWidget *column; /* the only child */
  GtkWidget *row;
  GtkWidget *title;
  GtkDropDown *drop_down;
  GtkWidget *message;

  NudgeChoiceWords label; /* (nullable): the name itself */
  NudgeChoiceWords note;  /* (nullable) */
  char *chosen;           /* (owned) (nullable) what is in force */
  gboolean showing;       /* the list is being set, not by the user */
};

static guint chosen;

G_DEFINE_FINAL_TYPE (NudgeChoiceRow, nudge_choice_row, GTK_TYPE_WIDGET)

/* --- Words ------------------------------------------------------------------------- */

static char *
dup_label (gpointer data, const char *name)
{
  NudgeChoiceRow *self = data;
  g_autofree char *label = self->label ? self->label (name) : g_strdup (name);

  return g_markup_escape_text (label, -1);
}

static char *
dup_note (gpointer data, const char *name)
{
  NudgeChoiceRow *self = data;
  g_autofree char *note = self->note ? self->note (name) : NULL;

  return note ? g_markup_escape_text (note, -1) : NULL;
}

/* --- What is chosen ---------------------------------------------------------------- */

static void
select_chosen (NudgeChoiceRow *self)
{
  self->showing = TRUE;
  if (self->chosen)
    nudge_drop_down_select (self->drop_down, self->chosen);
  self->showing = FALSE;
}

static void
selected_cb (NudgeChoiceRow *self)
{
  g_autofree char *name = NULL;

  if (self->showing || !gtk_drop_down_get_selected_item (self->drop_down))
    return;
  name = g_strdup (nudge_drop_down_get (self->drop_down));
  if (g_strcmp0 (name, self->chosen) == 0)
    return; /* as it was, after a refusal: that is still said */
  nudge_message_show (self->message, GTK_WIDGET (self->drop_down), NULL);
  g_signal_emit (self, chosen, 0, name);
}

/**
 * nudge_choice_row_refuse:
 *
 * What was in force stays, and @message below says why.
 */
void
nudge_choice_row_refuse (NudgeChoiceRow *self, const char *message)
{
  g_return_if_fail (NUDGE_IS_CHOICE_ROW (self));

  select_chosen (self);
  nudge_message_show (self->message, GTK_WIDGET (self->drop_down), message);
}

/**
 * nudge_choice_row_set_chosen:
 *
 * Shows that @name is in force, without a signal.
 */
void
nudge_choice_row_set_chosen (NudgeChoiceRow *self, const char *name)
{
  g_return_if_fail (NUDGE_IS_CHOICE_ROW (self));

  if (g_strcmp0 (self->chosen, name) != 0) {
    g_free (self->chosen);
    self->chosen = g_strdup (name);
    nudge_message_show (self->message, GTK_WIDGET (self->drop_down), NULL);
  }
  select_chosen (self);
}

/* Returns: (transfer none) (nullable) */
const char *
nudge_choice_row_get_chosen (NudgeChoiceRow *self)
{
  g_return_val_if_fail (NUDGE_IS_CHOICE_ROW (self), NULL);

  return self->chosen;
}

static gboolean
has_names (GtkStringList *list, const char *const *names)
{
  guint i = 0;

  while (names[i] && g_strcmp0 (gtk_string_list_get_string (list, i), names[i]) == 0)
    i++;
  return names[i] == NULL && i == g_list_model_get_n_items (G_LIST_MODEL (list));
}

/**
 * nudge_choice_row_set_names:
 * @names: (array zero-terminated=1): what there is to choose from; nothing is done where
 *   that is as before, as rows of the list cost time and memory
 */
void
nudge_choice_row_set_names (NudgeChoiceRow *self, const char *const *names)
{
  GtkStringList *list;
  guint n;

  g_return_if_fail (NUDGE_IS_CHOICE_ROW (self));

  list = GTK_STRING_LIST (gtk_drop_down_get_model (self->drop_down));
  if (has_names (list, names))
    return;
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  self->showing = TRUE;
  gtk_string_list_splice (list, 0, n, names);
  self->showing = FALSE;
  select_chosen (self);
}

/**
 * nudge_choice_row_set_words:
 * @label: (nullable): what stands for a name
 * @note: (nullable): what is said of it in the open list
 */
void
nudge_choice_row_set_words (NudgeChoiceRow *self,
                            NudgeChoiceWords label,
                            NudgeChoiceWords note)
{
  g_return_if_fail (NUDGE_IS_CHOICE_ROW (self));

  self->label = label;
  self->note = note;
}

/**
 * nudge_choice_row_set_name:
 * @name: what it is called to those who cannot see it
 */
void
nudge_choice_row_set_name (NudgeChoiceRow *self, const char *name)
{
  g_return_if_fail (NUDGE_IS_CHOICE_ROW (self));

  nudge_drop_down_set_name (self->drop_down, name);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_choice_row_dispose (GObject *object)
{
  NudgeChoiceRow *self = NUDGE_CHOICE_ROW (object);

  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_pointer (&self->chosen, g_free);
  G_OBJECT_CLASS (nudge_choice_row_parent_class)->dispose (object);
}

static void
nudge_choice_row_class_init (NudgeChoiceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_choice_row_dispose;
  chosen = g_signal_new ("chosen", NUDGE_TYPE_CHOICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "choice-row");
}

static void
nudge_choice_row_init (NudgeChoiceRow *self)
{
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  nudge_drop_down_set_words (
      self->drop_down, &(NudgeDropDownWords){ dup_label, dup_label, dup_note, self });
  g_signal_connect_swapped (self->drop_down, "notify::selected", G_CALLBACK (selected_cb),
                            self);
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->row, "setting-row");
  gtk_box_append (GTK_BOX (self->row), self->title);
  gtk_box_append (GTK_BOX (self->row), GTK_WIDGET (self->drop_down));
  self->message = nudge_message_new ();
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_box_append (GTK_BOX (self->column), self->row);
  gtk_box_append (GTK_BOX (self->column), self->message);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
}

/**
 * nudge_choice_row_new:
 * @title: also its name; "" for a control that stands alone, whose name is set then
 * @tooltip: (nullable)
 */
GtkWidget *
nudge_choice_row_new (const char *title, const char *tooltip)
{
  NudgeChoiceRow *self = g_object_new (NUDGE_TYPE_CHOICE_ROW, NULL);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_widget_set_visible (self->title, *title != '\0');
  gtk_widget_set_hexpand (GTK_WIDGET (self->drop_down), *title == '\0');
  gtk_widget_set_tooltip_text (self->row, tooltip);
  nudge_drop_down_set_name (self->drop_down, title);
  return GTK_WIDGET (self);
}
