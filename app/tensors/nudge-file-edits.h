/* nudge-file-edits.h - the list of the nudges of a file's tensors, newest first
 *
 * SPDX-License-Identifier: MIT
 *
 * A row says what was done, and what its receipt says; rows of nudges that were undone
 * are dimmed. Return, or a double click, shows the receipt.
 *
 *   "copy-script"  (NnNudge*) the user asks for it as PyTorch code
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_FILE_EDITS (nudge_file_edits_get_type ())
G_DECLARE_FINAL_TYPE (NudgeFileEdits, nudge_file_edits, NUDGE, FILE_EDITS, GtkWidget)

void nudge_file_edits_set_model (NudgeFileEdits *self, GListModel *edits);

G_END_DECLS
