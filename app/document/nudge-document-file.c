/* nudge-document-file.c - a document and its file: its name, and what is not in the file
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-document-private.h"
#include "nn/base/nn-text.h"

/* Returns: counts the changes; what is saved now goes to nudge_document_set_saved () with
 *   this revision, as more may be done before the file is written */
guint64
nudge_document_get_revision (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), 0);

  return self->saved.revision;
}

/**
 * nudge_document_set_saved:
 * @file: (transfer none): has just been written, or read
 * @revision: of the document when it was taken for @file, which may be older than now
 */
void
nudge_document_set_saved (NudgeDocument *self, GFile *file, guint64 revision)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  if (nudge_saved_set_file (&self->saved, file, revision))
    nudge_document_notify (self, NUDGE_DOCUMENT_PROP_FILE);
  nudge_document_notify (self, NUDGE_DOCUMENT_PROP_UNSAVED);
}

/**
 * nudge_document_set_recovered:
 * @file: (nullable): which it was opened from, or saved to, before the crash
 * @unsaved: whether it has changes that @file has not
 *
 * For a document that was made of a run that Nudge kept.
 */
void
nudge_document_set_recovered (NudgeDocument *self, GFile *file, gboolean unsaved)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  self->saved.revision++;
  if (file != NULL)
    nudge_document_set_saved (self, file, unsaved ? 0 : self->saved.revision);
  else if (!unsaved)
    self->saved.in_file_to = self->saved.revision;
  nudge_document_notify (self, NUDGE_DOCUMENT_PROP_UNSAVED);
}

/**
 * nudge_document_set_notice:
 * @notice: (nullable): copied
 */
void
nudge_document_set_notice (NudgeDocument *self, const char *notice)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  g_free (self->notice);
  self->notice = g_strdup (notice);
  nudge_document_notify (self, NUDGE_DOCUMENT_PROP_NOTICE);
}

/**
 * nudge_document_dup_name:
 *
 * Returns: (transfer full): of the file, or else the experiment's title
 */
char *
nudge_document_dup_name (NudgeDocument *self)
{
  char *name;

  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  name = nudge_saved_dup_file_name (&self->saved);
  return name ? name : g_strdup (nn_text_get_translated (self->experiment->title));
}

/**
 * nudge_document_dup_title:
 *
 * Returns: (transfer full): for a title bar: its name, after a "•" if it is unsaved
 */
char *
nudge_document_dup_title (NudgeDocument *self)
{
  g_autofree char *name = nudge_document_dup_name (self);

  return nudge_saved_is_unsaved (&self->saved) ? g_strconcat ("• ", name, NULL)
                                               : g_steal_pointer (&name);
}

/**
 * nudge_document_is_untouched:
 *
 * Returns: whether nothing was done to it and no step was trained, so that another
 *   document can take its window
 */
gboolean
nudge_document_is_untouched (NudgeDocument *self)
{
  const NnFrame *frame = nudge_document_get_frame (self);
  gboolean running;

  g_object_get (self->session, "running", &running, NULL);
  return self->saved.revision == 0 && !running && (frame == NULL || frame->step == 0);
}

/**
 * nudge_document_has_file_changed:
 *
 * Returns: whether the file was written elsewhere since it was read or saved here
 */
gboolean
nudge_document_has_file_changed (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), FALSE);

  return nudge_saved_has_file_changed (&self->saved);
}

/**
 * nudge_document_get_n_left_out:
 *
 * Returns: how many coming actions would not be in a file that is written now, as the run
 *   has left them for another branch, or as they need one that was undone; without those
 *   that were left out before
 */
gsize
nudge_document_get_n_left_out (NudgeDocument *self)
{
  const NnFrame *frame;
  gsize n;

  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), 0);

  frame = nudge_document_get_frame (self);
  if (frame == NULL || self->saved.revision == 0) /* it is written as it was opened */
    return 0;
  n = frame->n_kept + frame->n_unfit;
  return n - MIN (n, self->saved.n_left_out);
}

/* The user has agreed to save without them. */
void
nudge_document_leave_out (NudgeDocument *self)
{
  const NnFrame *frame;

  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  frame = nudge_document_get_frame (self);
  self->saved.n_left_out = frame->n_kept + frame->n_unfit;
}
