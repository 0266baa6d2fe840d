/* nudge-raster-tile.h - the innermost loop of curves: a tile of a few columns of pixels
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to nudge-curves.c. Compiled for several instruction sets; on processors other than
 * x86-64 there is one. All lengths are in pixels; no number is infinite or not a number.
 */

#pragma once

#include <glib.h>

#include "nn/kernels/nn-instruction-sets.h"

G_BEGIN_DECLS

#define NUDGE_TILE_COLUMNS 4
#define NUDGE_TILE_PLANES  4

/* Rows below a tile's last one, to be written to and forgotten. */
#define NUDGE_TILE_SPARE 4

/* What a curve is drawn with. */
typedef struct {
  float half;      /* of its width, and half a pixel */
  float peak;      /* the most that a pixel is covered: less than 1 of a hair */
  float opacity;   /* in [0, 1] */
  float colour[4]; /* red, green, blue in [0, 255], and 255 */
  float period;    /* of dashes, which begin with what is drawn */
  float frequency; /* 1 / period */
  float drawn;     /* of a period */
} NudgeTileInk;

/* Curves from left to right: at @share of its way a curve is at y0 + share * dy. */
typedef struct {
  const float *y0;          /* (n) rows from the middle of the first one */
  const float *dy;          /* (n) */
  float *length;            /* (n) in/out: of each up to the tile, then with it */
  const NudgeTileInk *inks; /* (n) */
  gsize n;
} NudgeTileCurves;

typedef struct {
  float share[NUDGE_TILE_COLUMNS];   /* of the curves' way, at the columns' middles */
  float covered[NUDGE_TILE_COLUMNS]; /* of each: less than 1 at the curves' ends */
  float slope;                       /* that of share, in the tile's middle */
  float *planes;  /* (NUDGE_TILE_PLANES, n_rows + NUDGE_TILE_SPARE, NUDGE_TILE_COLUMNS)
                  * red, green, blue, alpha of the pixels */
  gsize n_planes; /* that are drawn: 3 without alpha */
  gsize n_rows;
} NudgeTile;

/* Rows of pixels of an image, of which some are in the tile. */
typedef struct {
  guint32 *pixels; /* of the tile's first row; 0xAARRGGBB */
  gsize stride;    /* pixels from a row to the next */
  gsize n_columns; /* that the image has of the tile's */
} NudgeTileSource;

typedef struct {
  void (*draw) (const NudgeTileCurves *curves, const NudgeTile *tile);
  void (*read) (const NudgeTile *tile,
                const NudgeTileSource *source,
                gsize first,
                gsize end);
  void (*write) (const NudgeTile *tile,
                 const NudgeTileSource *source,
                 gsize first,
                 gsize end);
} NudgeTileLoops;

extern const NudgeTileLoops NN_IN_EACH_SET (nudge_tile_loops);

G_END_DECLS
