/* nudge-kept-run.h - the files that keep a run while it is open, for after a crash
 *
 * SPDX-License-Identifier: MIT
 *
 * In the user's state folder: a checkpoint or, by another ending, something else to
 * recover from; a note with the document's title and file; and a lock, which the
 * process holds for as long as it lives. So every run is kept by one process, however
 * many there are, and a run without a lock is one whose process has crashed. A plain
 * value with one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NUDGE_EDITS_ENDING ".nudge-edits" /* of what was done to tensors */

typedef struct _NudgeKeptRun NudgeKeptRun;

typedef struct {
  char *title; /* (owned) (nullable) */
  char *uri;   /* (owned) (nullable) of the document's file */
  gboolean unsaved;
} NudgeKeptNote;

NudgeKeptRun *
nudge_kept_run_new (const char *ending, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NudgeKeptRun *nudge_kept_run_take_abandoned (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean nudge_kept_run_is_held (const NudgeKeptRun *self);
void nudge_kept_run_free (NudgeKeptRun *self);
void nudge_kept_run_remove (NudgeKeptRun *self);
char *nudge_kept_run_set_aside (NudgeKeptRun *self);

const char *nudge_kept_run_get_checkpoint (const NudgeKeptRun *self);
gboolean nudge_kept_run_write_note (const NudgeKeptRun *self,
                                    const NudgeKeptNote *note,
                                    GError **error);
void nudge_kept_run_read_note (const NudgeKeptRun *self, NudgeKeptNote *note);
char *nudge_kept_run_dup_failure (const char *reason) G_GNUC_WARN_UNUSED_RESULT;
void nudge_kept_note_clear (NudgeKeptNote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeKeptRun, nudge_kept_run_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NudgeKeptNote, nudge_kept_note_clear)

G_END_DECLS
