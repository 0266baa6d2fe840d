/* nudge-file-history.h - the nudges of a file's tensors: done, undone and pending
 *
 * SPDX-License-Identifier: MIT
 *
 * In their order: first those that are done, then either those that were undone or those
 * that wait. Knows no thread. One owner; views may show the list.
 */

#pragma once

#include "app/tensors/nudge-file-edit.h"

G_BEGIN_DECLS

typedef struct _NudgeFileHistory NudgeFileHistory;

NudgeFileHistory *nudge_file_history_new (NnFileVersion *file) G_GNUC_WARN_UNUSED_RESULT;
void nudge_file_history_free (NudgeFileHistory *self);

GListModel *nudge_file_history_get_list (NudgeFileHistory *self);
NnFileVersion *nudge_file_history_get_version (NudgeFileHistory *self);
NnNudge *nudge_file_history_get_pending (NudgeFileHistory *self);
gboolean nudge_file_history_can_undo (NudgeFileHistory *self);
gboolean nudge_file_history_can_redo (NudgeFileHistory *self);
char *nudge_file_history_dup_options (NudgeFileHistory *self, const char *path);

void nudge_file_history_append (NudgeFileHistory *self, NnNudge *nudge);
NudgeFileEdit *nudge_file_history_take (NudgeFileHistory *self, NnFileVersion *version);
void nudge_file_history_give_up (NudgeFileHistory *self);
void nudge_file_history_undo (NudgeFileHistory *self);
void nudge_file_history_redo (NudgeFileHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeFileHistory, nudge_file_history_free)

G_END_DECLS
