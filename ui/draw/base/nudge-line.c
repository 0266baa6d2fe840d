/* nudge-line.c - lines and bands from left to right, of many points
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-line.h"

#include <math.h>

#include "ui/draw/base/nudge-line-raster.h"
#include "ui/draw/base/nudge-paint.h"

/* Stroking a long zigzag as one path costs Cairo far more than as several short ones. */
#define POINTS_PER_STROKE 64

static void
draw_line_by_cairo (cairo_t *cr,
                    const NudgePoint *points,
                    gsize n,
                    const NudgeLineStyle *style)
{
  const double dashes[] = { style->drawn, style->skipped };

  cairo_save (cr);
  nudge_paint_set_colour (cr, style->colour, style->opacity);
  cairo_set_line_width (cr, style->width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, style->drawn > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, dashes, style->drawn > 0 ? 2 : 0, 0);
  cairo_new_path (cr);
  for (gsize i = 0; i < n; i++) {
    cairo_line_to (cr, points[i].x, points[i].y);
    if (i % POINTS_PER_STROKE == POINTS_PER_STROKE - 1) {
      cairo_stroke (cr);
      cairo_move_to (cr, points[i].x, points[i].y);
    }
  }
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* The outline of the columns from @first up to @end: level, so that a spike of one column
 * keeps its width up to its tip. */
static void
fill_columns (cairo_t *cr,
              double x,
              double pitch,
              const NudgeExtent *extents,
              gsize first,
              gsize end)
{
  cairo_new_path (cr);
  for (gsize i = first; i < end; i++) {
    cairo_line_to (cr, x + pitch * (double) i, extents[i].top);
    cairo_line_to (cr, x + pitch * (double) (i + 1), extents[i].top);
  }
  for (gsize i = end; i-- > first;) {
    cairo_line_to (cr, x + pitch * (double) (i + 1), extents[i].bottom);
    cairo_line_to (cr, x + pitch * (double) i, extents[i].bottom);
  }
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* Stretches of columns in which something is drawn. */
static void
draw_band_by_cairo (cairo_t *cr,
                    double x,
                    double pitch,
                    const NudgeExtent *extents,
                    gsize n,
                    const NudgeLineStyle *style)
{
  const double period = style->drawn + style->skipped;
  gsize first = 0;

  nudge_paint_set_colour (cr, style->colour, style->opacity);
  for (gsize i = 0; i <= n; i++) {
    const double way = pitch * ((double) i + 0.5);
    const gboolean is_drawn =
        i < n && extents[i].top <= extents[i].bottom &&
        !(style->drawn > 0 && way - period * floor (way / period) > style->drawn);

    if (is_drawn)
      continue;
    if (i > first)
      fill_columns (cr, x, pitch, extents, first, i);
    first = i + 1;
  }
}

/**
 * nudge_draw_line:
 * @points: (n) from left to right
 */
void
nudge_draw_line (cairo_t *cr,
                 const NudgePoint *points,
                 gsize n,
                 const NudgeLineStyle *style)
{
  NudgeRaster raster;

  if (n < 2)
    return;
  if (nudge_raster_begin (&raster, cr)) {
    nudge_raster_draw_line (&raster, points, n, style);
    nudge_raster_end (&raster);
  } else {
    draw_line_by_cairo (cr, points, n, style);
  }
}

/**
 * nudge_band_get_pitch:
 * @x: (inout): where a band is to begin; moved to the left by less than a pixel
 *
 * Returns: how wide a band's columns had best be: as a pixel, or 1 where there are none
 */
double
nudge_band_get_pitch (cairo_t *cr, double *x)
{
  NudgeRaster raster;

  if (!nudge_raster_begin (&raster, cr))
    return 1;
  *x = (floor (raster.x0 + raster.scale * *x) - raster.x0) / raster.scale;
  nudge_raster_end (&raster);
  return 1 / raster.scale;
}

/**
 * nudge_draw_band:
 * @x: where the first column begins
 * @pitch: of the columns
 * @extents: (n)
 * @style: whose width does not count
 */
void
nudge_draw_band (cairo_t *cr,
                 double x,
                 double pitch,
                 const NudgeExtent *extents,
                 gsize n,
                 const NudgeLineStyle *style)
{
  NudgeRaster raster;

  if (n == 0)
    return;
  if (nudge_raster_begin (&raster, cr)) {
    nudge_raster_draw_band (&raster, x, pitch, extents, n, style);
    nudge_raster_end (&raster);
  } else {
    draw_band_by_cairo (cr, x, pitch, extents, n, style);
  }
}
