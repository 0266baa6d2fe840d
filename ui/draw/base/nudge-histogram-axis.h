/* nudge-histogram-axis.h - the values that a histogram is of, under its bars
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters.
 */

#pragma once

#include "ui/draw/base/nudge-text.h"

G_BEGIN_DECLS

/* Below the bars. */
#define NUDGE_HISTOGRAM_FOOT 20.0

void nudge_draw_histogram_axis (cairo_t *cr,
                                NudgeText *text,
                                const NudgePalette *palette,
                                const cairo_rectangle_t *area,
                                double low,
                                double high);

G_END_DECLS
