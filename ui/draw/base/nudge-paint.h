/* nudge-paint.h - the few shapes and strokes that all pictures share
 *
 * SPDX-License-Identifier: MIT
 *
 * For the painters, and for widgets that draw a little themselves: a focus ring, the time.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

/* Around every picture, and between what is not one thing. */
#define NUDGE_MARGIN 18.0

double nudge_paint_snap (double position);
void nudge_paint_set_colour (cairo_t *cr, const NudgeColour *colour, double alpha);
NudgeColour nudge_paint_mix (const NudgeColour *a, const NudgeColour *b, double share);
void nudge_paint_rounded (cairo_t *cr,
                          double x,
                          double y,
                          double width,
                          double height,
                          double radius);
void nudge_paint_diamond (cairo_t *cr, double x, double y, double radius);
void nudge_paint_clip (cairo_t *cr, double x, double y, double width, double height);
void nudge_paint_line (cairo_t *cr, double x0, double y0, double x1, double y1);

G_END_DECLS
