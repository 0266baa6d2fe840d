/* nudge-raster-rows.h - the innermost loops of shapes and areas: one row of pixels
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. Compiled for several instruction sets, as nudge-raster-tile.h is.
 * All lengths are in pixels; no number is infinite or not a number. Pixels are premultiplied
 * 0xAARRGGBB; the alpha of those that have none becomes 0xff where they are drawn on.
 */

#pragma once

#include <glib.h>

#include "nn/kernels/nn-instruction-sets.h"

G_BEGIN_DECLS

/* What a row of pixels crosses of a shape. */
typedef struct {
  gboolean is_diamond; /* else a rectangle with round corners */
  gboolean is_line;    /* on its boundary, else it is filled */
  float x;             /* of its middle, from the first pixel's middle */
  float y;             /* of the row's middle, from the shape's */
  float half_width;
  float half_height;
  float radius;
  float half_line;
  float peak;      /* the most that a pixel is covered: less than 1 of a hair */
  float opacity;   /* in [0, 1] */
  float colour[4]; /* red, green, blue in [0, 255], and 255 */
} NudgeRowShape;

/* What a row of pixels crosses of an area that has a top and a bottom at each column. */
typedef struct {
  const float
      *top; /* (n) from the row's upper end down; below bottom where there is none */
  const float *bottom; /* (n) */
  float opacity;       /* in [0, 1] */
  float colour[4];     /* red, green, blue in [0, 255], and 255 */
} NudgeRowArea;

typedef struct {
  void (*draw_shape) (const NudgeRowShape *shape, guint32 *pixels, gsize n);
  void (*draw_area) (const NudgeRowArea *area, float y, guint32 *pixels, gsize n);
} NudgeRowLoops;

extern const NudgeRowLoops NN_IN_EACH_SET (nudge_row_loops);

G_END_DECLS
