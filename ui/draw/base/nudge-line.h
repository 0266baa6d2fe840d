/* nudge-line.h - lines and bands from left to right, of many points
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. On an image the pixels are written directly (see
 * nudge-raster.h). There a pixel is covered by the overlap of the line's width with a
 * pixel's, both taken across the line where it crosses the pixel's column, but not beyond
 * the heights that the line has in that column; of a band, by the part of the pixel's height
 * that is in it. Where parts of one line meet, what is covered most counts, once. Elsewhere
 * Cairo strokes and fills.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

/* All lengths are the user's. */
typedef struct {
  double x;
  double y;
} NudgePoint;

typedef struct {
  double width;
  double drawn;   /* of each dash, from left to right; 0: it is solid */
  double skipped; /* between two dashes */
  const NudgeColour *colour;
  double opacity;
} NudgeLineStyle;

/* The upper and lower end of what is in one column; top > bottom: nothing is. */
typedef struct {
  double top;
  double bottom;
} NudgeExtent;

void nudge_draw_line (cairo_t *cr,
                      const NudgePoint *points,
                      gsize n,
                      const NudgeLineStyle *style);
double nudge_band_get_pitch (cairo_t *cr, double *x);
void nudge_draw_band (cairo_t *cr,
                      double x,
                      double pitch,
                      const NudgeExtent *extents,
                      gsize n,
                      const NudgeLineStyle *style);

G_END_DECLS
