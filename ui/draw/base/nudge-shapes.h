/* nudge-shapes.h - many small shapes: points, diamonds, squares with round corners
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. On an image the pixels are written directly (see
 * nudge-raster.h): a pixel is covered by half a pixel less its middle's distance to the
 * boundary, between none of it and all. Elsewhere Cairo fills and strokes.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_SHAPE_RECTANGLE, /* with round corners: a circle, if they are as wide as it */
  NUDGE_SHAPE_DIAMOND,
} NudgeShapeKind;

/* All lengths are the user's. */
typedef struct {
  NudgeShapeKind kind;
  double x; /* of its middle */
  double y;
  double half_width; /* a diamond is as high as wide */
  double half_height;
  double radius; /* of its corners; a diamond has none */
  double line;   /* the width of a line on its boundary; 0: it is filled */
  /* of each dash, from the top down, of a filled rectangle; 0: it is whole */
  double drawn;
  double skipped; /* between two dashes */
  NudgeColour colour;
  double opacity;
} NudgeShape;

void nudge_draw_shapes (cairo_t *cr, const NudgeShape *shapes, gsize n);
void nudge_draw_shape (cairo_t *cr, NudgeShape shape);

NudgeShape nudge_shape_of_circle (double x, double y, double radius);
NudgeShape nudge_shape_of_diamond (double x, double y, double radius);
NudgeShape
nudge_shape_of_rectangle (double x, double y, double width, double height, double radius);

G_END_DECLS
