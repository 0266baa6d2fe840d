/* nudge-tensor-files.h - saving, comparing and closing, in a window of tensors
 *
 * SPDX-License-Identifier: MIT
 *
 * Save asks for a file the first time, as the one that was opened stays as it is. A file
 * that is dropped on the window is compared with it.
 */

#pragma once

#include "app/tensors/nudge-tensor-window.h"

G_BEGIN_DECLS

void nudge_tensor_files_add (NudgeTensorWindow *window);

G_END_DECLS
