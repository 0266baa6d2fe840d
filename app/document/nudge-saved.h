/* nudge-saved.h - how much of what was done to a document is in its file
 *
 * SPDX-License-Identifier: MIT
 *
 * Every change of the document gets a revision; the file has all up to one of them. A plain
 * value with one owner; all zero is a document that has no file and no changes.
 */

#pragma once

#include <gio/gio.h>

#include "nn/experiment/nn-log.h"

G_BEGIN_DECLS

typedef struct {
  GFile *file; /* (owned) (nullable) */
  char *stamp; /* (owned) (nullable) of @file, when it was last read or written here */
  guint64 revision;   /* counts the changes */
  guint64 in_file_to; /* the newest revision that need not be saved */
  gsize n_left_out;   /* coming actions of another branch that the user saved without */
  NnLog *log;         /* (owned) (nullable) as it would be saved now */
  NnLog *log_in_file; /* (owned) (nullable) where this is all that can differ */
} NudgeSaved;

void nudge_saved_clear (NudgeSaved *self);
gboolean nudge_saved_set_file (NudgeSaved *self, GFile *file, guint64 revision);
void nudge_saved_change (NudgeSaved *self);
gboolean nudge_saved_follow_log (NudgeSaved *self, NnLog *log, gboolean is_newest);
gboolean nudge_saved_is_unsaved (const NudgeSaved *self);
gboolean nudge_saved_has_file_changed (const NudgeSaved *self);
char *nudge_saved_dup_file_name (const NudgeSaved *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
