/* nudge-compare-window.h - a window with the differences between two files of tensors
 *
 * SPDX-License-Identifier: MIT
 *
 * Between a window's tensors as they are when it opens and those of another file.
 */

#pragma once

#include "app/tensors/nudge-tensor-window.h"

G_BEGIN_DECLS

void nudge_compare_with_opened (NudgeTensorWindow *window);
void nudge_compare_with_file (NudgeTensorWindow *window, const char *path);

G_END_DECLS
