/* nudge-network-tile.c - a neuron's small picture: what it puts out on the probes
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-network-tile.h"

#include <math.h>
#include <string.h>

#include "ui/draw/nudge-frame.h"
#include "ui/draw/nudge-paint.h"

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

/* An image of @pixels fills the rectangle. */
static void
paint_pixels (cairo_t *cr,
              const guint32 *pixels,
              gsize n_rows,
              gsize n_columns,
              const Box *box,
              cairo_filter_t filter)
{
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) n_columns, (int) n_rows);
  gsize stride = (gsize) cairo_image_surface_get_stride (image);
  guint8 *rows = cairo_image_surface_get_data (image);

  for (gsize i = 0; i < n_rows; i++)
    memcpy (rows + i * stride, pixels + i * n_columns, n_columns * sizeof *pixels);
  cairo_surface_mark_dirty (image);
  cairo_save (cr);
  cairo_translate (cr, box->x, box->y);
  cairo_scale (cr, box->width / n_columns, box->height / n_rows);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), filter);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0, 0, n_columns, n_rows);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}

/**
 * nudge_draw_smooth_cells:
 * @pixels: (n_rows, n_columns)
 *
 * A map of few points, interpolated between them as far as there are pixels for it.
 */
void
nudge_draw_smooth_cells (cairo_t *cr,
                         const guint32 *pixels,
                         gsize n_rows,
                         gsize n_columns,
                         double x,
                         double y,
                         double width,
                         double height)
{
  paint_pixels (cr, pixels, n_rows, n_columns, &(Box){ x, y, width, height },
                CAIRO_FILTER_BILINEAR);
}

/**
 * nudge_draw_cells:
 * @shares: (n_rows, n_columns) in [-1, 1]
 *
 * A heat map, whose cost is that of one small image whatever it shows.
 */
void
nudge_draw_cells (cairo_t *cr,
                  const NudgeRamp *ramp,
                  const float *shares,
                  gsize n_rows,
                  gsize n_columns,
                  double x,
                  double y,
                  double width,
                  double height)
{
  g_autofree guint32 *pixels = g_new (guint32, n_rows * n_columns);

  for (gsize i = 0; i < n_rows * n_columns; i++)
    pixels[i] = nudge_ramp_get (ramp, shares[i]);
  paint_pixels (cr, pixels, n_rows, n_columns, &(Box){ x, y, width, height },
                CAIRO_FILTER_NEAREST);
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

/* The graph as a path from the left edge to the right one. */
static void
trace_graph (cairo_t *cr,
             const Box *box,
             const float *values,
             gsize n,
             NudgeActivationRange range)
{
  gsize n_points = MIN (n, MAX_GRAPH_POINTS);

  for (gsize i = 0; i < n_points; i++)
    cairo_line_to (cr, box->x + box->width * i / (n_points - 1),
                   get_y (box, range, values[i * (n - 1) / (n_points - 1)]));
}

/* Filled from the zero line: above it in one colour, below it in the other. */
static void
fill_half (cairo_t *cr,
           const Box *box,
           const NudgeColour *colour,
           double top,
           double bottom,
           double zero,
           const cairo_path_t *graph)
{
  if (bottom - top < 0.01)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, box->x, top, box->width, bottom - top);
  cairo_clip (cr);
  cairo_append_path (cr, graph);
  cairo_line_to (cr, box->x + box->width, zero);
  cairo_line_to (cr, box->x, zero);
  cairo_close_path (cr);
  nudge_paint_set_colour (cr, colour, 0.45);
  cairo_fill (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, box->x, top - 1, box->width, bottom - top + 2);
  cairo_clip (cr);
  cairo_append_path (cr, graph);
  nudge_paint_set_colour (cr, colour, 1);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_graph (cairo_t *cr,
            const NudgePalette *palette,
            const Box *box,
            const float *values,
            gsize n,
            NudgeActivationRange range)
{
  double zero = get_y (box, range, 0);
  cairo_path_t *graph;

  cairo_new_path (cr);
  trace_graph (cr, box, values, n, range);
  graph = cairo_copy_path (cr);
  cairo_new_path (cr);
  nudge_paint_set_colour (cr, &palette->secondary, 0.6);
  cairo_set_line_width (cr, 1);
  nudge_paint_line (cr, box->x, zero, box->x + box->width, zero);
  fill_half (cr, box, &palette->positive, box->y, zero, zero, graph);
  fill_half (cr, box, &palette->negative, zero, box->y + box->height, zero, graph);
  cairo_path_destroy (graph);
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

  nudge_paint_set_colour (cr, &palette->secondary, 0.6);
  cairo_set_line_width (cr, 1);
  nudge_paint_line (cr, box->x, zero, box->x + box->width, zero);
  for (gsize i = 0; i < n; i++) {
    nudge_paint_set_colour (cr, values[i] < 0 ? &palette->negative : &palette->positive,
                            1);
    cairo_rectangle (cr, box->x + i * pitch + gap / 2, zero, pitch - gap,
                     get_y (box, range, values[i]) - zero);
    cairo_fill (cr);
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
  nudge_draw_cells (cr, ramp, shares, n_rows, side, box->x, box->y, box->width,
                    box->height);
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

  for (gsize i = 0; i < side * side; i++)
    pixels[i] = nudge_ramp_get (ramp, get_share (values[i], range));
  paint_pixels (cr, pixels, side, side, box, CAIRO_FILTER_BILINEAR);
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
  double zero = get_y (box, range, 0);

  nudge_paint_set_colour (cr, &palette->secondary, 1);
  cairo_set_line_width (cr, 1.25);
  nudge_paint_line (cr, box->x, zero, box->x + box->width, zero);
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
  NudgeColour ground = nudge_paint_mix (&palette->background, &palette->hairline,
                                        silent && frame->probes.n > 0 ? SILENT_TINT : 0);

  cairo_save (cr);
  nudge_paint_rounded (cr, x, y, tile, tile, CORNER * tile);
  nudge_paint_set_colour (cr, &ground, 1);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
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
  cairo_restore (cr);

  nudge_paint_rounded (cr, x, y, tile, tile, CORNER * tile);
  nudge_paint_set_colour (cr, &palette->secondary, 1);
  cairo_set_line_width (cr, MIN (FRAME_WIDTH, tile / 12));
  cairo_stroke (cr);
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
  cairo_save (cr);
  nudge_paint_rounded (cr, x, column->top, column->tile, column->height, radius);
  cairo_clip (cr);
  nudge_draw_cells (cr, ramp, shares, n_rows, n_columns, x, column->top, column->tile,
                    column->height);
  cairo_restore (cr);
  nudge_paint_rounded (cr, x, column->top, column->tile, column->height, radius);
  nudge_paint_set_colour (cr, &palette->secondary, 1);
  cairo_set_line_width (cr, FRAME_WIDTH);
  cairo_stroke (cr);
}
