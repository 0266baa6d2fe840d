/* nudge-window-export.c - the frame that is shown, as a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-window-private.h"

#include <glib/gi18n.h>

#include "app/nudge-export.h"

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = nudge_export_finish (result, &error);

  if (!self->toasts || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the window has been closed meanwhile, or nothing was to be done */
  if (path) {
    g_autofree char *name = g_filename_display_basename (path);
    g_autofree char *text = g_strdup_printf (_ ("Saved %s"), name);

    nudge_window_toast (self, text);
  } else {
    GtkWidget *dialog =
        adw_message_dialog_new (GTK_WINDOW (self), _ ("Could not save"), error->message);

    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
    adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
    gtk_window_present (GTK_WINDOW (dialog));
  }
}

static void
export_frame (NudgeWindow *self, NudgeExportKind kind)
{
  NudgeExport what = { .kind = kind,
                       .frame = self->frame,
                       .experiment = self->experiment };

  if (!self->frame)
    return; /* opened a moment ago: there is nothing to see yet either */
  g_object_get (self->loss_plot, "logarithmic", &what.logarithmic, NULL);
  nudge_export_async (GTK_WINDOW (self), &what, exported_cb, NULL);
}

static void
export_parameters_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  export_frame (data, NUDGE_EXPORT_PARAMETERS);
}

static void
export_figure_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  export_frame (data, NUDGE_EXPORT_FIGURE);
}

static void
export_experiment_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  export_frame (data, NUDGE_EXPORT_EXPERIMENT);
}

static const GActionEntry actions[] = {
  { "export-parameters", export_parameters_cb },
  { "export-figure", export_figure_cb },
  { "export-experiment", export_experiment_cb },
};

void
nudge_window_add_exports (NudgeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
}
