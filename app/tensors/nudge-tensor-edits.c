/* nudge-tensor-edits.c - unsaved nudges of a file's tensors, kept for after a crash
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-edits.h"

#include <glib/gi18n.h>

#include "app/base/nudge-file-stamp.h"
#include "app/base/nudge-found-file.h"
#include "app/base/nudge-settings.h"
#include "nn/arrays/nn-array-file.h"
#include "nn/base/nn-error.h"

#define GROUP "edits" /* of the file */

/* --- Keeping ----------------------------------------------------------------------- */

/* The document's data. */
typedef struct {
  NudgeTensorDocument *document; /* (unowned) whose data we are */
  NudgeKeptRun *kept;            /* (owned) (nullable) until there is something to keep */
  char *stamp;                   /* (owned) (nullable) of the file that was opened */
  NudgeTensorWindow *window;     /* (weak) (nullable) where a failure is told */
  gboolean failed;               /* which the user was told */
} Keeper;

static char *
dup_stamp (const char *path)
{
  const char *member;
  g_autofree char *name = nn_array_file_split_path (path, &member);
  g_autoptr (GFile) file = g_file_new_for_path (name);

  return nudge_file_stamp_dup (file);
}

static GPtrArray *
dup_texts (NudgeTensorDocument *document)
{
  GListModel *edits = nudge_tensor_document_get_edits (document);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (edits); i++) {
    g_autoptr (NudgeFileEdit) edit = g_list_model_get_item (edits, i);

    if (nudge_file_edit_get_state (edit) != NUDGE_FILE_EDIT_UNDONE)
      g_ptr_array_add (texts, nn_nudge_dup_text (nudge_file_edit_get_nudge (edit)));
  }
  return texts;
}

static gboolean
write_edits (Keeper *self, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GPtrArray) texts = dup_texts (self->document);
  g_autofree char *text = NULL;
  g_auto (NudgeKeptNote) note = { .unsaved = TRUE };

  g_key_file_set_string (keys, GROUP, "path",
                         nudge_tensor_document_get_path (self->document));
  g_key_file_set_string (keys, GROUP, "stamp", self->stamp ? self->stamp : "");
  g_key_file_set_string_list (keys, GROUP, "nudges", (const char *const *) texts->pdata,
                              texts->len);
  text = g_key_file_to_data (keys, NULL, NULL);
  note.title = nudge_tensor_document_dup_name (self->document);
  return g_file_set_contents_full (nudge_kept_run_get_checkpoint (self->kept), text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error) &&
         nudge_kept_run_write_note (self->kept, &note, error);
}

static void
end (Keeper *self)
{
  g_clear_pointer (&self->kept, nudge_kept_run_remove);
}

/* @reason: (nullable): %NULL: it works */
static void
say (Keeper *self, const char *reason)
{
  g_autofree char *text = reason ? nudge_kept_run_dup_failure (reason) : NULL;

  if (self->failed == (reason != NULL))
    return; /* once is enough */
  self->failed = reason != NULL;
  if (self->window != NULL)
    nudge_tensor_window_warn (self->window, text);
}

/* Where the lock was removed, with the folder say: in a new one. */
static gboolean
keep (Keeper *self, GError **error)
{
  if (self->kept != NULL && !nudge_kept_run_is_held (self->kept))
    end (self);
  if (self->kept == NULL)
    self->kept = nudge_kept_run_new (NUDGE_EDITS_ENDING, error);
  return self->kept != NULL && write_edits (self, error);
}

/* Kept while there are unsaved nudges. */
static void
follow (Keeper *self)
{
  const gboolean failed = self->failed;
  g_autoptr (GError) error = NULL;
  gboolean unsaved;

  g_object_get (self->document, "unsaved", &unsaved, NULL);
  if (!unsaved || !nudge_settings_get_boolean ("autosave", TRUE)) {
    end (self);
    say (self, NULL);
    return;
  }
  say (self, keep (self, &error) ? NULL : error->message);
  if (failed && !self->failed && self->window != NULL)
    nudge_tensor_window_say (self->window, _ ("Autosaving works again"));
}

static void
keeper_free (gpointer data)
{
  Keeper *self = data;

  end (self);
  g_clear_weak_pointer (&self->window);
  g_free (self->stamp);
  g_free (self);
}

/**
 * nudge_tensor_edits_keep:
 * @window: of the document; tells if that fails
 * @kept: (transfer full) (nullable): which the document was made of, and goes on in
 *
 * For as long as the document is there. It is added once.
 */
void
nudge_tensor_edits_keep (NudgeTensorWindow *window, NudgeKeptRun *kept)
{
  NudgeTensorDocument *document = nudge_tensor_window_get_document (window);
  Keeper *self = g_new0 (Keeper, 1);

  self->document = document;
  g_set_weak_pointer (&self->window, window);
  self->kept = kept;
  self->stamp = dup_stamp (nudge_tensor_document_get_path (document));
  g_signal_connect_swapped (document, "notify::unsaved", G_CALLBACK (follow), self);
  g_object_set_data_full (G_OBJECT (document), "nudge-tensor-edits", self, keeper_free);
}

/* --- Reading ----------------------------------------------------------------------- */

static gboolean
read_nudges (NudgeTensorEdits *self, GKeyFile *keys, GError **error)
{
  g_auto (GStrv) texts = g_key_file_get_string_list (keys, GROUP, "nudges", NULL, error);

  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++) {
    NnNudge *nudge = nn_nudge_parse_of_arrays (texts[i], NULL, error);

    if (nudge == NULL)
      return FALSE;
    g_ptr_array_add (self->nudges, nudge);
  }
  return texts != NULL;
}

static gboolean
check_stamp (const NudgeTensorEdits *self, GKeyFile *keys, GError **error)
{
  g_autofree char *stamp = dup_stamp (self->path);
  g_autofree char *kept = g_key_file_get_string (keys, GROUP, "stamp", NULL);

  if (g_strcmp0 (stamp, kept) == 0)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("%s has changed since, so its nudges would give a different result"),
               self->path);
  return FALSE;
}

/**
 * nudge_tensor_edits_read:
 * @data: not used
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a NudgeTensorEdits
 */
gpointer
nudge_tensor_edits_read (const char *path,
                         gconstpointer data,
                         const NnProgress *progress,
                         GError **error)
{
  g_autoptr (NudgeTensorEdits) self = g_new0 (NudgeTensorEdits, 1);
  g_autoptr (GKeyFile) keys = g_key_file_new ();

  self->nudges = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  if (!g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, error))
    return NULL;
  self->path = g_key_file_get_string (keys, GROUP, "path", error);
  if (self->path == NULL || !check_stamp (self, keys, error) ||
      !read_nudges (self, keys, error))
    return NULL;
  self->file = nudge_found_file_open_version (self->path, error);
  return self->file != NULL ? g_steal_pointer (&self) : NULL;
}

/* Returns: (transfer full): with its nudges being applied */
NudgeTensorDocument *
nudge_tensor_edits_make_document (const NudgeTensorEdits *self)
{
  NudgeTensorDocument *document = nudge_tensor_document_new (self->file, self->path);

  for (guint i = 0; i < self->nudges->len; i++)
    nudge_tensor_document_apply (document, self->nudges->pdata[i]);
  return document;
}

void
nudge_tensor_edits_free (NudgeTensorEdits *self)
{
  g_clear_pointer (&self->file, nn_file_version_unref);
  g_ptr_array_unref (self->nudges);
  g_free (self->path);
  g_free (self);
}
