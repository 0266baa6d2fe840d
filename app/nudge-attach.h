/* nudge-attach.h - a window on a PyTorch job that is running
 *
 * SPDX-License-Identifier: MIT
 *
 * The job is reached on another thread, as it answers only after its next step.
 */

#pragma once

#include "app/nudge-window.h"

G_BEGIN_DECLS

void nudge_attach_async (const char *path,
                         GCancellable *cancel,
                         GAsyncReadyCallback callback,
                         gpointer data);
NudgeDocument *nudge_attach_finish (GAsyncResult *result, GError **error);

void nudge_attach_in (NudgeWindow *window, const char *path);

G_END_DECLS
