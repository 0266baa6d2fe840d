/* nudge-curves.c - many curves from one column of things to the next
 *
 * SPDX-License-Identifier: MIT
 *
 * All curves share the way from left to right, so what each costs in a column of pixels is
 * a handful of multiplications. Tiles of a few columns are drawn one after the other, each
 * with every curve: its pixels stay in the fastest cache, and side by side.
 */

#include "ui/draw/base/nudge-curves.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-kernels.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-raster-tile.h"
#include "ui/draw/base/nudge-raster.h"

/* Tiles whose rows are looked for together: a cache line of pixels. */
#define BLOCK   4
#define COLUMNS (BLOCK * NUDGE_TILE_COLUMNS)

/* Rows that are read and written together. */
#define GROUP 8

/* So few, enlarged as much, are Cairo's: a tile has one slope, and where a wide curve turns
 * quickly the next one's steps are seen. */
#define FEW   64
#define LARGE 1.5

#define NEWTON_STEPS 6

/* Pixels: curves that are shorter are left out, and dashes are not counted from farther. */
#define SHORTEST 1e-3
#define FARTHEST 4096.0
#define ENDLESS  4e4 /* a dash, which has begun before its curve */
#define BEFORE   1e4

/* What one drawing hands around. */
typedef struct {
  const NudgeRaster *raster;
  const NudgeTileLoops *loops;
  NudgeTileCurves curves;
  double x0; /* of the curves, in pixels */
  double x1;
  gsize n_rows;
  gsize n_planes;
  guint8 *used;   /* (owned) [n_groups] whether a curve crosses it in the present block */
  gsize n_groups; /* of rows */
  float *planes;  /* (owned) of a tile */
  float *y0;      /* (owned) (n) */
  float *dy;      /* (owned) (n) */
  float *length;  /* (owned) (n) */
  NudgeTileInk *inks; /* (owned) (n) */
  float half;         /* of the widest */
} Drawing;

/* Cairo's curve as a function of x, both from 0 to 1: x is 1.5 t (1 - t) + t^3, and y is
 * 3 t^2 - 2 t^3. */
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

/* The part of the curves that is in the tile of pixels from @x up to @end, at most. */
static NudgeTile
make_tile (const Drawing *self, int x, int end)
{
  const double length = self->x1 - self->x0;
  NudgeTile tile = { .planes = self->planes,
                     .n_planes = self->n_planes,
                     .n_rows = self->n_rows };
  double share, slope;

  for (int k = 0; k < NUDGE_TILE_COLUMNS; k++) {
    const double from = CLAMP (x + k, self->x0, self->x1);
    const double to = CLAMP (x + k + 1, self->x0, self->x1);

    get_share (((from + to) / 2 - self->x0) / length, &share, &slope);
    tile.share[k] = (float) share;
    tile.covered[k] = x + k < end ? (float) (to - from) : 0;
    tile.slope += (float) (slope / length / NUDGE_TILE_COLUMNS);
  }
  return tile;
}

/* ---- the curves -------------------------------------------------------------------- */

static NudgeTileInk
make_ink (const NudgeCurve *curve, double scale)
{
  const double width = scale * curve->width;
  const double drawn = curve->drawn > 0 ? scale * curve->drawn : ENDLESS;
  const double period = drawn + scale * curve->skipped;

  return (NudgeTileInk){
    .half = (float) (width / 2 + 0.5),
    .peak = (float) MIN (width, 1),
    .opacity = (float) curve->opacity,
    .colour = { (float) (255 * curve->colour.red), (float) (255 * curve->colour.green),
                (float) (255 * curve->colour.blue), 255 },
    .period = (float) period,
    .frequency = (float) (1 / period),
    .drawn = (float) drawn,
  };
}

static void
take_curves (Drawing *self, const NudgeCurve *curves, gsize n)
{
  const NudgeRaster *raster = self->raster;
  const double top = raster->top + 0.5 - raster->y0;

  self->y0 = g_new (float, n);
  self->dy = g_new (float, n);
  self->length = g_new (float, n);
  self->inks = g_new (NudgeTileInk, n);
  for (gsize i = 0; i < n; i++) {
    self->y0[i] = (float) (raster->scale * curves[i].y0 - top);
    self->dy[i] = (float) (raster->scale * (curves[i].y1 - curves[i].y0));
    self->length[i] = curves[i].drawn > 0 ? 0 : BEFORE;
    self->inks[i] = make_ink (&curves[i], raster->scale);
    self->half = MAX (self->half, self->inks[i].half);
  }
  self->curves = (NudgeTileCurves){ self->y0, self->dy, self->length, self->inks, n };
}

/* Left of what may be drawn nothing is, but dashes go on from there. */
static void
skip_tile (Drawing *self, int x, int end)
{
  const NudgeTile tile = make_tile (self, x, end);
  float covered = 0;

  for (gsize k = 0; k < NUDGE_TILE_COLUMNS; k++)
    covered += tile.covered[k];
  for (gsize i = 0; i < self->curves.n; i++) {
    const float slope = tile.slope * self->dy[i];

    self->length[i] += covered * sqrtf (1 + slope * slope);
  }
}

/* ---- blocks of pixels -------------------------------------------------------------- */

/* The groups of rows that curve @i may cross between the tiles @from and @to. */
static void
mark_rows (Drawing *self, gsize i, const NudgeTile *from, const NudgeTile *to)
{
  const float slope = self->dy[i] * MAX (from->slope, to->slope);
  const float reach = self->half * sqrtf (1 + slope * slope) + fabsf (slope) + 1;
  const float a = self->y0[i] + self->dy[i] * from->share[0];
  const float b = self->y0[i] + self->dy[i] * to->share[NUDGE_TILE_COLUMNS - 1];
  const float last = (float) self->n_rows;
  const gsize first = (gsize) CLAMP (MIN (a, b) - reach, 0, last) / GROUP;
  const gsize end = (gsize) CLAMP (MAX (a, b) + reach + GROUP, 0, last) / GROUP + 1;

  if (first < self->n_groups)
    memset (self->used + first, 1, MIN (end, self->n_groups) - first);
}

static void
mark_block (Drawing *self, const NudgeTile *tiles)
{
  /* So many cross all rows that there are. */
  const gboolean all = self->curves.n >= self->n_rows;

  memset (self->used, all, self->n_groups);
  for (gsize i = 0; i < self->curves.n && !all; i++)
    mark_rows (self, i, &tiles[0], &tiles[BLOCK - 1]);
}

/* The used rows of a tile, of which the image has @width columns from @x on: into the tile,
 * or back. */
static void
copy_tile (const Drawing *self, const NudgeTile *tile, int x, int width, gboolean back)
{
  const NudgeRaster *raster = self->raster;
  const NudgeTileSource source = {
    .pixels = raster->pixels + (gsize) raster->top * raster->stride + x,
    .stride = raster->stride,
    .n_columns = (gsize) CLAMP (width, 0, NUDGE_TILE_COLUMNS),
  };
  gsize end;

  for (gsize i = 0; i < self->n_groups; i = end + 1) {
    const gsize first = i;

    for (end = i; end < self->n_groups && self->used[end]; end++)
      ;
    if (end > first)
      (back ? self->loops->write : self->loops->read) (tile, &source, first * GROUP,
                                                       MIN (end * GROUP, self->n_rows));
  }
}

static void
draw_blocks (Drawing *self, int first, int end)
{
  for (int x = first; x < end; x += COLUMNS) {
    NudgeTile tiles[BLOCK];

    for (int i = 0; i < BLOCK; i++)
      tiles[i] = make_tile (self, x + i * NUDGE_TILE_COLUMNS, end);
    mark_block (self, tiles);
    for (int i = 0; i < BLOCK; i++) {
      const int left = x + i * NUDGE_TILE_COLUMNS;

      copy_tile (self, &tiles[i], left, end - left, FALSE);
      self->loops->draw (&self->curves, &tiles[i]);
      copy_tile (self, &tiles[i], left, end - left, TRUE);
    }
  }
}

/* ---- on pixels --------------------------------------------------------------------- */

static void
start_drawing (Drawing *self)
{
  self->n_rows = (gsize) (self->raster->bottom - self->raster->top);
  self->n_planes = self->raster->has_alpha ? 4 : 3;
  self->n_groups = (self->n_rows + GROUP - 1) / GROUP;
  self->planes = g_new0 (float, NUDGE_TILE_PLANES *(self->n_rows + NUDGE_TILE_SPARE) *
                                    NUDGE_TILE_COLUMNS);
  self->used = g_new0 (guint8, self->n_groups);
}

static void
end_drawing (Drawing *self)
{
  g_free (self->inks);
  g_free (self->length);
  g_free (self->dy);
  g_free (self->y0);
  g_free (self->used);
  g_free (self->planes);
}

static void
draw_on_pixels (const NudgeRaster *raster,
                double x0,
                double x1,
                const NudgeCurve *curves,
                gsize n)
{
  static const NudgeTileLoops *const loops[NN_N_SETS] = { NN_IN_EACH_SET (
      &nudge_tile_loops) };
  Drawing self = {
    .raster = raster,
    .loops = loops[nn_kernels_get ()->set],
    .x0 = raster->x0 + raster->scale * x0,
    .x1 = raster->x0 + raster->scale * x1,
  };
  const int first = (int) floor (CLAMP (self.x0, raster->left - FARTHEST, raster->right));
  const int end = (int) ceil (CLAMP (self.x1, raster->left, raster->right));

  if (self.x1 - self.x0 < SHORTEST)
    return;
  start_drawing (&self);
  take_curves (&self, curves, n);
  for (int x = first; x < MIN (raster->left, end); x += NUDGE_TILE_COLUMNS)
    skip_tile (&self, x, raster->left);
  draw_blocks (&self, MAX (first, raster->left), end);
  end_drawing (&self);
}

/* ---- by Cairo ---------------------------------------------------------------------- */

static void
stroke (cairo_t *cr, double x0, double x1, const NudgeCurve *curve)
{
  const double middle = (x0 + x1) / 2;
  const double dashes[] = { curve->drawn, curve->skipped };

  cairo_new_path (cr);
  cairo_move_to (cr, x0, curve->y0);
  cairo_curve_to (cr, middle, curve->y0, middle, curve->y1, x1, curve->y1);
  nudge_paint_set_colour (cr, &curve->colour, curve->opacity);
  cairo_set_line_width (cr, curve->width);
  cairo_set_dash (cr, dashes, curve->drawn > 0 ? 2 : 0, 0);
  cairo_stroke (cr);
}

/**
 * nudge_draw_curves:
 * @x0: where all of them begin
 * @x1: where all of them end, to the right of it
 * @curves: (n) from the lowest to the one on top
 */
void
nudge_draw_curves (cairo_t *cr, double x0, double x1, const NudgeCurve *curves, gsize n)
{
  NudgeRaster raster;

  if (n == 0)
    return;
  if (nudge_raster_begin (&raster, cr)) {
    const gboolean is_large = raster.scale >= LARGE && n <= FEW;

    if (!is_large)
      draw_on_pixels (&raster, x0, x1, curves, n);
    nudge_raster_end (&raster);
    if (!is_large)
      return;
  }
  for (gsize i = 0; i < n; i++)
    stroke (cr, x0, x1, &curves[i]);
  cairo_set_dash (cr, NULL, 0, 0);
}
