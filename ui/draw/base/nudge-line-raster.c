/* nudge-line-raster.c - lines and bands from left to right, pixel by pixel
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-line-raster.h"

#include <math.h>

#include "nn/kernels/nn-kernels.h"
#include "ui/draw/base/nudge-raster-rows.h"

/* Rows to a column: what is steeper is drawn as steep as this. */
#define STEEPEST 1e4

/* What one drawing hands around. */
typedef struct {
  const NudgeRaster *raster;
  const NudgeLineStyle *style;
  NudgeRowLine line;
  float *numbers; /* (owned) all columns' */
  int left;       /* the first column */
  gsize n;        /* columns */
  double top;     /* of all that is drawn, in rows */
  double bottom;
} Drawing;

/* From pixel @left up to @right. */
static void
start_drawing (Drawing *self, double left, double right, gsize n_layers)
{
  const NudgeRaster *raster = self->raster;
  const double width = raster->scale * self->style->width;
  const NudgeColour *colour = self->style->colour;
  float *numbers;
  gsize n;

  self->left = (int) floor (CLAMP (left, raster->left, raster->right));
  self->n =
      (gsize) ((int) ceil (CLAMP (right, raster->left, raster->right)) - self->left);
  self->top = INFINITY;
  self->bottom = -INFINITY;
  self->line = (NudgeRowLine){
    .n_layers = n_layers,
    .half = (float) (width / 2 + 0.5),
    .peak = (float) MIN (width, 1),
    .opacity = (float) self->style->opacity,
    .colour = { (float) (255 * colour->red), (float) (255 * colour->green),
                (float) (255 * colour->blue), 255 },
  };
  /* Rounded up to whole chunks, as the numbers of these are behind those of columns. */
  n = (self->n + NUDGE_ROW_CHUNK - 1) / NUDGE_ROW_CHUNK * NUDGE_ROW_CHUNK;
  numbers = self->numbers = g_new0 (float, n_layers * 6 * n);
  for (gsize k = 0; k < n_layers; k++) {
    self->line.layers[k] =
        (NudgeRowColumns){ numbers,         numbers + n,     numbers + 2 * n,
                           numbers + 3 * n, numbers + 4 * n, numbers + 5 * n };
    for (gsize i = 0; i < self->n; i++)
      self->line.layers[k].top[i] = 1; /* below the bottom, 0 */
    numbers += 6 * n;
  }
}

/* Dashes are counted from the left end, column by column. */
static gboolean
is_skipped (const Drawing *self, gsize column, double start)
{
  const double period = self->raster->scale * (self->style->drawn + self->style->skipped);
  const double way = self->left + (double) column + 0.5 - start;

  return self->style->drawn > 0 &&
         way - period * floor (way / period) > self->raster->scale * self->style->drawn;
}

static void
set_column (Drawing *self,
            gsize layer,
            gsize column,
            double middle,
            double shrink,
            double top,
            double bottom)
{
  const NudgeRowColumns *columns = &self->line.layers[layer];

  columns->middle[column] = (float) middle;
  columns->shrink[column] = (float) shrink;
  columns->top[column] = (float) top;
  columns->bottom[column] = (float) bottom;
  self->top = MIN (self->top, top);
  self->bottom = MAX (self->bottom, bottom);
}

/* Of those that have something. */
static void
measure_chunks (const NudgeRowColumns *columns, gsize n)
{
  for (gsize i = 0; i < n; i += NUDGE_ROW_CHUNK) {
    float top = G_MAXFLOAT, bottom = -G_MAXFLOAT;

    for (gsize k = i; k < MIN (i + NUDGE_ROW_CHUNK, n); k++)
      if (columns->top[k] <= columns->bottom[k]) {
        top = MIN (top, columns->top[k]);
        bottom = MAX (bottom, columns->bottom[k]);
      }
    columns->chunk_top[i / NUDGE_ROW_CHUNK] = top;
    columns->chunk_bottom[i / NUDGE_ROW_CHUNK] = bottom;
  }
}

static void
end_drawing (Drawing *self)
{
  static const NudgeRowLoops *const loops[NN_N_SETS] = { NN_IN_EACH_SET (
      &nudge_row_loops) };
  const NudgeRowLoops *loop = loops[nn_kernels_get ()->set];
  const NudgeRaster *raster = self->raster;
  const int first = (int) floor (CLAMP (self->top, raster->top, raster->bottom));
  const int end = (int) ceil (CLAMP (self->bottom, raster->top, raster->bottom));

  for (gsize k = 0; k < self->line.n_layers; k++)
    measure_chunks (&self->line.layers[k], self->n);
  for (int y = first; y < end; y++)
    loop->draw_line (&self->line, (float) y,
                     raster->pixels + (gsize) y * raster->stride + self->left, self->n);
  g_free (self->numbers);
}

/* Returns: one that is empty in @column; NUDGE_ROW_LAYERS if there is none */
static gsize
find_layer (const Drawing *self, gsize column)
{
  gsize layer = 0;

  while (layer < NUDGE_ROW_LAYERS &&
         self->line.layers[layer].top[column] <= self->line.layers[layer].bottom[column])
    layer++;
  return layer;
}

static NudgePoint
place_point (const NudgeRaster *raster, NudgePoint point)
{
  return (NudgePoint){ raster->x0 + raster->scale * point.x,
                       raster->y0 + raster->scale * point.y };
}

/* Between two points, in pixels. */
typedef struct {
  NudgePoint a;
  NudgePoint b;
  double slope;
  double shrink;
  double top;
  double bottom;
} Part;

static Part
make_part (NudgePoint a, NudgePoint b, double half)
{
  const double slope =
      (b.y - a.y) / MAX (b.x - a.x, MAX (fabs (b.y - a.y), 1) / STEEPEST);

  return (Part){ .a = a,
                 .b = b,
                 .slope = slope,
                 .shrink = 1 / sqrt (1 + slope * slope),
                 .top = MIN (a.y, b.y) - half,
                 .bottom = MAX (a.y, b.y) + half };
}

/* What a layer has of a column, between the column's edges. */
static NudgeExtent
get_extent (const Drawing *self, gsize layer, gsize column)
{
  const NudgeRowColumns *columns = &self->line.layers[layer];
  const double shrink = (double) columns->shrink[column];
  const double middle = (double) columns->middle[column];
  const double top = (double) columns->top[column];
  const double bottom = (double) columns->bottom[column];
  double reach;

  if (shrink == 0)
    return (NudgeExtent){ top, bottom };
  reach =
      (sqrt (MAX (1 - shrink * shrink, 0)) + self->raster->scale * self->style->width) /
      (2 * shrink);
  return (NudgeExtent){ MAX (top, middle - reach), MIN (bottom, middle + reach) };
}

/* All of a column's parts become a band of their heights there. */
static void
merge_layers (Drawing *self, gsize column)
{
  NudgeExtent all = { INFINITY, -INFINITY };

  for (gsize k = 0; k < NUDGE_ROW_LAYERS; k++) {
    const NudgeExtent extent = get_extent (self, k, column);

    all.top = MIN (all.top, extent.top);
    all.bottom = MAX (all.bottom, extent.bottom);
    self->line.layers[k].top[column] = 1;
    self->line.layers[k].bottom[column] = 0;
  }
  set_column (self, 0, column, 0, 0, all.top, all.bottom);
}

/* In the columns from @first up to @end. */
static void
add_columns (Drawing *self,
             const Part *part,
             double first,
             double end,
             double start,
             gboolean merges)
{
  const gsize to = (gsize) CLAMP (end - self->left, 0, (double) self->n);

  for (gsize i = (gsize) CLAMP (first - self->left, 0, (double) self->n); i < to; i++) {
    const double middle =
        part->a.y + part->slope * (self->left + (double) i + 0.5 - part->a.x);
    gsize layer = find_layer (self, i);

    if (is_skipped (self, i, start))
      continue;
    if (layer == NUDGE_ROW_LAYERS && merges) {
      merge_layers (self, i);
      layer = 1;
    }
    if (layer < NUDGE_ROW_LAYERS)
      set_column (self, layer, i, middle, part->shrink, part->top, part->bottom);
  }
}

/* A line's parts in the columns that they are in; or, as it is wide, in those beside them
 * that they come near, where a layer is left: of parts narrower than a pixel there are so
 * many near each column that merging them would make the line thicker. */
static void
add_parts (Drawing *self, const NudgePoint *points, gsize n, gboolean beside)
{
  const double half = self->raster->scale * self->style->width / 2;
  NudgePoint before = place_point (self->raster, points[0]);
  const double start = before.x;

  for (gsize i = 1; i < n; i++) {
    const NudgePoint point = place_point (self->raster, points[i]);
    const Part part = make_part (before, point, half);
    const double first = floor (before.x), end = floor (point.x) + 1;

    if (beside) {
      add_columns (self, &part, floor (before.x - half), first, start, FALSE);
      add_columns (self, &part, end, floor (point.x + half) + 1, start, FALSE);
    } else {
      add_columns (self, &part, first, end, start, TRUE);
    }
    before = point;
  }
}

/**
 * nudge_raster_draw_line:
 * @points: (n) from left to right; at least two
 *
 * Where a column has more parts than there are layers, they are a band of all their heights.
 */
void
nudge_raster_draw_line (const NudgeRaster *raster,
                        const NudgePoint *points,
                        gsize n,
                        const NudgeLineStyle *style)
{
  Drawing self = { .raster = raster, .style = style };
  const double half = raster->scale * style->width / 2;

  start_drawing (&self, place_point (raster, points[0]).x - half,
                 place_point (raster, points[n - 1]).x + half, NUDGE_ROW_LAYERS);
  add_parts (&self, points, n, FALSE);
  add_parts (&self, points, n, TRUE);
  end_drawing (&self);
}

/**
 * nudge_raster_draw_band:
 *
 * As nudge_draw_band ().
 */
void
nudge_raster_draw_band (const NudgeRaster *raster,
                        double x,
                        double pitch,
                        const NudgeExtent *extents,
                        gsize n,
                        const NudgeLineStyle *style)
{
  Drawing self = { .raster = raster, .style = style };
  const double start = raster->x0 + raster->scale * x, step = raster->scale * pitch;

  start_drawing (&self, start, start + step * (double) n, 1);
  self.line.half = 1; /* all of the band */
  self.line.peak = 1;
  for (gsize i = 0; i < self.n; i++) {
    const double at = floor ((self.left + (double) i + 0.5 - start) / step);
    const NudgeExtent *extent = &extents[(gsize) CLAMP (at, 0, (double) n - 1)];

    if (extent->top <= extent->bottom && !is_skipped (&self, i, start))
      set_column (&self, 0, i, 0, 0, raster->y0 + raster->scale * extent->top,
                  raster->y0 + raster->scale * extent->bottom);
  }
  end_drawing (&self);
}
