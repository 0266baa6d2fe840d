/* nudge-file-edit.h - a nudge of a file's tensors, with its state and result
 *
 * SPDX-License-Identifier: MIT
 *
 *   "changed"  its state or version is another one
 */

#pragma once

#include <gio/gio.h>

#include "nn/patch/nn-file-version.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_FILE_EDIT_PENDING, /* it is being applied, or waits for that */
  NUDGE_FILE_EDIT_DONE,
  NUDGE_FILE_EDIT_UNDONE,
} NudgeFileEditState;

#define NUDGE_TYPE_FILE_EDIT (nudge_file_edit_get_type ())
G_DECLARE_FINAL_TYPE (NudgeFileEdit, nudge_file_edit, NUDGE, FILE_EDIT, GObject)

NudgeFileEdit *nudge_file_edit_new (NnNudge *nudge) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *nudge_file_edit_get_nudge (NudgeFileEdit *self);
NudgeFileEditState nudge_file_edit_get_state (NudgeFileEdit *self);
void nudge_file_edit_set_state (NudgeFileEdit *self, NudgeFileEditState state);
NnFileVersion *nudge_file_edit_get_version (NudgeFileEdit *self);
void nudge_file_edit_set_version (NudgeFileEdit *self, NnFileVersion *version);

G_END_DECLS
