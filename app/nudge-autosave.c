/* nudge-autosave.c - keeps the newest state of a document's run until it is closed
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-autosave.h"

#include <glib/gi18n.h>

#include "app/base/nudge-settings.h"
#include "nn/io/nn-checkpoint-saver.h"

typedef struct {
  NudgeDocument *document; /* (unowned) whose data we are */
  NudgeSession *session;   /* (owned) */
  NudgeLearner *learner;   /* (owned) (nullable) of its lesson */
  NudgeKeptRun *kept;      /* (owned) (nullable) until there is something to keep */
  gboolean failed;         /* which the user was told */
  gboolean works;          /* the newest checkpoint was written … */
  gboolean lacks_note;     /* … and the newest note was not */
  gint64 again_us;         /* when to try again to have a file, while it trains */
  char *before;            /* (owned) (nullable) the notice before ours */
  char *notice;            /* (owned) (nullable) ours */
} NudgeAutosave;

/* Until it is closed, or autosaving works again. */
static void
say_failure (NudgeAutosave *self, const char *reason)
{
  g_autofree char *text = NULL;

  if (self->failed)
    return; /* once is enough */
  self->failed = TRUE;
  text = nudge_kept_run_dup_failure (reason);
  g_object_get (self->document, "notice", &self->before, NULL);
  self->notice = self->before ? g_strconcat (self->before, "\n\n", text, NULL)
                              : g_steal_pointer (&text);
  nudge_document_set_notice (self->document, self->notice);
}

/* Returns: whether there was a failure */
static gboolean
take_back_failure (NudgeAutosave *self)
{
  const gboolean failed = self->failed;
  g_autofree char *notice = NULL;

  self->failed = FALSE;
  g_object_get (self->document, "notice", &notice, NULL);
  if (failed && g_strcmp0 (notice, self->notice) == 0)
    nudge_document_set_notice (self->document, self->before);
  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->notice, g_free);
  return failed;
}

/* If the user was told of a failure, and it is over. */
static void
say_success (NudgeAutosave *self)
{
  if (self->works && !self->lacks_note && take_back_failure (self))
    nudge_document_say (self->document, _ ("Autosaving works again"));
}

/* Where there is no file to keep it in, or no note, that is tried again with each user
 * action. */
static gboolean
is_to_try (NudgeAutosave *self)
{
  const NnFrame *frame = nudge_document_get_frame (self->document);

  if ((self->kept != NULL && !self->lacks_note) ||
      !nudge_settings_get_boolean ("autosave", TRUE) ||
      nudge_document_is_untouched (self->document))
    return FALSE;
  return frame == NULL || !frame->running || g_get_monotonic_time () >= self->again_us;
}

static void note_cb (NudgeAutosave *self);

static void
begin (NudgeAutosave *self)
{
  self->works = FALSE;
  nudge_session_keep_in (self->session, nudge_kept_run_get_checkpoint (self->kept),
                         nudge_document_get_experiment (self->document));
  note_cb (self);
}

/* From the first change or step on. */
static void
frame_cb (NudgeAutosave *self)
{
  g_autoptr (GError) error = NULL;

  if (!is_to_try (self))
    return;
  self->again_us =
      g_get_monotonic_time () + NN_CHECKPOINT_INTERVAL_S * (gint64) G_USEC_PER_SEC;
  if (self->kept != NULL) {
    note_cb (self);
    return;
  }
  self->kept = nudge_kept_run_new (NN_CHECKPOINT_ENDING, &error);
  if (self->kept != NULL)
    begin (self);
  else
    say_failure (self, error->message);
}

static void
take_failure (NudgeAutosave *self, const char *failure)
{
  if (self->kept != NULL && !nudge_kept_run_is_held (self->kept)) {
    nudge_session_keep_in (self->session, NULL, NULL);
    g_clear_pointer (&self->kept, nudge_kept_run_remove);
    self->again_us = 0;
    frame_cb (self); /* the folder was removed, say: in a new one */
  } else {
    say_failure (self, failure);
  }
}

static gboolean
write_note (NudgeAutosave *self, GError **error)
{
  g_auto (NudgeKeptNote) note = { 0 };
  g_autoptr (GFile) file = NULL;

  g_object_get (self->document, "file", &file, "unsaved", &note.unsaved, NULL);
  note.title = nudge_document_dup_name (self->document);
  note.uri = file ? g_file_get_uri (file) : NULL;
  return nudge_kept_run_write_note (self->kept, &note, error);
}

static void
note_cb (NudgeAutosave *self)
{
  g_autoptr (GError) error = NULL;

  if (self->kept == NULL)
    return;
  self->lacks_note = !write_note (self, &error);
  if (self->lacks_note)
    take_failure (self, error->message);
  else
    say_success (self);
}

/* @failure: (nullable) */
static void
kept_cb (NudgeAutosave *self, const char *failure)
{
  self->works = failure == NULL;
  if (failure != NULL)
    take_failure (self, failure);
  else
    say_success (self);
}

/* The learner's progress is kept with the run. */
static void
learner_cb (NudgeAutosave *self)
{
  if (self->kept != NULL)
    nudge_session_keep_as (self->session, nudge_document_get_experiment (self->document));
  else
    frame_cb (self);
}

static void
end (NudgeAutosave *self)
{
  nudge_session_keep_in (self->session, NULL, NULL);
  g_clear_pointer (&self->kept, nudge_kept_run_remove);
}

/* The user has switched it on or off. */
static void
setting_cb (NudgeAutosave *self)
{
  if (nudge_settings_get_boolean ("autosave", TRUE))
    frame_cb (self);
  else {
    end (self);
    take_back_failure (self);
  }
}

/* A document that the user closes is saved, or its changes may be lost. */
static void
autosave_free (gpointer data)
{
  NudgeAutosave *self = data;

  if (nudge_settings_get () != NULL)
    g_signal_handlers_disconnect_by_data (nudge_settings_get (), self);
  if (self->learner != NULL)
    g_signal_handlers_disconnect_by_data (self->learner, self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  end (self);
  g_free (self->before);
  g_free (self->notice);
  g_clear_object (&self->learner);
  g_object_unref (self->session);
  g_free (self);
}

/**
 * nudge_autosave_add:
 * @kept: (transfer full) (nullable): which @document was made of, and goes on in
 *
 * For as long as @document is there. It is added once.
 */
void
nudge_autosave_add (NudgeDocument *document, NudgeKeptRun *kept)
{
  NudgeAutosave *self;

  if (g_object_get_data (G_OBJECT (document), "nudge-autosave") != NULL)
    return;
  self = g_new0 (NudgeAutosave, 1);
  self->document = document;
  self->session = g_object_ref (nudge_document_get_session (document));
  self->kept = kept;
  g_signal_connect_swapped (document, "frame", G_CALLBACK (frame_cb), self);
  g_signal_connect_swapped (document, "notify::file", G_CALLBACK (note_cb), self);
  g_signal_connect_swapped (document, "notify::unsaved", G_CALLBACK (note_cb), self);
  g_signal_connect_swapped (self->session, "kept", G_CALLBACK (kept_cb), self);
  if (g_set_object (&self->learner, nudge_document_get_learner (document)))
    g_signal_connect_swapped (self->learner, "changed", G_CALLBACK (learner_cb), self);
  if (nudge_settings_get () != NULL)
    g_signal_connect_swapped (nudge_settings_get (), "changed::autosave",
                              G_CALLBACK (setting_cb), self);
  g_object_set_data_full (G_OBJECT (document), "nudge-autosave", self, autosave_free);
  if (kept != NULL)
    begin (self);
}
