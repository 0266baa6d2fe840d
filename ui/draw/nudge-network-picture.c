/* nudge-network-picture.c - the network as a picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-network-picture.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-frame.h"
#include "ui/draw/nudge-network-layout.h"
#include "ui/draw/nudge-network-selection.h"
#include "ui/draw/nudge-network-tile.h"
#include "ui/draw/nudge-paint.h"
#include "ui/draw/nudge-text.h"
#include "ui/text/nudge-number.h"

/* An edge from |w| = 0 to the limit. */
#define LEAST_WIDTH   0.75
#define FULL_WIDTH    6.0
#define LEAST_OPACITY 0.35

/* The light core of an edge beyond the limit, as a share of its width. */
#define CORE_SHARE 0.3

/* The previous limit holds while the weights fill this share of it. */
#define KEEP_SHARE 0.25

/* Around a touched tile, where its neighbours leave room for it. */
#define RING_GLOW 6.0

/* Around what is selected. */
#define RIM_GAP      3.5
#define BAND_WIDTH   6.0
#define BAND_OPACITY 0.45

/* Narrower, a heat map's caption would touch the columns' names. */
#define CAPTION_NEEDS 190.0
#define NAME_NEEDS    64.0

#define BIAS_MARK       8.0
#define BIAS_NEEDS_TILE 20.0

#define LINE_HEIGHT 17.5 /* of what is read */

typedef struct {
  gsize column; /* of its unit */
  gsize unit;
  gsize input;
  float weight;
} Edge;

/* What one drawing hands around. */
typedef struct {
  cairo_t *cr;
  const NnFrame *frame;
  const NudgeNetworkStyle *style;
  const NudgePalette *palette;
  const NudgeNetworkLayout *layout;
  NudgeText *text;
  const NudgeRamp *ramp;
} Picture;

/* |w| on the printed scale: 1 at the limit. */
static double
get_strength (const Picture *self, float value)
{
  return isnan (value) ? 0 : fabs ((double) value) / self->style->limit;
}

/* The square root lifts edges of middling weight to 3:1 against the background. */
static double
get_opacity (double strength)
{
  return LEAST_OPACITY + (1 - LEAST_OPACITY) * sqrt (MIN (strength, 1));
}

static double
get_width (double strength)
{
  return LEAST_WIDTH + (FULL_WIDTH - LEAST_WIDTH) * MIN (strength, 1);
}

static const NudgeColour *
get_sign_colour (const NudgePalette *palette, float value)
{
  return value < 0   ? &palette->negative
         : value > 0 ? &palette->positive
                     : &palette->secondary;
}

static void
set_dash (cairo_t *cr, float value, double width)
{
  if (value < 0) {
    double dash[] = { 4 + 1.6 * width, 3 + 0.7 * width };

    cairo_set_dash (cr, dash, 2, 0);
  } else if (value > 0) {
    cairo_set_dash (cr, NULL, 0, 0);
  } else {
    double dots[] = { 1, 4 };

    cairo_set_dash (cr, dots, 2, 0);
  }
}

/* Leaves level, arrives level, and turns half way. */
static void
trace_edge (const Picture *self, const Edge *edge)
{
  const NudgeColumn *from = &self->layout->columns[edge->column - 1];
  const NudgeColumn *to = &self->layout->columns[edge->column];
  double x0 = from->x + from->tile / 2;
  double x1 = to->x - to->tile / 2;
  double y0 = nudge_column_get_y (from, edge->input);
  double y1 = nudge_column_get_y (to, edge->unit);
  double middle = (x0 + x1) / 2;

  cairo_new_path (self->cr);
  cairo_move_to (self->cr, x0, y0);
  cairo_curve_to (self->cr, middle, y0, middle, y1, x1, y1);
}

static void
draw_edge (const Picture *self, const Edge *edge)
{
  double strength = get_strength (self, edge->weight);
  double width = get_width (strength);

  trace_edge (self, edge);
  nudge_paint_set_colour (self->cr, get_sign_colour (self->palette, edge->weight),
                          get_opacity (strength));
  cairo_set_line_width (self->cr, width);
  set_dash (self->cr, edge->weight, width);
  cairo_stroke_preserve (self->cr);
  if (strength > 1) {
    nudge_paint_set_colour (self->cr, &self->palette->background, 1);
    cairo_set_line_width (self->cr, CORE_SHARE * width);
    cairo_stroke_preserve (self->cr);
  }
  cairo_new_path (self->cr);
}

/* Weak edges first, so that strong ones lie above; then by place, as equals may be
 * sorted into any order. */
static int
compare_edges (const void *a, const void *b)
{
  const Edge *one = a;
  const Edge *other = b;
  float x = fabsf (one->weight);
  float y = fabsf (other->weight);

  if (x < y || x > y)
    return x < y ? -1 : 1;
  if (one->column != other->column)
    return one->column < other->column ? -1 : 1;
  if (one->unit != other->unit)
    return one->unit < other->unit ? -1 : 1;
  return one->input < other->input ? -1 : one->input > other->input;
}

static gboolean
is_selected (const Picture *self, const Edge *edge)
{
  NudgeNetworkThing thing = { NUDGE_NETWORK_EDGE, edge->column, edge->unit, edge->input };

  for (gsize i = 0; i < self->style->n_selected; i++)
    if (nudge_target_has_edge (&self->style->selected[i], self->frame->architecture,
                               &thing))
      return TRUE;
  return FALSE;
}

static gboolean
is_neuron_selected (const Picture *self, const NudgeNetworkThing *neuron)
{
  for (gsize i = 0; i < self->style->n_selected; i++)
    if (nudge_target_is_of_neuron (&self->style->selected[i], self->frame->architecture,
                                   neuron))
      return TRUE;
  return FALSE;
}

/* A band of the accent under the edge, which keeps its own colour. */
static void
draw_band (const Picture *self, const Edge *edge)
{
  if (!is_selected (self, edge))
    return;
  trace_edge (self, edge);
  cairo_set_dash (self->cr, NULL, 0, 0);
  nudge_paint_set_colour (self->cr, &self->palette->accent, BAND_OPACITY);
  cairo_set_line_width (self->cr,
                        get_width (get_strength (self, edge->weight)) + BAND_WIDTH);
  cairo_stroke (self->cr);
}

static void
draw_edges (const Picture *self)
{
  const NnArchitecture *architecture = self->frame->architecture;
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (gsize k = 1; k < self->layout->n_columns; k++) {
    const NnLayerShape *layer = &architecture->layers[k - 1];
    const float *weights = nudge_frame_get_weights (self->frame, k);

    if (self->layout->gaps[k].folded)
      continue;
    for (gsize i = 0; i < layer->n_units * layer->n_inputs; i++) {
      Edge edge = { k, i / layer->n_inputs, i % layer->n_inputs, weights[i] };

      /* A NaN has no order; as zero it is drawn like what carries nothing. */
      if (isnan (edge.weight))
        edge.weight = 0;
      g_array_append_val (edges, edge);
    }
  }
  g_array_sort (edges, compare_edges);
  for (gsize i = 0; i < edges->len; i++)
    draw_band (self, &g_array_index (edges, Edge, i));
  for (gsize i = 0; i < edges->len; i++)
    draw_edge (self, &g_array_index (edges, Edge, i));
  cairo_set_dash (self->cr, NULL, 0, 0);
}

/* From a column's whole height to a map's: what goes in, what comes out. */
static void
draw_funnel (const Picture *self,
             double x0,
             double y0,
             double h0,
             double x1,
             double y1,
             double h1)
{
  double middle = (x0 + x1) / 2;

  cairo_new_path (self->cr);
  cairo_move_to (self->cr, x0, y0);
  cairo_curve_to (self->cr, middle, y0, middle, y1, x1, y1);
  cairo_line_to (self->cr, x1, y1 + h1);
  cairo_curve_to (self->cr, middle, y1 + h1, middle, y0 + h0, x0, y0 + h0);
  cairo_close_path (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->hairline, 0.35);
  cairo_fill (self->cr);
}

/* A frame around the map's cells that show a selected weight. */
static void
draw_selected_cells (const Picture *self, const NnTarget *selected, gsize k)
{
  const NudgeGap *gap = &self->layout->gaps[k];
  const NnLayerShape *layer = &self->frame->architecture->layers[k - 1];
  double width = gap->width / gap->n_columns;
  double height = gap->height / gap->n_rows;

  if (selected->selection == NN_SELECTION_ALL ||
      !g_str_equal (selected->layer, layer->name))
    return;
  cairo_new_path (self->cr);
  for (gsize row = 0; row < gap->n_rows; row++)
    for (gsize column = 0; column < gap->n_columns; column++) {
      NudgeNetworkThing thing = { NUDGE_NETWORK_EDGE, k, 0, 0 };

      nudge_gap_get_cell (gap, layer, row, column,
                          nudge_frame_get_weights (self->frame, k), &thing.unit,
                          &thing.input);
      if (nudge_target_has_edge (selected, self->frame->architecture, &thing))
        cairo_rectangle (self->cr, gap->x + width * column, gap->y + height * row, width,
                         height);
    }
  nudge_paint_set_colour (self->cr, &self->palette->accent, 1);
  cairo_set_line_width (self->cr, 1.5);
  cairo_stroke (self->cr);
}

static void
draw_map (const Picture *self, gsize k)
{
  const NudgeGap *gap = &self->layout->gaps[k];
  const NudgeColumn *before = &self->layout->columns[k - 1];
  const NudgeColumn *after = &self->layout->columns[k];
  const NnLayerShape *layer = &self->frame->architecture->layers[k - 1];
  const float *weights = nudge_frame_get_weights (self->frame, k);
  float shares[NUDGE_MAP_CELLS * NUDGE_MAP_CELLS];
  gsize unit;
  gsize input;

  for (gsize i = 0; i < gap->n_rows; i++)
    for (gsize j = 0; j < gap->n_columns; j++) {
      float w;

      nudge_gap_get_cell (gap, layer, i, j, weights, &unit, &input);
      w = weights[unit * layer->n_inputs + input];
      shares[i * gap->n_columns + j] =
          copysignf ((float) MIN (get_strength (self, w), 1), w);
    }
  if (gap->width < 1)
    return;
  draw_funnel (self, before->x + before->tile / 2, before->top, before->height, gap->x,
               gap->y, gap->height);
  draw_funnel (self, gap->x + gap->width, gap->y, gap->height, after->x - after->tile / 2,
               after->top, after->height);
  nudge_draw_cells (self->cr, self->ramp, shares, gap->n_rows, gap->n_columns, gap->x,
                    gap->y, gap->width, gap->height);
  cairo_rectangle (self->cr, gap->x, gap->y, gap->width, gap->height);
  nudge_paint_set_colour (self->cr, &self->palette->secondary, 1);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
  for (gsize i = 0; i < self->style->n_selected; i++)
    draw_selected_cells (self, &self->style->selected[i], k);
}

/* A square at a tile's lower left corner: the sign's colour, a dash in it below zero,
 * hollow at zero, the fuller the larger. */
static void
draw_bias (const Picture *self, gsize k, gsize unit)
{
  const NudgeColumn *column = &self->layout->columns[k];
  float bias = nudge_frame_get_bias (self->frame, k, unit);
  const NudgeColour *colour = get_sign_colour (self->palette, bias);
  double side = BIAS_MARK * column->tile / 34;
  double x = column->x - column->tile / 2 - 0.25 * side;
  double y = nudge_column_get_y (column, unit) + column->tile / 2 - 0.75 * side;
  double strength = get_strength (self, bias);

  if (column->tile < BIAS_NEEDS_TILE)
    return;
  nudge_paint_rounded (self->cr, x, y, side, side, 1.5);
  nudge_paint_set_colour (self->cr, &self->palette->background, 1);
  cairo_set_line_width (self->cr, 3.5);
  cairo_stroke_preserve (self->cr);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, colour, strength > 0 ? get_opacity (strength) : 0);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, colour, 1);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
  if (bias < 0) {
    nudge_paint_set_colour (self->cr,
                            strength > 0.25 ? &self->palette->background : colour, 1);
    cairo_set_line_width (self->cr, 1.25);
    nudge_paint_line (self->cr, x + 0.2 * side, y + side / 2, x + 0.8 * side,
                      y + side / 2);
  }
}

/* A ring, and a wider, fainter one around it; @room lies around the tile. */
static void
draw_ring (const Picture *self,
           double x,
           double y,
           double width,
           double height,
           double room)
{
  double pulse = CLAMP (self->style->pulse, 0, 1);
  double radius = 0.2 * MIN (width, height);
  double glow = CLAMP (room - 2.5, 0, RING_GLOW);

  nudge_paint_rounded (self->cr, x - 1.5, y - 1.5, width + 3, height + 3, radius + 1.5);
  nudge_paint_set_colour (self->cr, &self->palette->nudge, 0.3 * pulse);
  cairo_set_line_width (self->cr, 2.5 + 2 * glow);
  cairo_stroke_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->nudge, pulse);
  cairo_set_line_width (self->cr, 2.5);
  cairo_stroke (self->cr);
}

static gboolean
is_pulsing (const Picture *self, gsize column)
{
  return self->style->pulse > 0 && self->style->pulse_layer >= 0 &&
         column == (gsize) self->style->pulse_layer + 1;
}

/* Solid where it is selected, dashed where a key would select. */
static void
draw_rim (const Picture *self, gsize k, gsize unit)
{
  static const double dashes[] = { 3, 3 };
  const NudgeColumn *column = &self->layout->columns[k];
  NudgeNetworkThing neuron = { NUDGE_NETWORK_NEURON, k, unit, 0 };
  const NudgeNetworkThing *cursor = self->style->cursor;
  gboolean selected = is_neuron_selected (self, &neuron);
  double height = column->folded ? column->pitch : column->tile;
  double gap = column->folded ? 0 : MIN (RIM_GAP, (column->pitch - height) / 2);

  if (!selected && !(cursor && cursor->column == k && cursor->unit == unit))
    return;
  nudge_paint_rounded (self->cr, column->x - column->tile / 2 - RIM_GAP,
                       nudge_column_get_y (column, unit) - height / 2 - gap,
                       column->tile + 2 * RIM_GAP, height + 2 * gap,
                       0.2 * column->tile + gap);
  nudge_paint_set_colour (self->cr, &self->palette->accent, 1);
  cairo_set_line_width (self->cr, 2.5);
  if (!selected)
    cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

static void
draw_column (const Picture *self, gsize k)
{
  const NudgeColumn *column = &self->layout->columns[k];
  NudgeActivationRange range =
      nudge_activation_range (nudge_frame_get_activations (self->frame, k, 0),
                              column->n_units * self->frame->probes.n);
  double x = column->x - column->tile / 2;

  if (column->folded) {
    if (is_pulsing (self, k))
      draw_ring (self, x, column->top, column->tile, column->height, RING_GLOW);
    nudge_draw_block (self->cr, self->frame, self->palette, self->ramp, column, k, range);
    for (gsize i = 0; i < column->n_units; i++)
      draw_rim (self, k, i);
    return;
  }
  for (gsize i = 0; i < column->n_units; i++) {
    double y = nudge_column_get_y (column, i) - column->tile / 2;

    if (is_pulsing (self, k))
      draw_ring (self, x, y, column->tile, column->tile,
                 (column->pitch - column->tile) / 2);
    nudge_draw_tile (self->cr, self->frame, self->palette, self->ramp, column, k, i,
                     range);
    if (nudge_frame_has_bias (self->frame, k))
      draw_bias (self, k, i);
    draw_rim (self, k, i);
  }
}

static char *
dup_detail (const NnArchitecture *architecture, gsize k)
{
  const NnLayerShape *layer;

  if (k == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu feature", "%zu features",
                                         architecture->n_features),
                            architecture->n_features);
  layer = &architecture->layers[k - 1];
  return g_strdup_printf ("%zu · %s", layer->n_units,
                          nn_activation_get_name (layer->activation));
}

/* Where columns are too near for a name each, every second, third … has one. */
static void
draw_names (const Picture *self)
{
  const NudgeNetworkLayout *layout = self->layout;
  const NnArchitecture *architecture = self->frame->architecture;
  const gsize stride = (gsize) ceil (MAX (NAME_NEEDS / layout->spacing, 1));
  const double room =
      MIN ((double) stride * layout->spacing - 8, 2 * layout->columns[0].x - 4);

  for (gsize k = 0; k < layout->n_columns; k += stride) {
    const NudgeColumn *column = &layout->columns[k];
    g_autofree char *detail = dup_detail (architecture, k);

    nudge_text_draw_within (self->text, NUDGE_TEXT_NAME, &self->palette->text, column->x,
                            layout->name_baseline, 0.5, room,
                            k == 0 ? _ ("input") : architecture->layers[k - 1].name);
    nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                            column->x, layout->detail_baseline, 0.5, room, detail);
  }
}

/* What a heat map shows, as PyTorch would have its shape. */
static void
draw_captions (const Picture *self)
{
  const NudgeNetworkLayout *layout = self->layout;

  for (gsize k = 1; k < layout->n_columns; k++) {
    const NnLayerShape *layer = &self->frame->architecture->layers[k - 1];
    g_autofree char *caption =
        g_strdup_printf (_ ("weight %zu × %zu"), layer->n_units, layer->n_inputs);

    if (layout->gaps[k].folded && layout->spacing >= CAPTION_NEEDS)
      nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                              layout->gaps[k].x + layout->gaps[k].width / 2,
                              layout->detail_baseline, 0.5, layout->spacing - 100,
                              caption);
  }
}

static gboolean
any_beyond (const Picture *self)
{
  for (gsize k = 1; k < self->layout->n_columns; k++) {
    const NnLayerShape *layer = &self->frame->architecture->layers[k - 1];
    const float *weights = nudge_frame_get_weights (self->frame, k);

    for (gsize i = 0; i < layer->n_units * layer->n_inputs; i++)
      if (get_strength (self, weights[i]) > 1)
        return TRUE;
  }
  return FALSE;
}

/* Half of the legend: an edge's own widths, colours and dashes along the scale. */
static void
draw_wedge (const Picture *self, double zero_x, double end_x, float sign)
{
  const NudgeColour *colour = get_sign_colour (self->palette, sign);
  double y = self->layout->legend_y;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (zero_x, 0, end_x, 0);

  for (int i = 0; i <= 8; i++)
    cairo_pattern_add_color_stop_rgba (pattern, i / 8.0, colour->red, colour->green,
                                       colour->blue, get_opacity (i / 8.0));
  cairo_new_path (self->cr);
  cairo_move_to (self->cr, zero_x, y - LEAST_WIDTH / 2);
  cairo_line_to (self->cr, end_x, y - FULL_WIDTH / 2);
  cairo_line_to (self->cr, end_x, y + FULL_WIDTH / 2);
  cairo_line_to (self->cr, zero_x, y + LEAST_WIDTH / 2);
  cairo_close_path (self->cr);
  cairo_save (self->cr);
  cairo_clip (self->cr);
  cairo_set_source (self->cr, pattern);
  cairo_set_line_width (self->cr, FULL_WIDTH);
  set_dash (self->cr, sign, FULL_WIDTH / 2);
  nudge_paint_line (self->cr, end_x, y, zero_x, y);
  cairo_restore (self->cr);
  cairo_pattern_destroy (pattern);
}

static void
draw_legend (const Picture *self, double width)
{
  const NudgePalette *palette = self->palette;
  double left = NUDGE_MARGIN;
  double right = self->layout->legend_right;
  double middle = (left + right) / 2;
  double baseline = self->layout->legend_y + 22;
  g_autofree char *high = nudge_number_format (self->style->limit, 3);
  g_autofree char *low = nudge_number_format (-self->style->limit, 3);

  draw_wedge (self, middle, left, -1);
  draw_wedge (self, middle, right, 1);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary, left, baseline, 0,
                   low);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary, middle, baseline,
                   0.5, "0");
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary, right, baseline, 1,
                   high);
  if (!self->style->read)
    nudge_text_draw_within (
        self->text, NUDGE_TEXT_LABEL, &palette->secondary, right + 14,
        self->layout->legend_y + 4.5, 0, width - right - 14 - NUDGE_MARGIN,
        any_beyond (self) ? _ ("weight (hollow: beyond the scale)") : _ ("weight"));
}

/* Not at the pointer, where it would hide what is compared with it. */
static void
draw_reading (const Picture *self, double width, double height)
{
  const NudgePalette *palette = self->palette;
  double x = self->layout->reading_x;
  double y = self->layout->reading_y;
  g_autofree char *words = nudge_network_describe (self->frame, self->style->read);
  g_auto (GStrv) lines = g_strsplit (words ? words : "", "\n", 2);

  if (self->layout->legend_y < 0) {
    nudge_paint_set_colour (self->cr, &palette->background, 1);
    cairo_rectangle (self->cr, 0, y - LINE_HEIGHT, width, height);
    cairo_fill (self->cr);
  }
  for (gsize i = 0; lines[i]; i++)
    nudge_text_draw_within (self->text, i == 0 ? NUDGE_TEXT_BODY : NUDGE_TEXT_LABEL,
                            i == 0 ? &palette->text : &palette->secondary, x,
                            y + (double) i * LINE_HEIGHT, 0, width - x - NUDGE_MARGIN,
                            lines[i]);
}

/**
 * nudge_draw_network:
 *
 * Edges below, tiles above, names over the columns and the scale under them. Wide
 * layers fold into blocks and the weights between them into heat maps, so the cost
 * is bounded whatever the network.
 */
void
nudge_draw_network (cairo_t *cr,
                    const NnFrame *frame,
                    const NudgeNetworkStyle *style,
                    double width,
                    double height)
{
  g_return_if_fail (frame != NULL && style != NULL && style->limit > 0);

  if (width < 1 || height < 1)
    return;

  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, width, height);
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  NudgeRamp ramp;
  Picture self = { cr, frame, style, style->palette, layout, text, &ramp };

  nudge_ramp_init (&ramp, style->palette);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_paint (cr);
  for (gsize k = 1; k < layout->n_columns; k++)
    if (layout->gaps[k].folded)
      draw_map (&self, k);
  draw_edges (&self);
  for (gsize k = 0; k < layout->n_columns; k++)
    draw_column (&self, k);
  draw_names (&self);
  draw_captions (&self);
  if (layout->legend_y > 0 && !(style->read && layout->reading_takes_legend))
    draw_legend (&self, width);
  if (style->read)
    draw_reading (&self, width, height);
  cairo_restore (cr);
}

/* The least of 1, 2, 2.5 or 5 times a power of ten that is not below @value. */
static double
round_up (double value)
{
  static const double leads[] = { 1, 2, 2.5, 5, 10 };
  int exponent = (int) floor (log10 (value));
  gsize i = 0;

  /* Dividing for negative powers keeps 0.25 exactly what 0.25 parses to. */
  for (;; i++) {
    double nice =
        exponent < 0 ? leads[i] / pow (10, -exponent) : leads[i] * pow (10, exponent);

    if (nice >= value || i == G_N_ELEMENTS (leads) - 1)
      return nice;
  }
}

/**
 * nudge_network_choose_limit:
 * @previous: the limit of the frame before, or 0
 *
 * A round number that no weight exceeds. The previous one stays while it holds
 * and is not far too large, so the scale does not jump with every frame.
 *
 * Returns: greater than 0
 */
double
nudge_network_choose_limit (const NnFrame *frame, double previous)
{
  const NnArchitecture *architecture = frame->architecture;
  double largest = 0;

  for (gsize k = 1; k <= architecture->n_layers; k++) {
    const NnLayerShape *layer = &architecture->layers[k - 1];
    const float *weights = nudge_frame_get_weights (frame, k);

    for (gsize i = 0; i < layer->n_units * layer->n_inputs; i++)
      if (isfinite (weights[i]))
        largest = MAX (largest, fabs ((double) weights[i]));
  }
  if (isfinite (previous) && previous >= MAX (largest, DBL_MIN) &&
      largest >= KEEP_SHARE * previous)
    return previous;
  if (largest == 0)
    return previous > 0 && isfinite (previous) ? previous : 1;
  return round_up (largest);
}
