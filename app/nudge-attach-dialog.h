/* nudge-attach-dialog.h - choosing the job to attach to, and how to start one
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/nudge-window.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_ATTACH_DIALOG (nudge_attach_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NudgeAttachDialog,
                      nudge_attach_dialog,
                      NUDGE,
                      ATTACH_DIALOG,
                      AdwWindow)

GtkWidget *nudge_attach_dialog_new (NudgeWindow *window);

G_END_DECLS
