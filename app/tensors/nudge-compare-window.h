/* nudge-compare-window.h - what differs between a window's tensors and those of another file
 *
 * SPDX-License-Identifier: MIT
 *
 * In a window of its own, with the tensors as they are then.
 */

#pragma once

#include "app/tensors/nudge-tensor-window.h"

G_BEGIN_DECLS

void nudge_compare_with_opened (NudgeTensorWindow *window);
void nudge_compare_with_file (NudgeTensorWindow *window, const char *path);

G_END_DECLS
