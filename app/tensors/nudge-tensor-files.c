/* nudge-tensor-files.c - saving, comparing and closing, in a window of tensors
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-files.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/base/nudge-close.h"
#include "app/base/nudge-dialogs.h"
#include "app/base/nudge-recent.h"
#include "app/tensors/nudge-compare-window.h"
#include "app/tensors/nudge-receipt-window.h"

static NudgeTensorDocument *
get_document (gpointer window)
{
  return nudge_tensor_window_get_document (NUDGE_TENSOR_WINDOW (window));
}

/* --- Saving ------------------------------------------------------------------------ */

typedef struct {
  NudgeTensorWindow *window;     /* (owned) */
  GtkFileChooserNative *chooser; /* (owned) (nullable) */
  NudgeSavedFunc saved;          /* (nullable) */
  gpointer data;
} Saving;

static void
finish (Saving *self, gboolean saved)
{
  if (self->saved != NULL)
    self->saved (GTK_WINDOW (self->window), saved, self->data);
  g_clear_object (&self->chooser);
  g_object_unref (self->window);
  g_free (self);
}

static void
begin_writing (void)
{
  nudge_close_begin_writing (GTK_APPLICATION (g_application_get_default ()));
}

static void
end_writing (void)
{
  nudge_close_end_writing (GTK_APPLICATION (g_application_get_default ()));
}

/* What was found in it; but not to one who closes the window, or has closed it. */
static void
show_receipt (Saving *self, const NnReceipt *receipt)
{
  g_autofree char *name = nudge_tensor_document_dup_name (get_document (self->window));
  g_autofree char *heading = g_strdup_printf (_ ("Saved %s"), name);

  if (!gtk_widget_get_realized (GTK_WIDGET (self->window)))
    return;
  nudge_tensor_window_say (self->window, heading);
  if (self->saved == NULL)
    nudge_receipt_window_present (GTK_WINDOW (self->window), _ ("Receipt"), heading,
                                  receipt);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnReceipt) receipt =
      nudge_tensor_document_save_finish (NUDGE_TENSOR_DOCUMENT (source), result, &error);

  if (receipt != NULL) {
    g_autoptr (GFile) file = NULL;

    g_object_get (source, "file", &file, NULL);
    nudge_recent_add (file);
    show_receipt (self, receipt);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    nudge_dialogs_say (GTK_WINDOW (self->window), _ ("Could not save"), error->message);
  }
  finish (self, receipt != NULL);
  end_writing ();
}

static void
write_file (Saving *self, GFile *file)
{
  begin_writing ();
  nudge_tensor_document_save_async (get_document (self->window), file, written_cb, self);
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, gpointer data)
{
  Saving *self = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    write_file (self, file);
  else
    finish (self, FALSE);
}

/* "model-nudged.pt" of "model.pt", which stays as it is. */
static char *
dup_suggestion (NudgeTensorDocument *document)
{
  const char *path = nudge_tensor_document_get_path (document);
  g_autofree char *base = g_path_get_basename (path);
  const char *dot = strrchr (base, '.');
  const gsize stem = dot ? (gsize) (dot - base) : strlen (base);

  return g_strdup_printf ("%.*s-nudged%s", (int) stem, base, dot ? dot : "");
}

static void
ask (Saving *self, GFile *suggested)
{
  NudgeTensorDocument *document = get_document (self->window);
  g_autofree char *folder = NULL;
  g_autofree char *name = dup_suggestion (document);
  g_autoptr (GFile) place = NULL;
  GtkFileChooser *chooser;

  self->chooser = gtk_file_chooser_native_new (_ ("Save As"), GTK_WINDOW (self->window),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"),
                                               _ ("_Cancel"));
  chooser = GTK_FILE_CHOOSER (self->chooser);
  folder = g_path_get_dirname (nudge_tensor_document_get_path (document));
  place = g_file_new_for_path (folder);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (suggested == NULL || !gtk_file_chooser_set_file (chooser, suggested, NULL)) {
    gtk_file_chooser_set_current_folder (chooser, place, NULL);
    gtk_file_chooser_set_current_name (chooser, name);
  }
  g_signal_connect (self->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
begin (GtkWindow *window, gboolean elsewhere, NudgeSavedFunc saved, gpointer data)
{
  Saving *self = g_new0 (Saving, 1);
  g_autoptr (GFile) file = NULL;

  self->window = NUDGE_TENSOR_WINDOW (g_object_ref (window));
  self->saved = saved;
  self->data = data;
  g_object_get (get_document (window), "file", &file, NULL);
  if (file != NULL && !elsewhere)
    write_file (self, file);
  else
    ask (self, file);
}

static void
save (GtkWindow *window, NudgeSavedFunc saved, gpointer data)
{
  begin (window, FALSE, saved, data);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  begin (window, FALSE, NULL, NULL);
}

static void
save_as_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  begin (window, TRUE, NULL, NULL);
}

/* --- Closing ----------------------------------------------------------------------- */

static gboolean
has_work (GtkWindow *window)
{
  gboolean unsaved;

  g_object_get (get_document (window), "unsaved", &unsaved, NULL);
  return unsaved;
}

static char *
dup_name (GtkWindow *window)
{
  return nudge_tensor_document_dup_name (get_document (window));
}

static const NudgeWorkKind tensors_work = { has_work, dup_name, save };

/* --- Comparing --------------------------------------------------------------------- */

static void
compare_with (NudgeTensorWindow *window, GFile *file)
{
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path != NULL)
    nudge_compare_with_file (window, path);
}

static void
other_chosen_cb (GtkNativeDialog *chooser, int response, gpointer window)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT)
    compare_with (window, file);
  g_object_unref (chooser);
}

static void
compare_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Compare With"), window, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Compare"),
      _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (other_chosen_cb), window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
compare_opened_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_compare_with_opened (window);
}

static gboolean
drop_cb (NudgeTensorWindow *window, const GValue *value, double x, double y)
{
  GSList *files = g_value_get_boxed (value);

  if (files != NULL)
    compare_with (window, files->data);
  return files != NULL;
}

static const GActionEntry actions[] = {
  { "save", save_cb },
  { "save-as", save_as_cb },
  { "compare", compare_cb },
  { "compare-opened", compare_opened_cb },
};

/* Gives @window the actions, and has it asked about before it closes. */
void
nudge_tensor_files_add (NudgeTensorWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions),
                                   window);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
  nudge_close_add (GTK_WINDOW (window), &tensors_work);
}
