/* nudge-tensor-window.h - the window of a file's tensors
 *
 * SPDX-License-Identifier: MIT
 *
 * A view of a NudgeTensorDocument. Opening, saving, closing and comparing are added by
 * others, such as nudge-tensor-files.h.
 */

#pragma once

#include <adwaita.h>

#include "app/tensors/nudge-tensor-document.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_WINDOW (nudge_tensor_window_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorWindow,
                      nudge_tensor_window,
                      NUDGE,
                      TENSOR_WINDOW,
                      AdwApplicationWindow)

NudgeTensorWindow *
nudge_tensor_window_new (GtkApplication *application,
                         NudgeTensorDocument *document) G_GNUC_WARN_UNUSED_RESULT;
NudgeTensorDocument *nudge_tensor_window_get_document (NudgeTensorWindow *self);
void nudge_tensor_window_say (NudgeTensorWindow *self, const char *text);
void nudge_tensor_window_warn (NudgeTensorWindow *self, const char *text);
void nudge_tensor_window_explain (NudgeTensorWindow *self, const char *text);

G_END_DECLS
