/* nudge-tensor-cells.c - the colours of a tensor's values, for each pixel of the screen
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/tensors/nudge-tensor-cells.h"

#include <math.h>

#include "ui/draw/base/nudge-cells.h"
#include "ui/draw/network/nudge-network-tile.h"

/* Rows or columns, and where they are drawn. */
typedef struct {
  gsize n;       /* pixels */
  double from;   /* of the first one, in the picture's units */
  double at;     /* the value there, with the part of it that is not seen */
  double each;   /* values that a pixel has of it */
  guint64 *ends; /* (n + 1) (owned) pixel i is of those from ends[i] up to ends[i + 1] */
} Side;

typedef struct {
  const NudgeTensorSource *source;
  gboolean exact; /* of values, else of cells */
  double limit;
  NudgeRamp ramp;
  guint32 failure;
  Side rows;
  Side columns;
  guint *cells; /* (columns.n) (owned) that the columns are in */
} Image;

/* ---- values ------------------------------------------------------------------------ */

/* The one of largest magnitude, or the mean, of those that a pixel covers. */
static double
reduce (const Image *self, const guint64 rows[2], const guint64 columns[2])
{
  const NnTensorWindow *window = self->source->window;
  double extreme = 0, sum = 0;
  gsize n = 0;

  for (guint64 i = rows[0]; i < MAX (rows[1], rows[0] + 1); i++) {
    const double *row = window->values + (i - window->first_row) * window->n_columns;

    for (guint64 k = columns[0]; k < MAX (columns[1], columns[0] + 1); k++, n++) {
      const double value = row[k - window->first_column];

      if (isnan (value))
        return value;
      if (fabs (value) > fabs (extreme))
        extreme = value;
      sum += value;
    }
  }
  return self->source->means ? sum / (double) n : extreme;
}

static guint32
get_colour (const Image *self, double value)
{
  if (isnan (value))
    return self->failure;
  return nudge_ramp_get (&self->ramp, (float) CLAMP (value / self->limit, -1, 1));
}

static void
fill_with_values (const Image *self, gsize i, guint32 *pixels)
{
  for (gsize k = 0; k < self->columns.n; k++)
    pixels[k] =
        get_colour (self, reduce (self, self->rows.ends + i, self->columns.ends + k));
}

static void
fill_with_cells (const Image *self, gsize i, guint32 *pixels)
{
  const NnTensorPicture *picture = self->source->picture;
  const gsize row =
      nudge_tensor_find_cell (picture->n_rows, picture->n_cell_rows, self->rows.ends[i]);
  const double *values = (self->source->means ? picture->means : picture->extremes) +
                         row * picture->n_cell_columns;

  for (gsize k = 0; k < self->columns.n; k++)
    pixels[k] = get_colour (self, values[self->cells[k]]);
}

/* ---- pixels ------------------------------------------------------------------------ */

/* Pixels of the screen in one of the picture's units. */
static double
get_pixels (cairo_t *cr)
{
  double x = 1, y = 0, scale_x, scale_y;

  cairo_user_to_device_distance (cr, &x, &y);
  cairo_surface_get_device_scale (cairo_get_target (cr), &scale_x, &scale_y);
  return MAX (x * scale_x, 1e-3);
}

/* Of values of this @size, from @place on, in a space; those from @first up to @end
 * are seen. */
static void
init_side (Side *self,
           double place,
           double start,
           double space,
           double size,
           guint64 first,
           guint64 end,
           double pixel)
{
  const double stop = MIN (start + space, start + ((double) end - place) * size);

  self->from = MAX (start, start - place * size);
  self->at = MAX (place, 0);
  self->each = pixel / size;
  self->n = (gsize) ceil (MAX (stop - self->from, 0) / pixel);
  self->ends = g_new (guint64, self->n + 1);
  /* At the pixel's middle, as a pointer at it is; all others are in the first or last. */
  for (gsize i = 0; i <= self->n; i++)
    self->ends[i] = (guint64) CLAMP (self->at + ((double) i + 0.5) * self->each,
                                     (double) first, (double) end - 1);
  self->ends[0] = first;
  self->ends[self->n] = end;
}

static void
find_cells (Image *self)
{
  const NnTensorPicture *picture = self->source->picture;

  self->cells = g_new (guint, self->columns.n + 1);
  for (gsize k = 0; k < self->columns.n; k++)
    self->cells[k] = nudge_tensor_find_cell (picture->n_columns, picture->n_cell_columns,
                                             self->columns.ends[k]);
}

static void
draw_image (cairo_t *cr, Image *self, double pixel)
{
  const gsize n = self->columns.n;
  g_autofree guint32 *pixels = g_new (guint32, self->rows.n * n);
  const NudgeCells cells = {
    .pixels = pixels,
    .n_rows = self->rows.n,
    .n_columns = n,
    .x = self->columns.from,
    .y = self->rows.from,
    .width = (double) n * pixel,
    .height = (double) self->rows.n * pixel,
  };

  if (!self->exact)
    find_cells (self);
  for (gsize i = 0; i < self->rows.n; i++)
    if (self->exact)
      fill_with_values (self, i, pixels + i * n);
    else
      fill_with_cells (self, i, pixels + i * n);
  nudge_draw_cells (cr, &cells);
}

/**
 * nudge_draw_tensor_cells:
 *
 * What is seen of it; nothing if nothing is there yet.
 */
void
nudge_draw_tensor_cells (cairo_t *cr,
                         const NudgeTensorSource *source,
                         const NudgeTensorStyle *style,
                         const NudgeMatrixField *field,
                         const NudgeMatrixViewport *viewport)
{
  const double pixel = 1 / get_pixels (cr);
  Image self = { .source = source,
                 .limit = style->limit,
                 .failure = nudge_pixel (style->palette->failure) };
  NudgeMatrixSeen seen;

  nudge_matrix_viewport_get_seen (viewport, field, &seen);
  self.exact = nudge_tensor_has_values (source, &seen);
  if (!self.exact && source->picture == NULL)
    return;
  nudge_ramp_init (&self.ramp, style->palette);
  init_side (&self.columns, viewport->x, field->x, field->width,
             nudge_matrix_viewport_get_width (viewport, field), seen.first_column,
             seen.end_column, pixel);
  init_side (&self.rows, viewport->y, field->y, field->height,
             nudge_matrix_viewport_get_height (viewport, field), seen.first_row,
             seen.end_row, pixel);
  if (self.rows.n > 0 && self.columns.n > 0)
    draw_image (cr, &self, pixel);
  g_free (self.rows.ends);
  g_free (self.columns.ends);
  g_free (self.cells);
}
