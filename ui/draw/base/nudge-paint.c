/* nudge-paint.c - the few shapes and strokes that all pictures share
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-paint.h"

#include <math.h>

/* Of a chain of transformations, in pixels. */
#define ROUNDING 1e-6

/* A line on the middle of a pixel is one pixel wide, not two half ones. */
double
nudge_paint_snap (double position)
{
  return floor (position) + 0.5;
}

void
nudge_paint_set_colour (cairo_t *cr, const NudgeColour *colour, double alpha)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, alpha);
}

/**
 * nudge_paint_mix:
 * @share: 0 gives @a, 1 gives @b
 *
 * An opaque tint, for what is under other things: unlike a translucent colour it looks
 * the same wherever it is laid.
 */
NudgeColour
nudge_paint_mix (const NudgeColour *a, const NudgeColour *b, double share)
{
  return (NudgeColour){ a->red + (b->red - a->red) * share,
                        a->green + (b->green - a->green) * share,
                        a->blue + (b->blue - a->blue) * share };
}

/* Starts a new path: a rectangle with round corners. */
void
nudge_paint_rounded (cairo_t *cr,
                     double x,
                     double y,
                     double width,
                     double height,
                     double radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/* Starts a new path: the sign of a nudge, @radius from its centre to each corner. */
void
nudge_paint_diamond (cairo_t *cr, double x, double y, double radius)
{
  cairo_new_path (cr);
  cairo_move_to (cr, x, y - radius);
  cairo_line_to (cr, x + radius, y);
  cairo_line_to (cr, x, y + radius);
  cairo_line_to (cr, x - radius, y);
  cairo_close_path (cr);
}

/* To whole pixels where there are any, by less than one more: between pixels a clip would
 * have shades, and what is drawn in it would be slow. */
void
nudge_paint_clip (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_surface_t *surface = cairo_get_group_target (cr);
  double x1 = x + width, y1 = y + height;
  double x_scale = 1, y_scale = 1;

  cairo_new_path (cr);
  if (cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_IMAGE) {
    cairo_rectangle (cr, x, y, width, height);
    cairo_clip (cr);
    return;
  }
  cairo_surface_get_device_scale (surface, &x_scale, &y_scale);
  cairo_user_to_device (cr, &x, &y);
  cairo_user_to_device (cr, &x1, &y1);
  x = floor (x * x_scale + ROUNDING) / x_scale;
  y = floor (y * y_scale + ROUNDING) / y_scale;
  x1 = ceil (x1 * x_scale - ROUNDING) / x_scale;
  y1 = ceil (y1 * y_scale - ROUNDING) / y_scale;
  cairo_device_to_user (cr, &x, &y);
  cairo_device_to_user (cr, &x1, &y1);
  cairo_rectangle (cr, x, y, x1 - x, y1 - y);
  cairo_clip (cr);
}

void
nudge_paint_line (cairo_t *cr, double x0, double y0, double x1, double y1)
{
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  cairo_stroke (cr);
}
