/* nudge-cells.h - a few pixels that fill a rectangle
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. On an image those with round corners are written directly (see
 * nudge-raster.h), all others are Cairo's.
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const guint32 *pixels; /* (n_rows, n_columns) opaque: 0xffRRGGBB */
  gsize n_rows;
  gsize n_columns;
  double x; /* the rectangle, in the user's units */
  double y;
  double width;
  double height;
  double radius;   /* of its corners */
  gboolean smooth; /* interpolated between the middles of cells, else as squares */
} NudgeCells;

void nudge_draw_cells (cairo_t *cr, const NudgeCells *cells);

G_END_DECLS
