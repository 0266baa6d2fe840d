/* nudge-raster-curves.h - many curves from one column of things to the next
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. A curve leaves level, arrives level, and turns half way: Cairo's
 * curve_to with both control points at the middle. What a pixel is covered, in a column of
 * pixels, is the overlap of the curve's width with a pixel's, both taken across the curve
 * where it crosses the column's middle, as though it were straight there and the pixel
 * turned with it; a dash's end likewise, along the curve; the curve's own ends are vertical.
 * Of a curve that is much wider than a pixel this is the area that it covers of the
 * pixel but for a few hundredths.
 */

#pragma once

#include "ui/draw/nudge-palette.h"
#include "ui/draw/nudge-raster.h"

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
} NudgeRasterCurve;

void nudge_raster_draw_curves (const NudgeRaster *self,
                               double x0,
                               double x1,
                               const NudgeRasterCurve *curves,
                               gsize n);

G_END_DECLS
