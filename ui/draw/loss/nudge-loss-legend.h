/* nudge-loss-legend.h - which curve of the loss's picture is which
 *
 * SPDX-License-Identifier: MIT
 *
 * Drawn beside the picture, where there are several curves.
 */

#pragma once

#include <cairo.h>

#include "nn/session/nn-frame.h"
#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

gboolean nudge_loss_has_legend (const NnFrame *frame, gboolean smoothed);
void nudge_draw_loss_legend (cairo_t *cr,
                             const NnFrame *frame,
                             const NudgePalette *palette,
                             gboolean smoothed,
                             double width,
                             double height);

G_END_DECLS
