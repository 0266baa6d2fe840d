/* nudge-file-edit-row.h - a row of NudgeFileEdits
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to that list.
 *
 *   "copy-script"  (NnNudge*) the user asks for it as PyTorch code
 */

#pragma once

#include <gtk/gtk.h>

#include "app/tensors/nudge-file-edit.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_FILE_EDIT_ROW (nudge_file_edit_row_get_type ())
G_DECLARE_FINAL_TYPE (NudgeFileEditRow,
                      nudge_file_edit_row,
                      NUDGE,
                      FILE_EDIT_ROW,
                      GtkListBoxRow)

GtkWidget *nudge_file_edit_row_new (NudgeFileEdit *edit);
void nudge_file_edit_row_show_receipt (NudgeFileEditRow *self);

G_END_DECLS
