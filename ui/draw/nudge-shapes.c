/* nudge-shapes.c - many small shapes: points, diamonds, squares with round corners
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-shapes.h"

#include <math.h>

#include "nn/kernels/nn-kernels.h"
#include "ui/draw/nudge-paint.h"
#include "ui/draw/nudge-raster-rows.h"
#include "ui/draw/nudge-raster.h"

/* ---- on pixels --------------------------------------------------------------------- */

static void
draw_on_pixels (const NudgeRaster *raster, const NudgeShape *shape)
{
  static const NudgeRowLoops *const loops[NN_N_SETS] = { NN_IN_EACH_SET (
      &nudge_row_loops) };
  const NudgeRowLoops *loop = loops[nn_kernels_get ()->set];
  const double scale = raster->scale;
  const double x = raster->x0 + scale * shape->x, y = raster->y0 + scale * shape->y;
  const double half_width = scale * shape->half_width;
  const double half_height = scale * shape->half_height;
  const double line = scale * shape->line;
  const double reach = line / 2 + 1;
  const int left =
      (int) floor (CLAMP (x - half_width - reach, raster->left, raster->right));
  const int right =
      (int) ceil (CLAMP (x + half_width + reach, raster->left, raster->right));
  const int top =
      (int) floor (CLAMP (y - half_height - reach, raster->top, raster->bottom));
  const int bottom =
      (int) ceil (CLAMP (y + half_height + reach, raster->top, raster->bottom));
  NudgeRowShape row = {
    .is_diamond = shape->kind == NUDGE_SHAPE_DIAMOND,
    .x = (float) (x - 0.5 - left),
    .half_width = (float) half_width,
    .half_height = (float) half_height,
    .radius = (float) MIN (scale * shape->radius, MIN (half_width, half_height)),
    .half_line = (float) (line / 2),
    .peak = line > 0 ? (float) MIN (line, 1) : 1,
    .is_line = line > 0,
    .opacity = (float) shape->opacity,
    .colour = { (float) (255 * shape->colour.red), (float) (255 * shape->colour.green),
                (float) (255 * shape->colour.blue), 255 },
  };

  if (left >= right)
    return;
  for (int i = top; i < bottom; i++) {
    row.y = (float) (i + 0.5 - y);
    loop->draw_shape (&row, raster->pixels + (gsize) i * raster->stride + left,
                      (gsize) (right - left));
  }
}

/* ---- by Cairo ---------------------------------------------------------------------- */

static void
draw_by_cairo (cairo_t *cr, const NudgeShape *shape)
{
  if (shape->kind == NUDGE_SHAPE_DIAMOND)
    nudge_paint_diamond (cr, shape->x, shape->y, shape->half_width);
  else
    nudge_paint_rounded (cr, shape->x - shape->half_width, shape->y - shape->half_height,
                         2 * shape->half_width, 2 * shape->half_height, shape->radius);
  nudge_paint_set_colour (cr, &shape->colour, shape->opacity);
  if (shape->line > 0) {
    cairo_set_line_width (cr, shape->line);
    cairo_stroke (cr);
  } else {
    cairo_fill (cr);
  }
}

/**
 * nudge_draw_shapes:
 * @shapes: (n) from the lowest to the one on top
 */
void
nudge_draw_shapes (cairo_t *cr, const NudgeShape *shapes, gsize n)
{
  NudgeRaster raster;

  if (n == 0)
    return;
  if (nudge_raster_begin (&raster, cr)) {
    for (gsize i = 0; i < n; i++)
      draw_on_pixels (&raster, &shapes[i]);
    nudge_raster_end (&raster);
    return;
  }
  for (gsize i = 0; i < n; i++)
    draw_by_cairo (cr, &shapes[i]);
}

void
nudge_draw_shape (cairo_t *cr, NudgeShape shape)
{
  nudge_draw_shapes (cr, &shape, 1);
}

/* ---- making them; without a colour -------------------------------------------------- */

NudgeShape
nudge_shape_of_circle (double x, double y, double radius)
{
  return (NudgeShape){ NUDGE_SHAPE_RECTANGLE, x, y, radius, radius, radius };
}

/* @radius: from its middle to each corner */
NudgeShape
nudge_shape_of_diamond (double x, double y, double radius)
{
  return (NudgeShape){ NUDGE_SHAPE_DIAMOND, x, y, radius, radius };
}

/* @x: of its upper left corner, as @y */
NudgeShape
nudge_shape_of_rectangle (double x, double y, double width, double height, double radius)
{
  return (NudgeShape){
    NUDGE_SHAPE_RECTANGLE, x + width / 2, y + height / 2, width / 2, height / 2, radius
  };
}
