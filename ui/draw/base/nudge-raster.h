/* nudge-raster.h - the pixels behind a cairo_t, for what Cairo is slow at
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. Where a cairo_t draws on an image, not rotated and clipped to a
 * rectangle, as it does in the window and in a PNG, its pixels can be written directly.
 * Where it does not (SVG, PDF), nudge_raster_begin () says so, and the painter strokes with
 * Cairo: both show the same, but for single pixels' shades at edges.
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* A plain value, valid between begin and end. Pixel (x, y) is the unit square from there;
 * a place p of the user's is at scale * p + x0, or y0. */
typedef struct {
  cairo_surface_t *surface; /* (unowned) of the cairo_t */
  guint32 *pixels;          /* premultiplied; 0xAARRGGBB */
  gsize stride;             /* pixels from a row to the next */
  gboolean has_alpha;
  int left; /* what may be written … */
  int top;
  int right; /* … up to, not including */
  int bottom;
  double scale; /* greater than 0 */
  double x0;
  double y0;
} NudgeRaster;

gboolean nudge_raster_begin (NudgeRaster *self, cairo_t *cr);
void nudge_raster_end (NudgeRaster *self);

G_END_DECLS
