/* nudge-network-tile.c - a neuron's small picture: what it puts out on the probes
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-tile.h"

#include <math.h>
#include <string.h>

#include "ui/draw/base/nudge-cells.h"
#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/base/nudge-line.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-shapes.h"

/* A graph needs no more points than its tile has pixels, even at twice the scale. */
#define MAX_GRAPH_POINTS 97

/* More probes than these are cells, not bars. */
#define MAX_BARS 12

/* Cells across a block, which is narrow. */
#define BLOCK_COLUMNS 12

#define CORNER      0.2
#define FRAME_WIDTH 1.25

/* How far the ground of a unit that puts out nothing goes towards the hairlines. */
#define SILENT_TINT 0.4

typedef struct {
  double x;
  double y;
  double width;
  double height;
} Box;

/* Of the finite values among them, and zero. */
NudgeActivationRange
nudge_activation_range (const float *activations, gsize n)
{
  NudgeActivationRange range = { 0, 0 };

  for (gsize i = 0; i < n; i++)
    if (isfinite (activations[i])) {
      range.low = MIN (range.low, activations[i]);
      range.high = MAX (range.high, activations[i]);
    }
  return range;
}

/* In [-1, 1]; a value that is not finite counts as the end it has run to, or as 0. */
static float
get_share (float value, NudgeActivationRange range)
{
  float limit = MAX (-range.low, range.high);

  if (isnan (value) || limit == 0)
    return 0;
  return CLAMP (value, -limit, limit) / limit;
}

/* As an image has it. */
guint32
nudge_pixel (NudgeColour colour)
{
  return 0xff000000u | (guint32) lround (colour.red * 255) << 16 |
         (guint32) lround (colour.green * 255) << 8 |
         (guint32) lround (colour.blue * 255);
}

/* The sign's colour, the stronger the larger. */
void
nudge_ramp_init (NudgeRamp *self, const NudgePalette *palette)
{
  for (int i = -NUDGE_RAMP_STEPS; i <= NUDGE_RAMP_STEPS; i++)
    self->colours[i + NUDGE_RAMP_STEPS] = nudge_pixel (nudge_paint_mix (
        &palette->background, i < 0 ? &palette->negative : &palette->positive,
        sqrt (abs (i) / (double) NUDGE_RAMP_STEPS)));
}

/* @share: in [-1, 1] */
guint32
nudge_ramp_get (const NudgeRamp *self, float share)
{
  return self->colours[NUDGE_RAMP_STEPS + (int) lrintf (share * NUDGE_RAMP_STEPS)];
}

/**
 * nudge_draw_heat_map:
 * @shares: (n_rows, n_columns) in [-1, 1]
 * @radius: of its corners
 *
 * Its cost is that of one small image whatever it shows.
 */
void
nudge_draw_heat_map (cairo_t *cr,
                     const NudgeRamp *ramp,
                     const float *shares,
                     gsize n_rows,
                     gsize n_columns,
                     double x,
                     double y,
                     double width,
                     double height,
                     double radius)
{
  g_autofree guint32 *pixels = g_new (guint32, n_rows * n_columns);
  const NudgeCells cells = {
    pixels, n_rows, n_columns, x, y, width, height, radius, FALSE
  };

  for (gsize i = 0; i < n_rows * n_columns; i++)
    pixels[i] = nudge_ramp_get (ramp, shares[i]);
  nudge_draw_cells (cr, &cells);
}

static double
get_y (const Box *box, NudgeActivationRange range, float value)
{
  float clamped = isnan (value) ? 0 : CLAMP (value, range.low, range.high);

  if (range.low == range.high)
    return box->y + box->height;
  return box->y +
         box->height * (double) ((range.high - clamped) / (range.high - range.low));
}

/* The graph from the left edge to the right one. */
static gsize
find_points (const Box *box,
             const float *values,
             gsize n,
             NudgeActivationRange range,
             NudgePoint *points)
{
  gsize n_points = MIN (n, MAX_GRAPH_POINTS);

  for (gsize i = 0; i < n_points; i++)
    points[i] = (NudgePoint){
      box->x + box->width * i / (n_points - 1),
      get_y (box, range, values[i * (n - 1) / (n_points - 1)]),
    };
  return n_points;
}

/* What is between the graph and the zero line, on the side of it from @top to @bottom. */
static void
fill_half (cairo_t *cr,
           const Box *box,
           const NudgeColour *colour,
           double top,
           double bottom,
           const NudgePoint *points,
           gsize n_points)
{
  const NudgeLineStyle style = { .colour = colour, .opacity = 0.45 };
  double left = box->x;
  const double pitch = nudge_band_get_pitch (cr, &left);
  const gsize n = (gsize) ceil ((box->x + box->width - left) / pitch);
  g_autofree NudgeExtent *extents = g_new (NudgeExtent, n);

  for (gsize i = 0; i < n; i++) {
    const double x = left + pitch * ((double) i + 0.5);
    const double place =
        CLAMP ((x - box->x) / box->width, 0, 1) * (double) (n_points - 1);
    const gsize k = MIN ((gsize) place, n_points - 2);
    const double y = points[k].y + (place - (double) k) * (points[k + 1].y - points[k].y);

    extents[i] = top == box->y ? (NudgeExtent){ MIN (y, bottom), bottom }
                               : (NudgeExtent){ top, MAX (y, top) };
  }
  nudge_draw_band (cr, left, pitch, extents, n, &style);
}

/* The graph where it is on that side: above it in one colour, below it in the other. */
static void
draw_half (cairo_t *cr,
           const Box *box,
           const NudgeColour *colour,
           double top,
           double bottom,
           const NudgePoint *points,
           gsize n_points)
{
  const NudgeLineStyle style = { .width = 1.5, .colour = colour, .opacity = 1 };

  if (bottom - top < 0.01)
    return;
  fill_half (cr, box, colour, top, bottom, points, n_points);
  cairo_save (cr);
  nudge_paint_clip (cr, box->x, top - 1, box->width, bottom - top + 2);
  nudge_draw_line (cr, points, n_points, &style);
  cairo_restore (cr);
}

static void
draw_zero (cairo_t *cr,
           const NudgePalette *palette,
           const Box *box,
           double zero,
           double width,
           double opacity)
{
  NudgeShape line =
      nudge_shape_of_rectangle (box->x, zero - width / 2, box->width, width, 0);

  line.colour = palette->secondary;
  line.opacity = opacity;
  nudge_draw_shape (cr, line);
}

static void
draw_graph (cairo_t *cr,
            const NudgePalette *palette,
            const Box *box,
            const float *values,
            gsize n,
            NudgeActivationRange range)
{
  const double zero = get_y (box, range, 0);
  NudgePoint points[MAX_GRAPH_POINTS];
  const gsize n_points = find_points (box, values, n, range, points);

  draw_zero (cr, palette, box, zero, 1, 0.6);
  draw_half (cr, box, &palette->positive, box->y, zero, points, n_points);
  draw_half (cr, box, &palette->negative, zero, box->y + box->height, points, n_points);
}

static void
draw_bars (cairo_t *cr,
           const NudgePalette *palette,
           const Box *box,
           const float *values,
           gsize n,
           NudgeActivationRange range)
{
  double zero = get_y (box, range, 0);
  double pitch = box->width / n;
  double gap = MIN (1.5, 0.25 * pitch);

  draw_zero (cr, palette, box, zero, 1, 0.6);
  for (gsize i = 0; i < n; i++) {
    double y = get_y (box, range, values[i]);
    NudgeShape bar = nudge_shape_of_rectangle (
        box->x + i * pitch + gap / 2, MIN (y, zero), pitch - gap, fabs (y - zero), 0);

    bar.colour = values[i] < 0 ? palette->negative : palette->positive;
    bar.opacity = 1;
    nudge_draw_shape (cr, bar);
  }
}

/* Probes from left to right and then down, as near to a square as they come. */
static void
draw_heat (cairo_t *cr,
           const NudgeRamp *ramp,
           const Box *box,
           const float *values,
           gsize n,
           NudgeActivationRange range)
{
  float shares[NUDGE_MAP_CELLS * NUDGE_MAP_CELLS] = { 0 };
  gsize side = MIN ((gsize) ceil (sqrt ((double) n)), NUDGE_MAP_CELLS);
  gsize n_rows = MIN ((n + side - 1) / side, NUDGE_MAP_CELLS);

  for (gsize i = 0; i < MIN (n, n_rows * side); i++)
    shares[i] = get_share (values[i], range);
  nudge_draw_heat_map (cr, ramp, shares, n_rows, side, box->x, box->y, box->width,
                       box->height, CORNER * box->width);
}

/* What the unit puts out at every point of the plane. Between the points it is
 * interpolated, as far as the tile has pixels for it. */
static void
draw_plane (cairo_t *cr,
            const NudgeRamp *ramp,
            const Box *box,
            const float *values,
            gsize side,
            NudgeActivationRange range)
{
  g_autofree guint32 *pixels = g_new (guint32, side * side);
  const NudgeCells cells = { pixels, side,       side,        box->x,
                             box->y, box->width, box->height, CORNER * box->width,
                             TRUE };

  for (gsize i = 0; i < side * side; i++)
    pixels[i] = nudge_ramp_get (ramp, get_share (values[i], range));
  nudge_draw_cells (cr, &cells);
}

static gboolean
is_silent (const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (values[i] != 0)
      return FALSE;
  return TRUE;
}

/* Zero for every probe, as of a dead ReLU: nothing but the zero line. */
static void
draw_silence (cairo_t *cr,
              const NudgePalette *palette,
              const Box *box,
              NudgeActivationRange range)
{
  draw_zero (cr, palette, box, get_y (box, range, 0), 1.25, 1);
}

static void
draw_frame (cairo_t *cr,
            const NudgePalette *palette,
            double x,
            double y,
            double width,
            double height,
            double radius)
{
  NudgeShape frame = nudge_shape_of_rectangle (x, y, width, height, radius);

  frame.line = MIN (FRAME_WIDTH, width / 12);
  frame.colour = palette->secondary;
  frame.opacity = 1;
  nudge_draw_shape (cr, frame);
}

/**
 * nudge_draw_tile:
 * @k: the column's number
 * @range: shared by the column
 *
 * A graph where the probes are a line, a map where they are a plane, bars for a few
 * examples, cells for many;
 * a unit that is zero on all of them is grey.
 */
void
nudge_draw_tile (cairo_t *cr,
                 const NnFrame *frame,
                 const NudgePalette *palette,
                 const NudgeRamp *ramp,
                 const NudgeColumn *column,
                 gsize k,
                 gsize unit,
                 NudgeActivationRange range)
{
  const float *values = nudge_frame_get_activations (frame, k, unit);
  double tile = column->tile;
  double x = column->x - tile / 2;
  double y = nudge_column_get_y (column, unit) - tile / 2;
  double pad = 0.12 * tile;
  Box box = { x, y + pad, tile, tile - 2 * pad };
  gboolean silent = is_silent (values, frame->probes.n);
  NudgeShape back = nudge_shape_of_rectangle (x, y, tile, tile, CORNER * tile);

  back.colour = nudge_paint_mix (&palette->background, &palette->hairline,
                                 silent && frame->probes.n > 0 ? SILENT_TINT : 0);
  back.opacity = 1;
  nudge_draw_shape (cr, back);
  if (silent)
    draw_silence (cr, palette, &box, range);
  else if (frame->probes.kind == NN_PROBES_LINE && frame->probes.n >= 2)
    draw_graph (cr, palette, &box, values, frame->probes.n, range);
  else if (frame->probes.kind == NN_PROBES_PLANE)
    draw_plane (cr, ramp, &(Box){ x, y, tile, tile }, values, frame->probes.side, range);
  else if (frame->probes.n <= MAX_BARS)
    draw_bars (cr, palette, &box, values, frame->probes.n, range);
  else
    draw_heat (cr, ramp, &(Box){ x, y, tile, tile }, values, frame->probes.n, range);
  draw_frame (cr, palette, x, y, tile, tile, CORNER * tile);
}

/* The value of largest magnitude among a cell's units and probes. */
static float
get_extreme (const NnFrame *frame,
             const float *values,
             gsize first_unit,
             gsize end_unit,
             gsize first_probe,
             gsize end_probe)
{
  float extreme = 0;

  for (gsize i = first_unit; i < end_unit; i++)
    for (gsize p = first_probe; p < end_probe; p++) {
      float value = values[i * frame->probes.n + p];

      if (fabsf (value) > fabsf (extreme))
        extreme = value;
    }
  return extreme;
}

/**
 * nudge_draw_block:
 *
 * A column of too many units: a heat map of unit (down) by probe (across), where a
 * cell that stands for several shows the strongest.
 */
void
nudge_draw_block (cairo_t *cr,
                  const NnFrame *frame,
                  const NudgePalette *palette,
                  const NudgeRamp *ramp,
                  const NudgeColumn *column,
                  gsize k,
                  NudgeActivationRange range)
{
  float shares[NUDGE_MAP_CELLS * NUDGE_MAP_CELLS] = { 0 };
  const float *values = nudge_frame_get_activations (frame, k, 0);
  gsize n_rows = MIN (column->n_units, NUDGE_MAP_CELLS);
  gsize n_columns = CLAMP (frame->probes.n, 1, BLOCK_COLUMNS);
  double x = column->x - column->tile / 2;
  double radius = CORNER * column->tile;

  for (gsize i = 0; i < n_rows; i++)
    for (gsize p = 0; p < n_columns; p++)
      shares[i * n_columns + p] =
          get_share (get_extreme (frame, values, i * column->n_units / n_rows,
                                  (i + 1) * column->n_units / n_rows,
                                  p * frame->probes.n / n_columns,
                                  (p + 1) * frame->probes.n / n_columns),
                     range);
  nudge_draw_heat_map (cr, ramp, shares, n_rows, n_columns, x, column->top, column->tile,
                       column->height, radius);
  draw_frame (cr, palette, x, column->top, column->tile, column->height, radius);
}
