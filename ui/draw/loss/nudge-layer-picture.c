/* nudge-layer-picture.c - a measure of every layer over the steps as a picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-layer-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-class-colour.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-plot-axes.h"
#include "ui/draw/loss/nudge-loss-layout.h"
#include "ui/text/nudge-number.h"

/* As in the loss's picture, so that neither axis jumps from one to the other. */
#define TOP     36.0
#define FOOTER  34.0
#define ROW     18.0 /* middle of the row with the layers' names */
#define LINE    1.6
#define DOT     3.0
#define SAMPLE  22.0 /* of a line, before its name … */
#define GAP     7.0  /* … which is so far from it … */
#define SPACE   18.0 /* … and from the next */
#define PADDING 10.0

/* Lines of the card beside the cursor, each so high. */
#define CARD_LINES  9
#define CARD_HEIGHT 18.0

typedef struct {
  cairo_t *cr;
  NudgeText *text;
  const NnFrame *frame;
  const NudgeLayerStyle *style;
  NudgeAxis x;
  NudgeAxis y;
  double bottom;
} Canvas;

/**
 * nudge_layer_get_colour:
 *
 * Returns: the colour of the layer's line and other marks; after the last colour the
 *   first follows
 */
const NudgeColour *
nudge_layer_get_colour (const NudgePalette *palette, gsize layer)
{
  return nudge_class_colour_get (palette, layer, NUDGE_N_CLASS_COLOURS);
}

static float
get_value (const NnLayerSeries *series, NnMeasure measure, gsize layer, gsize point)
{
  return series->values[(point * series->n_layers + layer) * NN_N_MEASURES + measure];
}

static gboolean
is_logarithmic (const NudgeLayerStyle *style)
{
  return style->logarithmic && style->measure != NN_MEASURE_DEAD;
}

/* Whether the axis can show it. */
static gboolean
is_shown (const NudgeLayerStyle *style, float value)
{
  return isfinite (value) && (value > 0 || !is_logarithmic (style));
}

/* ---- positions --------------------------------------------------------------------- */

static NudgeAxis
make_value_axis (const NnFrame *frame, const NudgeLayerStyle *style, const NudgeAxis *x)
{
  const NnLayerSeries *series = frame->layers;
  double least = INFINITY;
  double greatest = -INFINITY;

  if (style->measure == NN_MEASURE_DEAD)
    return (NudgeAxis){ -0.03, 1.03, 0, 1, FALSE };
  for (gsize i = 0; series && i < series->n_points; i++)
    for (gsize k = 0; k < series->n_layers; k++) {
      const float value = get_value (series, style->measure, k, i);

      if ((double) series->steps[i] < x->low || (double) series->steps[i] > x->high ||
          !is_shown (style, value))
        continue;
      least = MIN (least, (double) value);
      greatest = MAX (greatest, (double) value);
    }
  if (least > greatest)
    return nudge_axis_new (is_logarithmic (style) ? 0.1 : 0, 1, is_logarithmic (style));
  return nudge_axis_new (least, greatest, is_logarithmic (style));
}

static void
canvas_init (Canvas *self,
             cairo_t *cr,
             const NnFrame *frame,
             const NudgeLayerStyle *style,
             double width,
             double height)
{
  *self = (Canvas){ .cr = cr, .frame = frame, .style = style, .bottom = height - FOOTER };
  nudge_time_span_get_edges (&style->span, frame, &self->x.low, &self->x.high);
  nudge_loss_get_span (width, &self->x.from, &self->x.to);
  self->y = make_value_axis (frame, style, &self->x);
  self->y.from = self->bottom;
  self->y.to = TOP;
}

/* ---- the lines --------------------------------------------------------------------- */

static void
draw_dot (const Canvas *self, const NudgeColour *colour, double x, double y)
{
  cairo_new_path (self->cr);
  cairo_arc (self->cr, x, y, DOT, 0, 2 * G_PI);
  nudge_paint_set_colour (self->cr, &self->style->palette->background, 1);
  cairo_set_line_width (self->cr, 3);
  cairo_stroke_preserve (self->cr);
  nudge_paint_set_colour (self->cr, colour, 1);
  cairo_fill (self->cr);
}

/* Colours that come again are dashed. */
static void
set_stroke (cairo_t *cr, const NudgePalette *palette, gsize layer)
{
  static const double dashes[] = { 6, 4 };

  nudge_paint_set_colour (cr, nudge_layer_get_colour (palette, layer), 1);
  cairo_set_line_width (cr, LINE);
  cairo_set_dash (cr, dashes,
                  layer < NUDGE_N_CLASS_COLOURS ? 0 : (int) G_N_ELEMENTS (dashes), 0);
}

/* What is not known, or has no place on the axis, leaves a gap. */
static void
draw_layer (const Canvas *self, gsize layer)
{
  const NnLayerSeries *series = self->frame->layers;
  double x = NAN, y = NAN;

  cairo_new_path (self->cr);
  for (gsize i = 0; i < series->n_points; i++) {
    const float value = get_value (series, self->style->measure, layer, i);
    const gboolean begins = isnan (y);

    if (!is_shown (self->style, value)) {
      y = NAN;
      continue;
    }
    x = nudge_axis_get_position (&self->x, (double) series->steps[i]);
    y = nudge_axis_get_position (&self->y, (double) value);
    if (begins)
      cairo_move_to (self->cr, x, y);
    else
      cairo_line_to (self->cr, x, y);
  }
  set_stroke (self->cr, self->style->palette, layer);
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0);
  if (isfinite (y))
    draw_dot (self, nudge_layer_get_colour (self->style->palette, layer), x, y);
}

/* Each layer's colour and name in one row; of what has no space, how many there are. */
static void
draw_names (const Canvas *self)
{
  const NnArchitecture *architecture = self->frame->architecture;
  const NudgePalette *palette = self->style->palette;
  double x = self->x.from;

  for (gsize i = 0; i < architecture->n_layers; i++) {
    const char *name = architecture->layers[i].name;
    const double width = nudge_text_measure (self->text, NUDGE_TEXT_LABEL, name);
    const gulong n_left = (gulong) (architecture->n_layers - i);
    g_autofree char *more = g_strdup_printf (
        /* Translators: layers whose names have no space */
        ngettext ("and %lu more", "and %lu more", n_left), n_left);
    const double reserved =
        n_left > 1 ? nudge_text_measure (self->text, NUDGE_TEXT_LABEL, more) : 0;

    if (x + SAMPLE + GAP + width + SPACE + reserved > self->x.to) {
      nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary, x, ROW + 4.5, 0,
                       more);
      return;
    }
    set_stroke (self->cr, palette, i);
    nudge_paint_line (self->cr, x, nudge_paint_snap (ROW), x + SAMPLE,
                      nudge_paint_snap (ROW));
    cairo_set_dash (self->cr, NULL, 0, 0);
    nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary, x + SAMPLE + GAP,
                     ROW + 4.5, 0, name);
    x += SAMPLE + GAP + width + SPACE;
  }
}

static void
draw_axes (const Canvas *self)
{
  const NudgePlotAxes axes = {
    .cr = self->cr,
    .text = self->text,
    .palette = self->style->palette,
    .x = &self->x,
    .y = &self->y,
    .bottom = self->bottom,
    .percent = self->style->measure == NN_MEASURE_DEAD,
  };

  nudge_plot_axes_draw_y (&axes);
  nudge_plot_axes_draw_steps (&axes);
}

static gboolean
has_point (const NnFrame *frame, NnMeasure measure)
{
  const NnLayerSeries *series = frame->layers;

  for (gsize i = 0; series && i < series->n_points; i++)
    for (gsize k = 0; k < series->n_layers; k++)
      if (isfinite (get_value (series, measure, k, i)))
        return TRUE;
  return FALSE;
}

/* What to do where there is nothing yet. */
static void
draw_invitation (const Canvas *self)
{
  const char *words = _ ("Press Run: each layer is measured from here on");

  nudge_text_draw_within (self->text, NUDGE_TEXT_BODY, &self->style->palette->secondary,
                          (self->x.from + self->x.to) / 2, (TOP + self->bottom) / 2 + 4.5,
                          0.5, self->x.to - self->x.from, words);
}

/* Why the steps before the first point are empty, if they have space for it; no line of the
 * axis goes through the words. */
static void
draw_beginning (const Canvas *self)
{
  const NudgePalette *palette = self->style->palette;
  const guint64 first = self->frame->layers->steps[0];
  const double end =
      MIN (nudge_axis_get_position (&self->x, (double) first), self->x.to) - PADDING;
  const double middle = (TOP + self->bottom) / 2;
  g_autofree char *step = nudge_number_format_count (first);
  /* Translators: in a plot: "Measured from step 1204 on" */
  g_autofree char *words = g_strdup_printf (_ ("Measured from step %s on"), step);
  const double width = nudge_text_measure (self->text, NUDGE_TEXT_LABEL, words);

  if (end - width - PADDING < self->x.from)
    return;
  nudge_paint_set_colour (self->cr, &palette->background, 1);
  cairo_rectangle (self->cr, end - width - GAP, middle - PADDING, width + 2 * GAP,
                   2 * PADDING);
  cairo_fill (self->cr);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary, end, middle + 4.5,
                   1, words);
}

/**
 * nudge_draw_layers:
 *
 * A line for each layer, from the step on at which it was first measured, which is said
 * if the steps before it are visible.
 */
void
nudge_draw_layers (cairo_t *cr,
                   const NnFrame *frame,
                   const NudgeLayerStyle *style,
                   double width,
                   double height)
{
  Canvas self;

  g_return_if_fail (frame != NULL && style != NULL);

  if (width < 1 || height < 1)
    return;
  g_autoptr (NudgeText) text = nudge_text_new (cr);

  canvas_init (&self, cr, frame, style, width, height);
  self.text = text;
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_paint (cr);
  if (self.x.to - self.x.from >= 1 && self.bottom - TOP >= 1) {
    draw_axes (&self);
    draw_names (&self);
    cairo_rectangle (cr, self.x.from - DOT - 2, 0, self.x.to - self.x.from + 2 * DOT + 4,
                     height);
    cairo_clip (cr);
    if (!has_point (frame, style->measure))
      draw_invitation (&self);
    else
      draw_beginning (&self);
    for (gsize i = 0; frame->layers && i < frame->layers->n_layers; i++)
      draw_layer (&self, i);
  }
  cairo_restore (cr);
}

/* ---- reading it -------------------------------------------------------------------- */

/**
 * nudge_layers_find_point:
 * @series: (nullable)
 *
 * Returns: the point nearest to @step, or -1 if there is none
 */
gssize
nudge_layers_find_point (const NnLayerSeries *series, double step)
{
  gssize nearest = -1;
  double distance = INFINITY;

  for (gsize i = 0; series && i < series->n_points; i++) {
    const double away = fabs ((double) series->steps[i] - step);

    if (away < distance) {
      nearest = (gssize) i;
      distance = away;
    }
  }
  return nearest;
}

/**
 * nudge_layers_dup_reading:
 * @point: of the frame's series
 *
 * Returns: (transfer full): "fc1 0.0183", or "fc1 33 %"
 */
char *
nudge_layers_dup_reading (const NnFrame *frame,
                          NnMeasure measure,
                          gsize layer,
                          gsize point)
{
  const float value = get_value (frame->layers, measure, layer, point);
  const char *name = frame->architecture->layers[layer].name;
  g_autofree char *number =
      nudge_number_format ((double) value * (measure == NN_MEASURE_DEAD ? 100 : 1), 4);

  if (isnan (value))
    return g_strdup_printf ("%s –", name);
  return g_strdup_printf (measure == NN_MEASURE_DEAD ? _ ("%s %s %%") : "%s %s", name,
                          number);
}

static void
draw_card_line (const Canvas *self, double x, double y, gsize layer, const char *words)
{
  set_stroke (self->cr, self->style->palette, layer);
  nudge_paint_line (self->cr, x, y - 4, x + 12, y - 4);
  cairo_set_dash (self->cr, NULL, 0, 0);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &self->style->palette->text, x + 18, y,
                   0, words);
}

/* The step, and what each layer has there, beside @x where it fits. */
static void
draw_card (const Canvas *self, double x, gsize point)
{
  const NudgePalette *palette = self->style->palette;
  const gsize n = MIN (self->frame->layers->n_layers, CARD_LINES);
  g_autofree char *count = nudge_number_format_count (self->frame->layers->steps[point]);
  g_autofree char *step = g_strdup_printf (_ ("step %s"), count);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  double width = nudge_text_measure (self->text, NUDGE_TEXT_LABEL, step) - 18;
  double left;

  for (gsize i = 0; i < n; i++) {
    char *line = nudge_layers_dup_reading (self->frame, self->style->measure, i, point);

    g_ptr_array_add (lines, line);
    width = MAX (width, nudge_text_measure (self->text, NUDGE_TEXT_LABEL, line));
  }
  width += 18 + 2 * PADDING;
  left = x + 10 + width <= self->x.to ? x + 10 : MAX (x - 10 - width, self->x.from);
  nudge_paint_rounded (self->cr, nudge_paint_snap (left), nudge_paint_snap (TOP + 6),
                       floor (width), (double) (n + 1) * CARD_HEIGHT + 8, 8);
  nudge_paint_set_colour (self->cr, &palette->background, 1);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &palette->hairline, 1);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &palette->secondary, left + PADDING,
                   TOP + 6 + CARD_HEIGHT, 0, step);
  for (gsize i = 0; i < n; i++)
    draw_card_line (self, left + PADDING, TOP + 6 + (double) (i + 2) * CARD_HEIGHT, i,
                    lines->pdata[i]);
}

/**
 * nudge_draw_layers_cursor:
 *
 * Over the picture: the point that was measured nearest to @x.
 */
void
nudge_draw_layers_cursor (cairo_t *cr,
                          const NnFrame *frame,
                          const NudgeLayerStyle *style,
                          double width,
                          double height,
                          double x)
{
  Canvas self;
  gssize point;

  g_return_if_fail (frame != NULL && style != NULL);

  canvas_init (&self, cr, frame, style, width, height);
  point = nudge_layers_find_point (frame->layers, nudge_axis_get_value (&self.x, x));
  if (point < 0 || x < self.x.from - 1 || x > self.x.to + 1 || self.bottom - TOP < 1)
    return;
  x = nudge_axis_get_position (&self.x, (double) frame->layers->steps[point]);
  if (x < self.x.from - 1 || x > self.x.to + 1)
    return;

  g_autoptr (NudgeText) text = nudge_text_new (cr);

  self.text = text;
  nudge_paint_set_colour (cr, &style->palette->secondary, 1);
  cairo_set_line_width (cr, 1);
  nudge_paint_line (cr, nudge_paint_snap (x), TOP, nudge_paint_snap (x), self.bottom);
  for (gsize i = 0; i < frame->layers->n_layers; i++) {
    const float value = get_value (frame->layers, style->measure, i, (gsize) point);

    if (is_shown (style, value))
      draw_dot (&self, nudge_layer_get_colour (style->palette, i), x,
                nudge_axis_get_position (&self.y, (double) value));
  }
  draw_card (&self, x, (gsize) point);
}
