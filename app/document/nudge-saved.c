/* nudge-saved.c - how much of what was done to a document is in its file
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-saved.h"

#include "app/base/nudge-file-stamp.h"

void
nudge_saved_clear (NudgeSaved *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->stamp, g_free);
  g_clear_pointer (&self->log, nn_log_unref);
  g_clear_pointer (&self->log_in_file, nn_log_unref);
}

/**
 * nudge_saved_set_file:
 * @file: has all changes up to @revision
 *
 * To be called when @file has just been read or written.
 *
 * Returns: whether it is another file than before
 */
gboolean
nudge_saved_set_file (NudgeSaved *self, GFile *file, guint64 revision)
{
  self->in_file_to = revision;
  g_clear_pointer (&self->log_in_file, nn_log_unref);
  if (self->log != NULL && !nudge_saved_is_unsaved (self))
    self->log_in_file = nn_log_ref (self->log);
  g_free (self->stamp);
  self->stamp = nudge_file_stamp_dup (file);
  return g_set_object (&self->file, file);
}

gboolean
nudge_saved_is_unsaved (const NudgeSaved *self)
{
  return self->revision != self->in_file_to;
}

/**
 * nudge_saved_change:
 *
 * To be called for a change that is not in the log.
 */
void
nudge_saved_change (NudgeSaved *self)
{
  self->revision++;
  g_clear_pointer (&self->log_in_file, nn_log_unref);
}

/* Without events it is the experiment as it was opened, however often it is reset. */
static gboolean
is_other (const NnLog *log, const NnLog *before)
{
  return log != before &&
         (nn_log_get_n_events (log) > 0 || nn_log_get_n_events (before) > 0);
}

/**
 * nudge_saved_follow_log:
 * @log: as it would be saved now
 * @is_newest: whether nothing was asked of the run since that will change it
 *
 * Undo, redo, a reset or going on in the past are changes, too, where the log is another
 * one then; and none where it comes back to what the file has.
 *
 * Returns: whether there is another answer to nudge_saved_is_unsaved ()
 */
gboolean
nudge_saved_follow_log (NudgeSaved *self, NnLog *log, gboolean is_newest)
{
  const gboolean was_unsaved = nudge_saved_is_unsaved (self);
  g_autoptr (NnLog) before = self->log;

  self->log = nn_log_ref (log);
  if (before == NULL && !was_unsaved)
    self->log_in_file = nn_log_ref (log);
  else if (before != NULL && is_other (log, before))
    self->revision++;
  if (log == self->log_in_file && log != before && is_newest)
    self->in_file_to = self->revision;
  return was_unsaved != nudge_saved_is_unsaved (self);
}

/* Returns: whether the file was written elsewhere since it was read or saved here */
gboolean
nudge_saved_has_file_changed (const NudgeSaved *self)
{
  g_autofree char *stamp = self->file ? nudge_file_stamp_dup (self->file) : NULL;

  return stamp != NULL && g_strcmp0 (stamp, self->stamp) != 0;
}

/* Returns: (transfer full) (nullable): for display; %NULL if there is no local file */
char *
nudge_saved_dup_file_name (const NudgeSaved *self)
{
  g_autofree char *path = self->file ? g_file_get_path (self->file) : NULL;

  return path ? g_filename_display_basename (path) : NULL;
}
