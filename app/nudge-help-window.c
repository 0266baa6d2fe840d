/* nudge-help-window.c - what there is, and how to use it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-help-window.h"

#include <glib/gi18n.h>

#include "nn/nudge/nn-catalogue.h"

struct _NudgeHelpWindow {
  AdwPreferencesWindow parent_instance;

  AdwPreferencesGroup *functions;
};

G_DEFINE_FINAL_TYPE (NudgeHelpWindow, nudge_help_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
add_function (NudgeHelpWindow *self, const NnFunction *function)
{
  /* As markup: libadwaita's search shows every title as such. */
  g_autofree char *text =
      g_markup_printf_escaped ("%s  %s", function->name, function->symbol);
  g_autofree char *sentence = g_markup_escape_text (_ (function->sentence), -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sentence);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (self->functions, row);
}

static void
nudge_help_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_HELP_WINDOW);
  G_OBJECT_CLASS (nudge_help_window_parent_class)->dispose (object);
}

static void
nudge_help_window_class_init (NudgeHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_help_window_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeHelpWindow, functions);
}

static void
nudge_help_window_init (NudgeHelpWindow *self)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < n; i++)
    add_function (self, &functions[i]);
}

/* @parent: (nullable) */
GtkWidget *
nudge_help_window_new (GtkWindow *parent)
{
  return g_object_new (NUDGE_TYPE_HELP_WINDOW, "transient-for", parent, NULL);
}
