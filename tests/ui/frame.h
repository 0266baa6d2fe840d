/* frame.h - a frame to draw
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/train/nn-frame.h"

G_BEGIN_DECLS

NnFrame *frame_new (guint64 step) G_GNUC_WARN_UNUSED_RESULT;
void frame_add_landing (NnFrame *self, const char *nudge, guint64 step);

G_END_DECLS
