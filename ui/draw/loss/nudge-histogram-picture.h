/* nudge-histogram-picture.h - how every layer's weights are spread, now and at the start
 *
 * SPDX-License-Identifier: MIT
 *
 * A small plot for each layer: bars for the weights as they are, in the layer's colour, and
 * a line for those that the run began with. Same arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "nn/session/nn-frame.h"
#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

void nudge_draw_histograms (cairo_t *cr,
                            const NnFrame *frame,
                            const NudgePalette *palette,
                            double width,
                            double height);
char *nudge_histograms_dup_words (const NnFrame *frame) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
