/* nudge-standing-row.c - a row of the list of repeating nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-standing-row.h"

#include <glib/gi18n.h>

#include "nn/experiment/nn-event.h"
#include "ui/base/nudge-menus.h"
#include "ui/text/nudge-nudge-words.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-when-words.h"

struct _NudgeStandingRow {
  GtkWidget parent_instance;

  NudgeEntry *entry;     /* (owned) (nullable) */
  GSignalGroup *changes; /* (owned) the entry's */
  gboolean showing;      /* a widget is being set, so its signals are ignored */
  GtkWidget *column;
  GtkLabel *what;
  GtkLabel *when;
  GtkWidget *pause;
  GtkWidget *more;
};

enum {
  EDITED,
  COPY_SCRIPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeStandingRow, nudge_standing_row, GTK_TYPE_WIDGET)

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/* "every step · 12 times", or that it waits. */
static char *
dup_when (NudgeEntry *entry)
{
  guint64 n = nudge_entry_get_n_times (entry);
  g_autofree char *rhythm = nudge_words_for_rhythm (nudge_entry_get_nudge (entry));
  g_autofree char *count = nudge_number_format_count (n);
  g_autofree char *times =
      g_strdup_printf (ngettext ("%s time", "%s times", (gulong) n), count);

  if (nudge_entry_get_paused (entry))
    /* Translators: "every step", "12 times" */
    return g_strdup_printf (_ ("paused · %s · %s"), rhythm, times);
  return g_strdup_printf ("%s · %s", rhythm, times);
}

static void
show (NudgeStandingRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *what = NULL, *in_a_row = NULL, *when = NULL, *whole = NULL;
  gboolean paused;

  if (!self->entry)
    return;
  paused = nudge_entry_get_paused (self->entry);
  what = nudge_words_for_nudge_briefly (nudge_entry_get_nudge (self->entry));
  in_a_row = nudge_words_for_nudge_in_a_row (nudge_entry_get_nudge (self->entry));
  when = dup_when (self->entry);
  whole = g_strdup_printf ("%s\n%s", what, when);
  gtk_label_set_text (self->what, in_a_row);
  gtk_label_set_text (self->when, when);
  gtk_widget_set_tooltip_text (self->column, whole);
  self->showing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pause), paused);
  self->showing = FALSE;
  gtk_button_set_icon_name (GTK_BUTTON (self->pause),
                            paused ? "media-playback-start-symbolic"
                                   : "media-playback-pause-symbolic");
  if (paused)
    gtk_widget_add_css_class (GTK_WIDGET (self), "paused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "paused");
  if (item)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    whole, -1);
}

NudgeEntry *
nudge_standing_row_get_entry (NudgeStandingRow *self)
{
  g_return_val_if_fail (NUDGE_IS_STANDING_ROW (self), NULL);

  return self->entry;
}

/**
 * nudge_standing_row_set_entry:
 * @entry: (nullable)
 */
void
nudge_standing_row_set_entry (NudgeStandingRow *self, NudgeEntry *entry)
{
  g_return_if_fail (NUDGE_IS_STANDING_ROW (self));

  g_set_object (&self->entry, entry);
  g_signal_group_set_target (self->changes, entry);
  if (entry) {
    g_autofree char *what = nudge_words_for_nudge_briefly (nudge_entry_get_nudge (entry));

    g_autofree char *pause = g_strdup_printf (_ ("Pause %s"), what);
    g_autofree char *more = g_strdup_printf (_ ("More for %s"), what);

    set_name (self->pause, pause);
    set_name (self->more, more);
  }
  show (self);
}

static void
edit (NudgeStandingRow *self, NnEventKind kind, int by)
{
  if (self->entry)
    g_signal_emit (self, signals[EDITED], 0, (int) kind, nudge_entry_get_id (self->entry),
                   by);
}

static void
pause_toggled_cb (NudgeStandingRow *self)
{
  gboolean paused = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->pause));

  if (!self->showing)
    edit (self, paused ? NN_EVENT_PAUSE : NN_EVENT_RESUME, 0);
}

static void
move_cb (GtkWidget *widget, const char *action, GVariant *by)
{
  edit (NUDGE_STANDING_ROW (widget), NN_EVENT_MOVE, g_variant_get_int32 (by));
}

static void
remove_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  edit (NUDGE_STANDING_ROW (widget), NN_EVENT_REMOVE, 0);
}

static void
copy_script_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  NudgeStandingRow *self = NUDGE_STANDING_ROW (widget);

  if (self->entry)
    g_signal_emit (self, signals[COPY_SCRIPT], 0, nudge_entry_get_nudge (self->entry));
}

static void
nudge_standing_row_dispose (GObject *object)
{
  NudgeStandingRow *self = NUDGE_STANDING_ROW (object);

  g_clear_object (&self->changes);
  g_clear_object (&self->entry);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_STANDING_ROW);
  G_OBJECT_CLASS (nudge_standing_row_parent_class)->dispose (object);
}

static void
nudge_standing_row_class_init (NudgeStandingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_standing_row_dispose;
  signals[EDITED] =
      g_signal_new ("edited", NUDGE_TYPE_STANDING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_UINT64, G_TYPE_INT);
  signals[COPY_SCRIPT] =
      g_signal_new ("copy-script", NUDGE_TYPE_STANDING_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_install_action (widget_class, "row.move", "i", move_cb);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, remove_cb);
  gtk_widget_class_install_action (widget_class, "row.copy-script", NULL, copy_script_cb);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-standing-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeStandingRow, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeStandingRow, what);
  gtk_widget_class_bind_template_child (widget_class, NudgeStandingRow, when);
  gtk_widget_class_bind_template_child (widget_class, NudgeStandingRow, pause);
  gtk_widget_class_bind_template_child (widget_class, NudgeStandingRow, more);
  gtk_widget_class_bind_template_callback (widget_class, pause_toggled_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "standing-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nudge_standing_row_init (NudgeStandingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->more),
                                  nudge_menus_get ("standing-row"));
  self->changes = g_signal_group_new (NUDGE_TYPE_ENTRY);
  g_signal_group_connect_swapped (self->changes, "changed", G_CALLBACK (show), self);
}

GtkWidget *
nudge_standing_row_new (void)
{
  return g_object_new (NUDGE_TYPE_STANDING_ROW, NULL);
}
