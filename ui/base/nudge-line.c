/* nudge-line.c - an entry whose text must be valid
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-line.h"

#include "ui/base/nudge-suggestions.h"

/* Of the number in a row, whose title has to be readable, too. */
#define TITLED_CHARS      4
#define TITLED_MOST_CHARS 9

struct _NudgeLine {
  GtkWidget parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  GtkBox *row;
  GtkWidget *title;
  GtkEditable *entry;
  GtkLabel *message;

  char *text; /* (owned) in force */
  NudgeLineCheck check;
  gpointer check_data;
  gboolean showing;              /* the entry is being set, not by the user */
  guint edit;                    /* a source: the focus is on its way here */
  NudgeSuggestions *suggestions; /* (owned) (nullable) */
};

enum {
  ACCEPTED,
  ABANDONED,
  LEFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeLine, nudge_line, GTK_TYPE_WIDGET)

static void
set_message (NudgeLine *self, const char *message)
{
  GtkWidget *entry = GTK_WIDGET (self->entry);

  gtk_label_set_text (self->message, message ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  if (message)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
      message ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  message ? message : "", -1);
}

/* The text in force is undone as a whole, elsewhere: the entry must have nothing to undo. */
static void
forget_typing (NudgeLine *self)
{
  gtk_editable_set_enable_undo (self->entry, FALSE);
  gtk_editable_set_enable_undo (self->entry, TRUE);
}

static void
show_text (NudgeLine *self)
{
  self->showing = TRUE;
  if (!g_str_equal (gtk_editable_get_text (self->entry), self->text))
    gtk_editable_set_text (self->entry, self->text);
  forget_typing (self);
  self->showing = FALSE;
  set_message (self, NULL);
}

/**
 * nudge_line_commit:
 *
 * Takes what is typed, as Enter does.
 *
 * Returns: %FALSE if it is wrong; the entry says so and the text in force stays
 */
gboolean
nudge_line_commit (NudgeLine *self)
{
  const char *typed;
  g_autofree char *wrong = NULL;

  g_return_val_if_fail (NUDGE_IS_LINE (self), FALSE);

  typed = gtk_editable_get_text (self->entry);
  wrong = self->check ? self->check (typed, self->check_data) : NULL;
  set_message (self, wrong);
  if (wrong)
    return FALSE;
  if (g_str_equal (typed, self->text))
    return TRUE;
  g_free (self->text);
  self->text = g_strdup (typed);
  forget_typing (self);
  g_signal_emit (self, signals[ACCEPTED], 0);
  return TRUE;
}

/* Enter accepts even what is in force already: who opened the line waits for it. */
static void
activate_cb (NudgeLine *self)
{
  gboolean same = g_str_equal (gtk_editable_get_text (self->entry), self->text);

  if (nudge_line_commit (self) && same)
    g_signal_emit (self, signals[ACCEPTED], 0);
}

/* Assistive tools set a text without the focus, so they could not leave it either. */
static void
text_changed_cb (NudgeLine *self)
{
  GtkWidget *entry = GTK_WIDGET (self->entry);
  gboolean typing = gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN;

  if (self->showing)
    return;
  if (typing) {
    g_autofree char *wrong =
        self->check ? self->check (gtk_editable_get_text (self->entry), self->check_data)
                    : NULL;

    set_message (self, wrong);
    if (self->suggestions)
      nudge_suggestions_follow (self->suggestions);
  } else if (*gtk_editable_get_text (self->entry) != '\0') {
    nudge_line_commit (self);
  }
}

static gboolean
key_pressed_cb (NudgeLine *self, guint key, guint code, GdkModifierType modifiers)
{
  if (self->suggestions && nudge_suggestions_press (self->suggestions, key, modifiers))
    return GDK_EVENT_STOP;
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  show_text (self);
  g_signal_emit (self, signals[ABANDONED], 0);
  return GDK_EVENT_STOP;
}

static void
focus_left_cb (NudgeLine *self)
{
  if (gtk_widget_in_destruction (GTK_WIDGET (self)) ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->suggestions)
    nudge_suggestions_close (self->suggestions);
  if (g_str_equal (gtk_editable_get_text (self->entry), self->text))
    g_signal_emit (self, signals[LEFT], 0);
  else
    nudge_line_commit (self);
}

/**
 * nudge_line_set_check:
 * @check: (nullable): says what is wrong with a text
 */
void
nudge_line_set_check (NudgeLine *self, NudgeLineCheck check, gpointer data)
{
  g_return_if_fail (NUDGE_IS_LINE (self));

  self->check = check;
  self->check_data = data;
}

/**
 * nudge_line_suggest:
 *
 * Offers, from now on, what can come next in an update function.
 */
void
nudge_line_suggest (NudgeLine *self)
{
  g_return_if_fail (NUDGE_IS_LINE (self));

  if (!self->suggestions)
    self->suggestions = nudge_suggestions_new (GTK_ENTRY (self->entry));
}

/**
 * nudge_line_set_name:
 * @name: what the entry is called to those who cannot see it
 */
void
nudge_line_set_name (NudgeLine *self, const char *name)
{
  g_return_if_fail (NUDGE_IS_LINE (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * nudge_line_set_title:
 * @title: also its name
 * @tooltip: (nullable)
 *
 * Makes it a row of a panel: @title at the left, and what is typed at the right.
 */
void
nudge_line_set_title (NudgeLine *self, const char *title, const char *tooltip)
{
  g_return_if_fail (NUDGE_IS_LINE (self));

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_widget_set_visible (self->title, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->row), "setting-row");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->row), tooltip);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), FALSE);
  gtk_entry_set_alignment (GTK_ENTRY (self->entry), 1);
  gtk_editable_set_width_chars (self->entry, TITLED_CHARS);
  gtk_editable_set_max_width_chars (self->entry, TITLED_MOST_CHARS);
  nudge_line_set_name (self, title);
}

/* @text: what is meant where nothing is typed */
void
nudge_line_set_placeholder (NudgeLine *self, const char *text)
{
  g_return_if_fail (NUDGE_IS_LINE (self));

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), text);
}

/**
 * nudge_line_append:
 * @widget: goes behind the entry
 */
void
nudge_line_append (NudgeLine *self, GtkWidget *widget)
{
  g_return_if_fail (NUDGE_IS_LINE (self));

  gtk_box_append (self->row, widget);
}

/**
 * nudge_line_refuse:
 * @in_force: what stays
 * @message: what is wrong with the text that was accepted last
 *
 * That text is still shown, so that it can be put right; Escape gives it up.
 */
void
nudge_line_refuse (NudgeLine *self, const char *in_force, const char *message)
{
  g_return_if_fail (NUDGE_IS_LINE (self));

  if (in_force != self->text) {
    g_free (self->text);
    self->text = g_strdup (in_force);
  }
  set_message (self, message);
}

/**
 * nudge_line_set_text:
 *
 * Puts @text into force without a signal, and gives up what was typed.
 */
void
nudge_line_set_text (NudgeLine *self, const char *text)
{
  g_return_if_fail (NUDGE_IS_LINE (self));

  if (text != self->text) {
    g_free (self->text);
    self->text = g_strdup (text);
  }
  show_text (self);
}

/* Returns: (transfer none): the text in force */
const char *
nudge_line_get_text (NudgeLine *self)
{
  g_return_val_if_fail (NUDGE_IS_LINE (self), NULL);

  return self->text;
}

static gboolean
edit_cb (gpointer data)
{
  NudgeLine *self = data;

  self->edit = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
  return G_SOURCE_REMOVE;
}

/**
 * nudge_line_edit:
 *
 * Lets the user type over the text, as soon as the list in which that was chosen has
 * closed and given the focus back.
 */
void
nudge_line_edit (NudgeLine *self)
{
  g_return_if_fail (NUDGE_IS_LINE (self));

  /* With low priority: a list in which a key chose gives the focus back later than a
   * click does. */
  if (!self->edit)
    self->edit = g_idle_add_full (G_PRIORITY_LOW, edit_cb, self, NULL);
}

static void
nudge_line_dispose (GObject *object)
{
  g_clear_handle_id (&NUDGE_LINE (object)->edit, g_source_remove);
  g_clear_object (&NUDGE_LINE (object)->suggestions);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_LINE);
  G_OBJECT_CLASS (nudge_line_parent_class)->dispose (object);
}

static void
nudge_line_finalize (GObject *object)
{
  g_free (NUDGE_LINE (object)->text);
  G_OBJECT_CLASS (nudge_line_parent_class)->finalize (object);
}

static void
nudge_line_class_init (NudgeLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_line_finalize;
  signals[ACCEPTED] = g_signal_new ("accepted", NUDGE_TYPE_LINE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ABANDONED] = g_signal_new ("abandoned", NUDGE_TYPE_LINE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", NUDGE_TYPE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-line.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeLine, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeLine, row);
  gtk_widget_class_bind_template_child (widget_class, NudgeLine, title);
  gtk_widget_class_bind_template_child (widget_class, NudgeLine, entry);
  gtk_widget_class_bind_template_child (widget_class, NudgeLine, message);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "line");
}

static void
nudge_line_init (NudgeLine *self)
{
  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}
