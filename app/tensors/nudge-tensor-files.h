/* nudge-tensor-files.h - saving, comparing and closing, in a window of tensors
 *
 * SPDX-License-Identifier: MIT
 *
 * The first Save asks for a file, as the one that was opened is never changed. A file
 * that is dropped on the window is compared with it.
 */

#pragma once

#include "app/tensors/nudge-tensor-window.h"

G_BEGIN_DECLS

void nudge_tensor_files_add (NudgeTensorWindow *window);

G_END_DECLS
