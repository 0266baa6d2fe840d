/* nudge-raster-column.h - the innermost loop of curves: one column of pixels
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to nudge-raster-curves.c. Compiled for several instruction sets; on processors
 * other than x86-64 there is one. All lengths are in pixels; nothing in it is infinite or
 * not a number.
 */

#pragma once

#include <glib.h>

#include "nn/kernels/nn-instruction-sets.h"

G_BEGIN_DECLS

/* Rows that are computed together. A column has as many below its last one, to be written
 * to and forgotten. */
#define NUDGE_RASTER_LANES 8

/* What a column of one curve is drawn with, after its place. */
typedef struct {
  float half;      /* of its width, and half a pixel */
  float peak;      /* the most that a pixel is covered: less than 1 of a hair */
  float opacity;   /* in [0, 1] */
  float colour[4]; /* red, green, blue in [0, 255], and 255 */
  float period;    /* of dashes, which begin with what is drawn; 0: it is solid */
  float drawn;     /* of a period */
} NudgeRasterInk;

/* Curves from left to right; the column is at a share of the way from y0 to y0 + dy. */
typedef struct {
  const float *y0; /* (n) */
  const float *dy; /* (n) */
  float *length;   /* (n) in/out: of each curve so far, then with this column, too */
  const NudgeRasterInk *inks; /* (n) */
  gsize n;
  float share;   /* of dy that the column's middle is at */
  float slope;   /* that of share */
  float covered; /* of the column, from left to right: less than 1 at a curve's ends */
} NudgeRasterCurves;

/* Its pixels, each colour for itself: [plane][row]. */
typedef struct {
  float *planes;
  gsize plane_stride; /* at least n_rows + NUDGE_RASTER_LANES */
  gsize n_planes;     /* 3, or 4 with alpha */
  int n_rows;
} NudgeRasterColumn;

typedef void
NudgeRasterLoop (const NudgeRasterCurves *curves, const NudgeRasterColumn *column);

NudgeRasterLoop NN_IN_EACH_SET (nudge_raster_draw_column);

G_END_DECLS
