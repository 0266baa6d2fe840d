/* nudge-line.c - lines and bands from left to right, of many points
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-line.h"

#include <math.h>

#include "nn/kernels/nn-kernels.h"
#include "ui/draw/nudge-paint.h"
#include "ui/draw/nudge-raster-rows.h"
#include "ui/draw/nudge-raster.h"

/* Stroking a long zigzag as one path costs Cairo far more than as several short ones. */
#define POINTS_PER_STROKE 64

/* Rows to a column: what is steeper is drawn as steep as this. */
#define STEEPEST 1e4

/* ---- on pixels --------------------------------------------------------------------- */

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

/* Returns: one that has nothing in @column yet; NUDGE_ROW_LAYERS if there is none */
static gsize
find_layer (const Drawing *self, gsize column)
{
  gsize layer = 0;

  while (layer < NUDGE_ROW_LAYERS &&
         self->line.layers[layer].top[column] <= self->line.layers[layer].bottom[column])
    layer++;
  return layer;
}

/* The part from @a to @b in all columns that it comes near. Where more parts come than there
 * are layers, the first one becomes a band of all their heights. */
static void
add_part (Drawing *self, NudgePoint a, NudgePoint b, double start)
{
  const double half = self->raster->scale * self->style->width / 2;
  const double slope =
      (b.y - a.y) / MAX (b.x - a.x, MAX (fabs (b.y - a.y), 1) / STEEPEST);
  const double top = MIN (a.y, b.y) - half, bottom = MAX (a.y, b.y) + half;
  const gsize first =
      (gsize) CLAMP (floor (a.x - half) - self->left, 0, (double) self->n);
  const gsize end =
      (gsize) CLAMP (floor (b.x + half) + 1 - self->left, 0, (double) self->n);

  for (gsize i = first; i < end; i++) {
    const double middle = a.y + slope * (self->left + (double) i + 0.5 - a.x);
    const gsize layer = find_layer (self, i);

    if (is_skipped (self, i, start))
      continue;
    if (layer < NUDGE_ROW_LAYERS)
      set_column (self, layer, i, middle, 1 / sqrt (1 + slope * slope), top, bottom);
    else
      set_column (self, 0, i, middle, 0, MIN (top, (double) self->line.layers[0].top[i]),
                  MAX (bottom, (double) self->line.layers[0].bottom[i]));
  }
}

static NudgePoint
place_point (const NudgeRaster *raster, NudgePoint point)
{
  return (NudgePoint){ raster->x0 + raster->scale * point.x,
                       raster->y0 + raster->scale * point.y };
}

static void
draw_line_on_pixels (const NudgeRaster *raster,
                     const NudgePoint *points,
                     gsize n,
                     const NudgeLineStyle *style)
{
  Drawing self = { .raster = raster, .style = style };
  NudgePoint before = place_point (raster, points[0]);
  const double start = before.x;
  const double half = raster->scale * style->width / 2;

  start_drawing (&self, start - half, place_point (raster, points[n - 1]).x + half,
                 NUDGE_ROW_LAYERS);
  for (gsize i = 1; i < n; i++) {
    const NudgePoint point = place_point (raster, points[i]);

    add_part (&self, before, point, start);
    before = point;
  }
  end_drawing (&self);
}

static void
draw_band_on_pixels (const NudgeRaster *raster,
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

/* ---- by Cairo ---------------------------------------------------------------------- */

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
    draw_line_on_pixels (&raster, points, n, style);
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
    draw_band_on_pixels (&raster, x, pitch, extents, n, style);
    nudge_raster_end (&raster);
  } else {
    draw_band_by_cairo (cr, x, pitch, extents, n, style);
  }
}
