/* nudge-shapes.c - many small shapes: points, diamonds, squares with round corners
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-shapes.h"

#include <math.h>

#include "nn/kernels/nn-kernels.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-raster-rows.h"
#include "ui/draw/base/nudge-raster.h"

/* ---- on pixels --------------------------------------------------------------------- */

static NudgeRowShape
make_row (const NudgeRaster *raster, const NudgeShape *shape)
{
  const double scale = raster->scale, line = scale * shape->line;
  const double half_width = scale * shape->half_width;
  const double half_height = scale * shape->half_height;

  return (NudgeRowShape){
    .is_diamond = shape->kind == NUDGE_SHAPE_DIAMOND,
    .is_line = line > 0,
    .half_width = (float) half_width,
    .half_height = (float) half_height,
    .radius = (float) MIN (scale * shape->radius, MIN (half_width, half_height)),
    .half_line = (float) (line / 2),
    .peak = line > 0 ? (float) MIN (line, 1) : 1,
    .opacity = (float) shape->opacity,
  };
}

/* How much of the row from @from down is in a bar's dashes. @first: (inout): where the dash
 * begins that the row before was in, or before. */
static double
get_dashed (const NudgeShape *shape, double scale, double from, double *first)
{
  const double drawn = scale * shape->drawn, period = drawn + scale * shape->skipped;

  if (shape->drawn <= 0)
    return 1;
  while (from >= *first + period)
    *first += period;
  return MAX (MIN (from + 1, *first + drawn) - MAX (from, *first), 0) +
         MAX (from + 1 - (*first + period), 0);
}

/* Whether the rows there are all alike: between a bar's ends. */
static gboolean
is_within_bar (const NudgeRowShape *row)
{
  return !row->is_diamond && !row->is_line &&
         fabsf (row->y) + row->radius + row->half_width + 1 < row->half_height;
}

static void
draw_on_pixels (const NudgeRaster *raster, const NudgeShape *shape, float *covered)
{
  static const NudgeRowLoops *const loops[NN_N_SETS] = { NN_IN_EACH_SET (
      &nudge_row_loops) };
  const NudgeRowLoops *loop = loops[nn_kernels_get ()->set];
  const float colour[] = { (float) (255 * shape->colour.red),
                           (float) (255 * shape->colour.green),
                           (float) (255 * shape->colour.blue), 255 };
  const double x = raster->x0 + raster->scale * shape->x;
  const double y = raster->y0 + raster->scale * shape->y;
  NudgeRowShape row = make_row (raster, shape);
  const double across = (double) row.half_width + (double) row.half_line + 1;
  const double down = (double) row.half_height + (double) row.half_line + 1;
  const int left = (int) floor (CLAMP (x - across, raster->left, raster->right));
  const int right = (int) ceil (CLAMP (x + across, raster->left, raster->right));
  const int top = (int) floor (CLAMP (y - down, raster->top, raster->bottom));
  const int bottom = (int) ceil (CLAMP (y + down, raster->top, raster->bottom));
  double dashed_before = 0, first_dash = 0;

  row.x = (float) (x - 0.5 - left);
  for (int i = top; i < bottom && left < right; i++) {
    const double above = i - y + (double) row.half_height;
    const double dashed = get_dashed (shape, raster->scale, above, &first_dash);

    if (dashed <= 0)
      continue;
    row.y = (float) (i + 0.5 - y);
    row.opacity = (float) (shape->opacity * dashed);
    if (dashed != dashed_before || !is_within_bar (&row))
      loop->cover_shape (&row, covered, (gsize) (right - left));
    dashed_before = is_within_bar (&row) ? dashed : 0;
    loop->blend (raster->pixels + (gsize) i * raster->stride + left, covered, colour,
                 (gsize) (right - left));
  }
}

/* ---- by Cairo ---------------------------------------------------------------------- */

static void
draw_by_cairo (cairo_t *cr, const NudgeShape *shape)
{
  const double dashes[] = { shape->drawn, shape->skipped };

  cairo_new_path (cr);
  if (shape->drawn > 0)
    ; /* it is stroked below */
  else if (shape->kind == NUDGE_SHAPE_DIAMOND)
    nudge_paint_diamond (cr, shape->x, shape->y, shape->half_width);
  else
    nudge_paint_rounded (cr, shape->x - shape->half_width, shape->y - shape->half_height,
                         2 * shape->half_width, 2 * shape->half_height, shape->radius);
  nudge_paint_set_colour (cr, &shape->colour, shape->opacity);
  if (shape->drawn > 0) {
    cairo_set_line_width (cr, 2 * shape->half_width);
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
    nudge_paint_line (cr, shape->x, shape->y - shape->half_height, shape->x,
                      shape->y + shape->half_height);
    cairo_set_dash (cr, NULL, 0, 0);
  } else if (shape->line > 0) {
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
    g_autofree float *covered = g_new (float, (gsize) (raster.right - raster.left));

    for (gsize i = 0; i < n; i++)
      draw_on_pixels (&raster, &shapes[i], covered);
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
