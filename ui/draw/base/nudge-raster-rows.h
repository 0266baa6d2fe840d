/* nudge-raster-rows.h - the innermost loops of shapes and lines: one row of pixels
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. Compiled for several instruction sets, as nudge-raster-tile.h is.
 * All lengths are in pixels; no number is infinite or not a number. Pixels are premultiplied
 * 0xAARRGGBB; where an image has no alpha, those bits have no meaning.
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
  float peak;    /* the most that a pixel is covered: less than 1 of a hair */
  float opacity; /* in [0, 1] */
} NudgeRowShape;

/* The straight parts of a line, by columns of pixels: one part in each column. Where the
 * line turns, several parts cross a column, and each is in a NudgeRowColumns of its own. */
typedef struct {
  float *middle; /* (n) row in which the part crosses the column's middle */
  float *shrink; /* (n) a pixel's distance to the part over that down the column; 0: all
                  * from top to bottom is covered */
  float *top;    /* (n) row where the part begins; greater than bottom: no part here */
  float *bottom; /* (n) row where it ends */
  float *chunk_top; /* (n / NUDGE_ROW_CHUNK, rounded up) the least top of a chunk … */
  float *chunk_bottom; /* … and its greatest bottom */
} NudgeRowColumns;

/* Columns that are computed together. */
#define NUDGE_ROW_CHUNK 16

#define NUDGE_ROW_LAYERS 4

typedef struct {
  NudgeRowColumns layers[NUDGE_ROW_LAYERS];
  gsize n_layers;
  float half;      /* of its width, and half a pixel */
  float peak;      /* the most that a pixel is covered: less than 1 of a hair */
  float opacity;   /* in [0, 1] */
  float colour[4]; /* red, green, blue in [0, 255], and 255 */
} NudgeRowLine;

typedef struct {
  /* How much of each pixel the shape covers, in [0, 1]. */
  void (*cover_shape) (const NudgeRowShape *shape, float *covered, gsize n);
  void (*blend) (guint32 *pixels, const float *covered, const float *colour, gsize n);
  /* The same with a colour for each pixel; premultiplied. */
  void (*blend_pixels) (guint32 *pixels,
                        const float *covered,
                        const guint32 *colours,
                        gsize n);
  /* Between two rows of few pixels: of output pixel i from @from[i] on, @beside[i] of the way
   * to the next one, and @down of the way to the lower row. */
  void (*interpolate) (const guint32 *upper,
                       const guint32 *lower,
                       float down,
                       const guint32 *from,
                       const float *beside,
                       guint32 *pixels,
                       gsize n);
  /* In the row from @y down. */
  void (*draw_line) (const NudgeRowLine *line, float y, guint32 *pixels, gsize n);
} NudgeRowLoops;

extern const NudgeRowLoops NN_IN_EACH_SET (nudge_row_loops);

G_END_DECLS
