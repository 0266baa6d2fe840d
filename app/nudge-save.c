/* nudge-save.c - saves a window's document to its file
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-save.h"

#include <glib/gi18n.h>

#include "app/base/nudge-dialogs.h"
#include "app/base/nudge-recent.h"
#include "app/nudge-export.h"

/* How often to check whether a frame has seen every command. */
#define WAIT_MS 10

typedef struct {
  NudgeWindow *window;     /* (owned) */
  NudgeDocument *document; /* (owned) */
  gboolean elsewhere;      /* a file is asked for in any case */
  guint64 revision;        /* which is written */
  NudgeSavedFunc saved;    /* (nullable) */
  gpointer data;
} Saving;

static void
finish (Saving *self, gboolean saved)
{
  if (self->saved != NULL)
    self->saved (GTK_WINDOW (self->window), saved, self->data);
  g_object_unref (self->window);
  g_object_unref (self->document);
  g_free (self);
}

static void
say_error (Saving *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    nudge_dialogs_say (GTK_WINDOW (self->window), _ ("Could not save"), error->message);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = nudge_export_finish (result, &error);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = NULL;

  if (path == NULL) {
    say_error (self, error);
    finish (self, FALSE);
    return;
  }
  file = g_file_new_for_path (path);
  name = g_filename_display_basename (path);
  text = g_strdup_printf (_ ("Saved %s"), name);
  nudge_document_set_saved (self->document, file, self->revision);
  nudge_recent_add (file);
  nudge_document_say (self->document, text);
  finish (self, TRUE);
}

static GFile *
dup_file (Saving *self)
{
  GFile *file;

  g_object_get (self->document, "file", &file, NULL);
  return file;
}

static void
write_file (Saving *self)
{
  g_autoptr (GFile) file = dup_file (self);
  const guint64 revision = nudge_document_get_revision (self->document);
  const NudgeExport what = {
    .kind = NUDGE_EXPORT_EXPERIMENT,
    .frame = nudge_document_get_frame (self->document),
    .experiment = nudge_document_get_experiment (self->document),
    .as_opened = revision == 0,
    .file = file,
    .ask = self->elsewhere || file == NULL,
  };

  self->revision = revision;
  nudge_export_async (GTK_WINDOW (self->window), &what, exported_cb, self);
}

static void
overwrite_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Saving *self = data;

  if (g_str_equal (response, "overwrite"))
    write_file (self);
  else
    finish (self, FALSE);
}

/* Written by another window or another program: theirs would be lost. */
static void
ask_to_overwrite (Saving *self)
{
  g_autofree char *name = nudge_document_dup_name (self->document);
  AdwMessageDialog *dialog =
      nudge_dialogs_new (GTK_WINDOW (self->window), NULL,
                         _ ("Another program has written it since it was opened or saved "
                            "here. Saving replaces those changes."));

  adw_message_dialog_format_heading (dialog, _ ("“%s” Has Changed on Disk"), name);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "overwrite",
                                    _ ("_Overwrite"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "overwrite",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect (dialog, "response", G_CALLBACK (overwrite_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
check_file (Saving *self)
{
  if (!self->elsewhere && nudge_document_has_file_changed (self->document))
    ask_to_overwrite (self);
  else
    write_file (self);
}

static void
leave_out_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Saving *self = data;

  if (g_str_equal (response, "cancel")) {
    finish (self, FALSE);
    return;
  }
  if (g_str_equal (response, "elsewhere"))
    self->elsewhere = TRUE;
  else
    nudge_document_leave_out (self->document);
  check_file (self);
}

/* A file has one branch of the run: the one that the run is on. @file: (nullable) */
static const char *
get_reason (Saving *self, GFile *file)
{
  if (nudge_document_get_frame (self->document)->n_kept == 0)
    return _ ("They need an action that you have undone. To keep them, cancel, and redo "
              "it.");
  if (file == NULL)
    return _ ("The run went another way before they came, and a file has only the way "
              "that you see now. To keep them, cancel, and undo until they are in the "
              "log again.");
  return _ ("The run went another way before they came, and a file has only the way that "
            "you see now. To keep them, cancel, and undo until they are in the log "
            "again; or save this way as another file.");
}

static void
ask_to_leave_out (Saving *self, gsize n)
{
  g_autofree char *heading =
      g_strdup_printf (ngettext ("Save Without %u Coming Action?",
                                 "Save Without %u Coming Actions?", (gulong) n),
                       (guint) n);
  g_autoptr (GFile) file = dup_file (self);
  AdwMessageDialog *dialog =
      nudge_dialogs_new (GTK_WINDOW (self->window), heading, get_reason (self, file));

  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  if (file != NULL)
    adw_message_dialog_add_response (dialog, "elsewhere", _ ("Save _As…"));
  adw_message_dialog_add_response (dialog, "save", _ ("Save _Without Them"));
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect (dialog, "response", G_CALLBACK (leave_out_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Another file leaves the document's as it is. */
static void
check_left_out (Saving *self)
{
  const gsize n = nudge_document_get_n_left_out (self->document);
  g_autoptr (GFile) file = dup_file (self);

  if (n > 0 && !(self->elsewhere && file != NULL))
    ask_to_leave_out (self, n);
  else
    check_file (self);
}

static gboolean
is_shown (Saving *self)
{
  NudgeSession *session = nudge_document_get_session (self->document);

  nudge_document_take_frame (self->document);
  return nudge_document_get_frame (self->document) != NULL &&
         nudge_session_is_up_to_date (session);
}

static gboolean
wait_cb (gpointer data)
{
  Saving *self = data;

  if (!is_shown (self))
    return G_SOURCE_CONTINUE;
  check_left_out (self);
  return G_SOURCE_REMOVE;
}

static void
begin (NudgeWindow *window, gboolean elsewhere, NudgeSavedFunc saved, gpointer data)
{
  Saving *self = g_new0 (Saving, 1);

  self->window = g_object_ref (window);
  self->document = g_object_ref (nudge_window_get_document (window));
  self->elsewhere = elsewhere;
  self->saved = saved;
  self->data = data;
  if (wait_cb (self))
    g_timeout_add (WAIT_MS, wait_cb, self);
}

/**
 * nudge_save:
 * @window: shows a document
 * @saved: (nullable)
 */
void
nudge_save (NudgeWindow *window, NudgeSavedFunc saved, gpointer data)
{
  g_return_if_fail (nudge_window_get_document (window) != NULL);

  begin (window, FALSE, saved, data);
}

/**
 * nudge_save_as:
 * @window: shows a document, which the file that is asked for is then the one of
 * @saved: (nullable)
 */
void
nudge_save_as (NudgeWindow *window, NudgeSavedFunc saved, gpointer data)
{
  g_return_if_fail (nudge_window_get_document (window) != NULL);

  begin (window, TRUE, saved, data);
}
