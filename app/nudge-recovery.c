/* nudge-recovery.c - offers runs again that a crash has left
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-recovery.h"

#include <glib/gi18n.h>

#include "app/base/nudge-dialogs.h"
#include "app/base/nudge-kept-run.h"
#include "app/base/nudge-reading.h"
#include "app/nudge-open.h"
#include "app/tensors/nudge-tensor-edits.h"
#include "nn/base/nn-text.h"
#include "nn/io/nn-checkpoint-file.h"
#include "ui/text/nudge-words.h"

/* What is recovered: a checkpoint, or the nudges of a file's tensors. */
typedef struct {
  NnCheckpointFile *file;  /* (owned) (nullable) */
  NnTimeline *timeline;    /* (owned) (nullable) once it is taken */
  NudgeTensorEdits *edits; /* (owned) (nullable) */
} Found;

static void
found_free (Found *self)
{
  g_clear_pointer (&self->timeline, nn_timeline_free);
  g_clear_pointer (&self->file, nn_checkpoint_file_free);
  g_clear_pointer (&self->edits, nudge_tensor_edits_free);
  g_free (self);
}

typedef struct {
  NudgeWindow *window; /* (owned) which asks */
  NudgeKeptRun *kept;  /* (owned) (nullable) once it is taken */
  NudgeKeptNote note;
  Found *found;         /* (owned) (nullable) */
  GSourceOnceFunc then; /* (nullable) once there is no other one */
  gpointer data;
} Recovery;

static void
recovery_free (Recovery *self)
{
  g_object_unref (self->window);
  g_clear_pointer (&self->kept, nudge_kept_run_free);
  nudge_kept_note_clear (&self->note);
  g_clear_pointer (&self->found, found_free);
  g_free (self);
}

/* To be called at the end of each: there may be another one. */
static void
finish (Recovery *self)
{
  if (!nudge_recovery_offer (self->window, self->then, self->data) && self->then)
    self->then (self->data);
  recovery_free (self);
}

static void
recover_tensors (Recovery *self)
{
  g_autoptr (NudgeTensorDocument) document =
      nudge_tensor_edits_make_document (self->found->edits);

  nudge_open_tensors (gtk_window_get_application (GTK_WINDOW (self->window)), document,
                      g_steal_pointer (&self->kept));
}

static void
recover (Recovery *self)
{
  g_autoptr (NudgeDocument) document = nudge_document_new_resumed (
      self->found->file->experiment, g_steal_pointer (&self->found->timeline));
  g_autoptr (GFile) file = self->note.uri ? g_file_new_for_uri (self->note.uri) : NULL;

  nudge_document_set_recovered (document, file, self->note.unsaved);
  nudge_open_recovered (self->window, document, g_steal_pointer (&self->kept));
}

/* It is offered again by the next start, and until then no other program takes it. */
static void
postpone (Recovery *self)
{
  static GPtrArray *postponed;

  if (postponed == NULL)
    postponed = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_kept_run_free);
  g_ptr_array_add (postponed, g_steal_pointer (&self->kept));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Recovery *self = data;

  if (g_str_equal (response, "recover") && self->found->edits)
    recover_tensors (self);
  else if (g_str_equal (response, "recover"))
    recover (self);
  else if (g_str_equal (response, "discard"))
    nudge_kept_run_remove (g_steal_pointer (&self->kept));
  else
    postpone (self);
  finish (self);
}

/* A step, or so many nudges. */
static char *
dup_reached (const Found *found)
{
  guint n;

  if (found->edits == NULL)
    return nudge_words_for_step (found->file->step);
  n = found->edits->nudges->len;
  return g_strdup_printf (ngettext ("%u nudge", "%u nudges", n), n);
}

static void
ask (Recovery *self)
{
  const char *title = self->note.title ? self->note.title
                      : self->found->file
                          ? nn_text_get_translated (self->found->file->experiment->title)
                          : self->found->edits->path;
  g_autofree char *step = dup_reached (self->found);
  AdwMessageDialog *dialog =
      nudge_dialogs_new (GTK_WINDOW (self->window), _ ("Nudge Ended Unexpectedly"), NULL);

  adw_message_dialog_format_body (dialog, _ ("Recover “%s”?\n%s"), title, step);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Later"), "discard",
                                    _ ("_Discard"), "recover", _ ("_Recover"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "recover", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "recover");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
say_damaged (Recovery *self, const GError *error)
{
  g_autofree char *aside = nudge_kept_run_set_aside (g_steal_pointer (&self->kept));
  g_autofree char *path = g_filename_display_name (aside);
  g_autofree char *body = g_strdup_printf (
      _ ("Nudge ended unexpectedly, and what was kept of “%s” cannot be used: %s\n\nIt "
         "is still there, as %s."),
      self->note.title ? self->note.title : _ ("a run"), error->message, path);

  nudge_dialogs_say (GTK_WINDOW (self->window), _ ("Cannot Recover"), body);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Recovery *self = data;
  g_autoptr (GError) error = NULL;

  self->found = nudge_reading_finish (result, &error);
  if (self->found != NULL) {
    ask (self);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    postpone (self);
  else
    say_damaged (self, error);
  finish (self);
}

static gpointer
read_checkpoint (const char *path,
                 gconstpointer data,
                 const NnProgress *progress,
                 GError **error)
{
  NnCheckpointFile *file = nn_checkpoint_file_load (path, progress, error);
  NnTimeline *timeline =
      file ? nn_checkpoint_file_resume (file, NN_TIMELINE_BUDGET, error) : NULL;
  Found *found;

  if (timeline == NULL) {
    g_clear_pointer (&file, nn_checkpoint_file_free);
    return NULL;
  }
  found = g_new0 (Found, 1);
  found->file = file;
  found->timeline = timeline;
  return found;
}

static gpointer
read_edits (const char *path,
            gconstpointer data,
            const NnProgress *progress,
            GError **error)
{
  NudgeTensorEdits *edits = nudge_tensor_edits_read (path, data, progress, error);
  Found *found = edits ? g_new0 (Found, 1) : NULL;

  if (found != NULL)
    found->edits = edits;
  return found;
}

/**
 * nudge_recovery_offer:
 * @window: asks about them, one after another
 * @then: (nullable): called after the last answer, if there is one to recover
 *
 * Returns: whether there is one
 */
gboolean
nudge_recovery_offer (NudgeWindow *window, GSourceOnceFunc then, gpointer data)
{
  NudgeReading what = { .read = read_checkpoint,
                        .free_result = (GDestroyNotify) found_free };
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  NudgeKeptRun *kept = application ? nudge_kept_run_take_abandoned () : NULL;
  Recovery *self;

  if (kept == NULL)
    return FALSE;
  self = g_new0 (Recovery, 1);
  self->window = g_object_ref (window);
  self->kept = kept;
  self->then = then;
  self->data = data;
  nudge_kept_run_read_note (kept, &self->note);
  what.path = nudge_kept_run_get_checkpoint (kept);
  if (g_str_has_suffix (what.path, NUDGE_EDITS_ENDING))
    what.read = read_edits;
  nudge_reading_async (application, GTK_WINDOW (window), &what, read_cb, self);
  return TRUE;
}
