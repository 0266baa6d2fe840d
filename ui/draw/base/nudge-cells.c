/* nudge-cells.c - a few pixels that fill a rectangle
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-cells.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-kernels.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-raster-rows.h"
#include "ui/draw/base/nudge-raster.h"

/* ---- on pixels --------------------------------------------------------------------- */

/* Where pixel @i of those that a side begins at @start is among @n cells of @size pixels: in
 * cell @from, and how far on the way to the next one. */
static float
find_cell (const NudgeCells *self, double at, double size, gsize n, guint32 *from)
{
  const double place = CLAMP (at / size * (double) n - (self->smooth ? 0.5 : 0), 0,
                              (double) n - (self->smooth ? 1 : 1e-6));

  *from = (guint32) MIN (floor (place), (double) n - 1);
  return self->smooth ? (float) (place - *from) : 0;
}

/* A copy of them in which the last column is there twice: it has a next one, too. */
static guint32 *
dup_padded (const NudgeCells *self)
{
  const gsize n = self->n_columns;
  guint32 *padded = g_new (guint32, self->n_rows * (n + 1));

  for (gsize i = 0; i < self->n_rows; i++) {
    memcpy (padded + i * (n + 1), self->pixels + i * n, n * sizeof *padded);
    padded[i * (n + 1) + n] = self->pixels[i * n + n - 1];
  }
  return padded;
}

static void
draw_on_pixels (const NudgeRaster *raster, const NudgeCells *self)
{
  static const NudgeRowLoops *const loops[NN_N_SETS] = { NN_IN_EACH_SET (
      &nudge_row_loops) };
  const NudgeRowLoops *loop = loops[nn_kernels_get ()->set];
  const double scale = raster->scale, width = scale * self->width;
  const double height = scale * self->height;
  const double x = raster->x0 + scale * self->x, y = raster->y0 + scale * self->y;
  const int left = (int) floor (CLAMP (x, raster->left, raster->right));
  const int right = (int) ceil (CLAMP (x + width, raster->left, raster->right));
  const int top = (int) floor (CLAMP (y, raster->top, raster->bottom));
  const int bottom = (int) ceil (CLAMP (y + height, raster->top, raster->bottom));
  const gsize n = (gsize) (right - left), stride = self->n_columns + 1;
  g_autofree guint32 *padded = dup_padded (self);
  g_autofree guint32 *from = g_new (guint32, n), *line = g_new (guint32, n);
  g_autofree float *beside = g_new (float, n), *covered = g_new (float, n);
  NudgeRowShape shape = {
    .x = (float) (x + width / 2 - 0.5 - left),
    .half_width = (float) (width / 2),
    .half_height = (float) (height / 2),
    .radius = (float) MIN (scale * self->radius, MIN (width, height) / 2),
    .peak = 1,
    .opacity = 1,
  };

  for (gsize i = 0; i < n; i++)
    beside[i] =
        find_cell (self, left + (double) i + 0.5 - x, width, self->n_columns, &from[i]);
  for (int row = top; row < bottom; row++) {
    guint32 cell;
    const float down = find_cell (self, row + 0.5 - y, height, self->n_rows, &cell);
    const guint32 *upper = padded + cell * stride;
    const guint32 *lower = cell + 1 < self->n_rows ? upper + stride : upper;

    shape.y = (float) (row + 0.5 - y - height / 2);
    loop->cover_shape (&shape, covered, n);
    loop->interpolate (upper, lower, down, from, beside, line, n);
    loop->blend_pixels (raster->pixels + (gsize) row * raster->stride + left, covered,
                        line, n);
  }
}

/* ---- by Cairo ---------------------------------------------------------------------- */

static cairo_surface_t *
create_image (const NudgeCells *self)
{
  cairo_surface_t *image = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) self->n_columns, (int) self->n_rows);
  const gsize stride = (gsize) cairo_image_surface_get_stride (image);
  guint8 *rows = cairo_image_surface_get_data (image);

  for (gsize i = 0; i < self->n_rows; i++)
    memcpy (rows + i * stride, self->pixels + i * self->n_columns,
            self->n_columns * sizeof *self->pixels);
  cairo_surface_mark_dirty (image);
  return image;
}

static void
draw_by_cairo (cairo_t *cr, const NudgeCells *self)
{
  cairo_surface_t *image = create_image (self);

  cairo_save (cr);
  if (self->radius > 0) {
    nudge_paint_rounded (cr, self->x, self->y, self->width, self->height, self->radius);
    cairo_clip (cr);
  }
  cairo_translate (cr, self->x, self->y);
  cairo_scale (cr, self->width / self->n_columns, self->height / self->n_rows);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr),
                            self->smooth ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0, 0, self->n_columns, self->n_rows);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}

void
nudge_draw_cells (cairo_t *cr, const NudgeCells *cells)
{
  NudgeRaster raster;

  if (cells->radius > 0 && nudge_raster_begin (&raster, cr)) {
    draw_on_pixels (&raster, cells);
    nudge_raster_end (&raster);
  } else {
    draw_by_cairo (cr, cells);
  }
}
