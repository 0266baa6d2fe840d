/* nudge-curves.h - many curves from one column of things to the next
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. A curve leaves level, arrives level, and turns half way: Cairo's
 * curve_to with both control points at the middle. Its own ends are cut off vertically, and
 * its dashes across it, the first at the left end.
 *
 * On an image the pixels are written directly (see nudge-raster.h). There a pixel is covered
 * by the overlap of the curve's width with a pixel's, both taken across the curve where it
 * crosses the middle of the pixel's column, as though it were straight there and the pixel
 * turned with it; at a dash's end likewise, along the curve. What is covered is then blended
 * over what is there, curve by curve, and rounded to 8 bits once. Elsewhere Cairo strokes,
 * and few curves that are enlarged.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

/* All lengths are the user's. */
typedef struct {
  double y0; /* of its middle, at the left end */
  double y1; /* at the right end */
  double width;
  double drawn;   /* of each dash; 0: it is solid */
  double skipped; /* between two dashes */
  NudgeColour colour;
  double opacity;
} NudgeCurve;

void
nudge_draw_curves (cairo_t *cr, double x0, double x1, const NudgeCurve *curves, gsize n);

G_END_DECLS
