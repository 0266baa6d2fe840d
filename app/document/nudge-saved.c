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
  g_free (self->stamp);
  self->stamp = nudge_file_stamp_dup (file);
  return g_set_object (&self->file, file);
}

gboolean
nudge_saved_is_unsaved (const NudgeSaved *self)
{
  return self->revision != self->in_file_to;
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
