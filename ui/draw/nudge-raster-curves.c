/* nudge-raster-curves.c - many curves from one column of things to the next
 *
 * SPDX-License-Identifier: MIT
 *
 * All curves share the way from left to right, so what each costs in a column of pixels is
 * a handful of multiplications. The columns are drawn one after the other, each with every
 * curve: its pixels stay in the fastest cache, and lie side by side as vectors want them.
 */

#include "ui/draw/nudge-raster-curves.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-kernels.h"
#include "ui/draw/nudge-raster-column.h"

/* A cache line of pixels. */
#define BLOCK 16

/* Of rows that are read and written together. */
#define GROUP 8

#define NEWTON_STEPS 6

/* What one drawing hands around. */
typedef struct {
  const NudgeRaster *raster;
  NudgeRasterLoop *loop;
  NudgeRasterCurves curves;
  NudgeRasterColumn column;
  double x0; /* of the curves, in pixels */
  double x1;
  gsize n_groups; /* of rows */
  guint8 *used;   /* (owned) (n_groups) some curve crosses it in the present block */
  guint32 *block; /* (owned) [BLOCK][n_groups * GROUP] the present block's pixels */
  float *y0;      /* (owned) (n) */
  float *dy;      /* (owned) (n) */
  float *length;  /* (owned) (n) */
  NudgeRasterInk *inks; /* (owned) (n) */
  float half;           /* of the widest */
} Drawing;

/* Half of Cairo's curve as a function of x, both from 0 to 1: x is 1.5 t (1 - t) + t^3, and
 * y is 3 t^2 - 2 t^3. */
static void
get_share (double x, double *share, double *slope)
{
  double t = x;
  double rate;

  for (int i = 0; i < NEWTON_STEPS; i++) {
    rate = 1.5 - 3 * t + 3 * t * t;
    t -= (1.5 * t * (1 - t) + t * t * t - x) / rate;
  }
  rate = 1.5 - 3 * t + 3 * t * t;
  *share = t * t * (3 - 2 * t);
  *slope = 6 * t * (1 - t) / rate;
}

/* Of the part of the curves that is in the column of pixels from @x. */
static void
place_column (Drawing *self, int x)
{
  const double from = MAX (x, self->x0), to = MIN (x + 1, self->x1);
  const double length = self->x1 - self->x0;
  double share, slope;

  get_share (((from + to) / 2 - self->x0) / length, &share, &slope);
  self->curves.share = (float) share;
  self->curves.slope = (float) (slope / length);
  self->curves.covered = (float) MAX (to - from, 0);
}

/* ---- the curves -------------------------------------------------------------------- */

static NudgeRasterInk
make_ink (const NudgeRasterCurve *curve, double scale)
{
  const double width = scale * curve->width;

  return (NudgeRasterInk){
    .half = (float) (width / 2 + 0.5),
    .peak = (float) MIN (width, 1),
    .opacity = (float) curve->opacity,
    .colour = { (float) (255 * curve->colour.red), (float) (255 * curve->colour.green),
                (float) (255 * curve->colour.blue), 255 },
    .period = curve->drawn > 0 ? (float) (scale * (curve->drawn + curve->skipped)) : 0,
    .drawn = (float) (scale * curve->drawn),
  };
}

static void
take_curves (Drawing *self, const NudgeRasterCurve *curves, gsize n)
{
  const NudgeRaster *raster = self->raster;
  const double top = raster->top + 0.5 - raster->y0;

  self->y0 = g_new (float, n);
  self->dy = g_new (float, n);
  self->length = g_new0 (float, n);
  self->inks = g_new (NudgeRasterInk, n);
  for (gsize i = 0; i < n; i++) {
    self->y0[i] = (float) (raster->scale * curves[i].y0 - top);
    self->dy[i] = (float) (raster->scale * (curves[i].y1 - curves[i].y0));
    self->inks[i] = make_ink (&curves[i], raster->scale);
    self->half = MAX (self->half, self->inks[i].half);
  }
  self->curves.y0 = self->y0;
  self->curves.dy = self->dy;
  self->curves.length = self->length;
  self->curves.inks = self->inks;
  self->curves.n = n;
}

/* Left of what may be drawn nothing is, but dashes go on from there. */
static void
skip_column (Drawing *self)
{
  for (gsize i = 0; i < self->curves.n; i++) {
    const float slope = self->curves.slope * self->dy[i];

    self->length[i] += self->curves.covered * sqrtf (1 + slope * slope);
  }
}

/* ---- blocks of pixels -------------------------------------------------------------- */

/* The groups of rows that curve @i may cross between the columns of pixels @from and @to. */
static void
mark_rows (Drawing *self,
           gsize i,
           const NudgeRasterCurves *from,
           const NudgeRasterCurves *to)
{
  const float slope = self->dy[i] * MAX (from->slope, to->slope);
  const float reach = self->half * sqrtf (1 + slope * slope) + fabsf (slope) + 1;
  const float a = self->y0[i] + self->dy[i] * from->share;
  const float b = self->y0[i] + self->dy[i] * to->share;
  const float last = (float) self->column.n_rows;
  const gsize first = (gsize) CLAMP (MIN (a, b) - reach, 0, last) / GROUP;
  const gsize end =
      ((gsize) CLAMP (MAX (a, b) + reach + NUDGE_RASTER_LANES, 0, last)) / GROUP;

  memset (self->used + first, 1, MIN (end + 1, self->n_groups) - first);
}

static void
mark_block (Drawing *self, int first, int end)
{
  NudgeRasterCurves from, to;

  /* So many cross all rows that there are. */
  memset (self->used, self->curves.n >= self->n_groups * GROUP, self->n_groups);
  if (self->used[0])
    return;
  place_column (self, first);
  from = self->curves;
  place_column (self, end - 1);
  to = self->curves;
  /* In between it may be steeper, but not by much in so few pixels. */
  for (gsize i = 0; i < self->curves.n; i++)
    mark_rows (self, i, &from, &to);
}

static guint32 *
get_pixels (const Drawing *self, gsize row, int x)
{
  return self->raster->pixels + ((gsize) self->raster->top + row) * self->raster->stride +
         x;
}

/* The other way around: as a column wants them. */
static void
read_block (Drawing *self, int x, int width)
{
  const gsize n_rows = (gsize) self->column.n_rows, stride = self->n_groups * GROUP;

  for (gsize row = 0; row < n_rows; row++) {
    const guint32 *pixels = get_pixels (self, row, x);

    if (self->used[row / GROUP])
      for (int i = 0; i < width; i++)
        self->block[(gsize) i * stride + row] = pixels[i];
  }
}

static void
write_block (Drawing *self, int x, int width)
{
  const gsize n_rows = (gsize) self->column.n_rows, stride = self->n_groups * GROUP;

  for (gsize row = 0; row < n_rows; row++) {
    guint32 *pixels = get_pixels (self, row, x);

    if (self->used[row / GROUP])
      for (int i = 0; i < width; i++)
        pixels[i] = self->block[(gsize) i * stride + row];
  }
}

/* Red, green, blue and alpha of a group of rows. */
static void
unpack_group (Drawing *self, const guint32 *restrict pixels, gsize row)
{
  static const int shifts[] = { 16, 8, 0, 24 };

  for (gsize k = 0; k < self->column.n_planes; k++) {
    float *restrict plane = self->column.planes + k * self->column.plane_stride + row;

    for (gsize i = 0; i < GROUP; i++)
      plane[i] = (float) (int) (pixels[i] >> shifts[k] & 0xff);
  }
}

static void
pack_group (Drawing *self, guint32 *restrict pixels, gsize row)
{
  const float *restrict red = self->column.planes + row;
  const float *restrict green = red + self->column.plane_stride;
  const float *restrict blue = green + self->column.plane_stride;
  const float *restrict alpha = blue + self->column.plane_stride;
  const gboolean has_alpha = self->column.n_planes == 4;

  for (gsize i = 0; i < GROUP; i++)
    pixels[i] = (guint32) (int) (red[i] + 0.5f) << 16 |
                (guint32) (int) (green[i] + 0.5f) << 8 | (guint32) (int) (blue[i] + 0.5f);
  for (gsize i = 0; i < GROUP; i++)
    pixels[i] |= has_alpha ? (guint32) (int) (alpha[i] + 0.5f) << 24 : 0xff000000;
}

static void
draw_column (Drawing *self, guint32 *pixels)
{
  for (gsize i = 0; i < self->n_groups; i++)
    if (self->used[i])
      unpack_group (self, pixels + i * GROUP, i * GROUP);
  self->loop (&self->curves, &self->column);
  for (gsize i = 0; i < self->n_groups; i++)
    if (self->used[i])
      pack_group (self, pixels + i * GROUP, i * GROUP);
}

static void
draw_blocks (Drawing *self, int first, int end)
{
  for (int x = first; x < end; x += BLOCK) {
    const int width = MIN (BLOCK, end - x);

    mark_block (self, x, x + width);
    read_block (self, x, width);
    for (int i = 0; i < width; i++) {
      place_column (self, x + i);
      draw_column (self, self->block + (gsize) i * self->n_groups * GROUP);
    }
    write_block (self, x, width);
  }
}

/**
 * nudge_raster_draw_curves:
 * @x0: where all of them begin
 * @x1: where all of them end
 * @curves: (n) from the lowest to the one on top
 */
void
nudge_raster_draw_curves (const NudgeRaster *self,
                          double x0,
                          double x1,
                          const NudgeRasterCurve *curves,
                          gsize n)
{
  static NudgeRasterLoop *const loops[NN_N_SETS] = { NN_IN_EACH_SET (
      nudge_raster_draw_column) };
  Drawing drawing = {
    .raster = self,
    .loop = loops[nn_kernels_get ()->set],
    .x0 = self->x0 + self->scale * x0,
    .x1 = self->x0 + self->scale * x1,
  };
  const int first = (int) floor (MAX (drawing.x0, self->left - 4096.0));
  const int end = (int) ceil (MIN (drawing.x1, self->right));

  if (n == 0 || drawing.x1 - drawing.x0 < 1e-3)
    return;
  drawing.column.n_rows = self->bottom - self->top;
  drawing.column.n_planes = self->has_alpha ? 4 : 3;
  drawing.n_groups = ((gsize) drawing.column.n_rows + GROUP - 1) / GROUP;
  drawing.column.plane_stride = drawing.n_groups * GROUP + NUDGE_RASTER_LANES;
  drawing.column.planes = g_new0 (float, 4 * drawing.column.plane_stride);
  drawing.used = g_new0 (guint8, drawing.n_groups);
  drawing.block = g_new0 (guint32, BLOCK * drawing.n_groups * GROUP);
  take_curves (&drawing, curves, n);
  for (int x = first; x < MIN (self->left, end); x++) {
    place_column (&drawing, x);
    skip_column (&drawing);
  }
  draw_blocks (&drawing, MAX (first, self->left), end);
  g_free (drawing.inks);
  g_free (drawing.length);
  g_free (drawing.dy);
  g_free (drawing.y0);
  g_free (drawing.block);
  g_free (drawing.used);
  g_free (drawing.column.planes);
}
