/* nudge-map-picture.c - what the network puts out, over its one or two inputs
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-map-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-axis.h"
#include "ui/draw/base/nudge-cells.h"
#include "ui/draw/base/nudge-class-colour.h"
#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/base/nudge-line.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-shapes.h"
#include "ui/draw/base/nudge-text.h"
#include "ui/draw/network/nudge-network-tile.h"
#include "ui/text/nudge-number.h"

/* Above the map its name, as high as those of layers beside it; below it its inputs. */
#define NAME_BASELINE   30.0
#define DETAIL_BASELINE 48.0
#define HEADER          64.0
#define FOOTER          58.0
#define CORNER          8.0
#define POINT_RADIUS    3.0
#define SAMPLE_RADIUS   7.0
#define SAMPLE_REACH    7.0 /* of a click on an example */

/* So many outputs have a curve each. */
#define MOST_CURVES 10

/* Narrower, the words between the two ends would be cut off. */
#define HELD_NEEDS 240.0

#define TICK_HEIGHT 11.0 /* of a number at a line: above it, or below the uppermost */
#define DIGITS      3
#define TICK_DIGITS 7 /* at most: lines that are close together differ in the last ones */

/* What one drawing hands around. */
typedef struct {
  cairo_t *cr;
  const NnFrame *frame;
  const NudgeMapData *data;
  const NudgePalette *palette;
  gsize column; /* the last one */
  gsize n_outputs;
  double x; /* the map */
  double y;
  double side;
  double middle; /* of an output: as much of one sign as of the other … */
  double reach;  /* … and as far from it as the colours go */
} Map;

static gboolean
shows_classes (const Map *self)
{
  return self->n_outputs > 1 && self->data->n_classes > 1;
}

/* Where the sign of an output decides, and where its targets lie. */
static void
find_scale (Map *self)
{
  const float *outputs = nudge_frame_get_activations (self->frame, self->column, 0);
  const NudgeMapData *data = self->data;

  if (data->dataset->n_targets > 0 && data->n_classes == 0 && data->low < data->high) {
    self->middle = ((double) data->low + (double) data->high) / 2;
    self->reach = ((double) data->high - (double) data->low) / 2;
    return;
  }
  self->middle = 0;
  self->reach = 0;
  for (gsize i = 0; i < self->frame->probes.n; i++)
    if (isfinite (outputs[i]))
      self->reach = MAX (self->reach, fabs ((double) outputs[i]));
  if (self->reach == 0)
    self->reach = 1;
}

static Map
new_map (cairo_t *cr,
         const NnFrame *frame,
         const NudgeMapData *data,
         double width,
         double height)
{
  Map self = { .cr = cr, .frame = frame, .data = data };

  self.column = frame->architecture->n_layers;
  self.n_outputs = nudge_frame_get_n_units (frame, self.column);
  self.side = MAX (MIN (width - 2 * NUDGE_MARGIN, height - HEADER - FOOTER), 0);
  self.x = (width - self.side) / 2;
  self.y = HEADER + MAX ((height - HEADER - FOOTER - self.side) / 2, 0);
  find_scale (&self);
  return self;
}

static gsize
find_largest (const Map *self, gsize probe)
{
  const float *outputs = nudge_frame_get_activations (self->frame, self->column, 0);
  gsize largest = 0;

  for (gsize k = 1; k < self->n_outputs; k++)
    if (outputs[k * self->frame->probes.n + probe] >
        outputs[largest * self->frame->probes.n + probe])
      largest = k;
  return largest;
}

/* From 0, where all classes are alike, to 1: what softmax makes of the largest output. */
static double
get_certainty (const Map *self, gsize probe, gsize largest)
{
  const gsize n = self->frame->probes.n;
  const float *outputs = nudge_frame_get_activations (self->frame, self->column, 0);
  double sum = 0;

  for (gsize k = 0; k < self->n_outputs; k++)
    sum += exp ((double) outputs[k * n + probe] - (double) outputs[largest * n + probe]);
  if (!isfinite (sum) || sum < 1)
    return 0;
  return (1 / sum - 1.0 / (double) self->n_outputs) /
         (1 - 1.0 / (double) self->n_outputs);
}

static guint32
get_class_pixel (const Map *self, gsize probe)
{
  const gsize largest = find_largest (self, probe);
  const NudgeColour *colour =
      nudge_class_colour_get (self->palette, largest, self->data->n_classes);

  return nudge_pixel (nudge_paint_mix (&self->palette->background, colour,
                                       0.85 * get_certainty (self, probe, largest)));
}

/* In [-1, 1]. */
static float
get_share (const Map *self, float value)
{
  return isnan (value)
             ? 0
             : (float) CLAMP (((double) value - self->middle) / self->reach, -1, 1);
}

static void
draw_plane (const Map *self)
{
  const gsize side = self->frame->probes.side;
  const float *outputs = nudge_frame_get_activations (self->frame, self->column, 0);
  g_autofree guint32 *pixels = g_new (guint32, side * side);
  const NudgeCells cells = { pixels,     side,       side, self->x, self->y,
                             self->side, self->side, 0,    TRUE };
  NudgeRamp ramp;

  nudge_ramp_init (&ramp, self->palette);
  for (gsize i = 0; i < side * side; i++)
    pixels[i] = shows_classes (self)
                    ? get_class_pixel (self, i)
                    : nudge_ramp_get (&ramp, get_share (self, outputs[i]));
  nudge_draw_cells (self->cr, &cells);
}

/* ---- the examples ------------------------------------------------------------------ */

static NudgeColour
get_point_colour (const Map *self, const NudgeMapPoint *point)
{
  const NudgeMapData *data = self->data;

  if (data->n_classes > 0)
    return *nudge_class_colour_get (self->palette, (gsize) point->target,
                                    data->n_classes);
  if (data->dataset->n_targets == 0)
    return self->palette->text;
  if ((double) point->target < self->middle)
    return nudge_paint_mix (&self->palette->background, &self->palette->negative,
                            sqrt ((double) -get_share (self, point->target)));
  return nudge_paint_mix (&self->palette->background, &self->palette->positive,
                          sqrt ((double) get_share (self, point->target)));
}

/* On a rim of background. */
static void
append_point (const Map *self,
              GArray *shapes,
              double x,
              double y,
              NudgeColour colour,
              gboolean held_out)
{
  NudgeShape rim = nudge_shape_of_circle (x, y, POINT_RADIUS + 1);
  NudgeShape point =
      nudge_shape_of_circle (x, y, held_out ? POINT_RADIUS - 0.75 : POINT_RADIUS);

  rim.colour = self->palette->background;
  rim.opacity = 1;
  point.colour = colour;
  point.opacity = 1;
  point.line = held_out ? 1.5 : 0;
  g_array_append_val (shapes, rim);
  g_array_append_val (shapes, point);
}

static void
draw_points (const Map *self, const GArray *shapes)
{
  nudge_draw_shapes (self->cr, (const NudgeShape *) (gconstpointer) shapes->data,
                     shapes->len);
}

static double
get_place (const Map *self, gsize feature, float value)
{
  const NnProbesShape *probes = &self->frame->probes;

  return ((double) value - (double) probes->low[feature]) /
         ((double) probes->high[feature] - (double) probes->low[feature]);
}

static void
draw_plane_points (const Map *self)
{
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));

  for (gsize i = 0; i < self->data->n_points; i++) {
    const NudgeMapPoint *point = &self->data->points[i];

    append_point (self, shapes,
                  self->x + self->side * get_place (self, 0, point->inputs[0]),
                  self->y + self->side * (1 - get_place (self, 1, point->inputs[1])),
                  get_point_colour (self, point), point->held_out);
  }
  draw_points (self, shapes);
}

/* ---- the sample -------------------------------------------------------------------- */

/* A ring around where it is, with a rim of background, so that it is seen on any colour. */
static void
draw_sample (const Map *self)
{
  const float *units = self->frame->sample->units;
  const gsize *feature = self->data->feature;
  const double x = self->x + self->side * get_place (self, 0, units[feature[0]]);
  const gboolean plane = self->frame->probes.kind == NN_PROBES_PLANE;
  const double y =
      plane ? self->y + self->side * (1 - get_place (self, 1, units[feature[1]]))
            : self->y;

  for (int i = 0; i < 2; i++) {
    nudge_paint_set_colour (
        self->cr, i == 0 ? &self->palette->background : &self->palette->text, 1);
    cairo_set_line_width (self->cr, i == 0 ? 5 : 2);
    cairo_new_path (self->cr);
    if (plane) {
      cairo_arc (self->cr, x, y, SAMPLE_RADIUS, 0, 2 * G_PI);
    } else {
      cairo_move_to (self->cr, x, self->y);
      cairo_line_to (self->cr, x, self->y + self->side);
    }
    cairo_stroke (self->cr);
  }
}

/* Returns: the index of the example that is drawn within reach, or -1 */
static gssize
find_point (const Map *self, double x, double y)
{
  double best = SAMPLE_REACH;
  gssize found = -1;

  for (gsize i = 0; i < self->data->n_points; i++) {
    const NudgeMapPoint *point = &self->data->points[i];
    const double dx = self->x + self->side * get_place (self, 0, point->inputs[0]) - x;
    const double dy =
        self->frame->probes.kind == NN_PROBES_PLANE
            ? self->y + self->side * (1 - get_place (self, 1, point->inputs[1])) - y
            : 0;

    if (hypot (dx, dy) < best) {
      best = hypot (dx, dy);
      found = (gssize) i;
    }
  }
  return found;
}

/**
 * nudge_map_find_sample:
 * @choice: (out): the example that is drawn there, or the place itself as an input
 *
 * Returns: FALSE if @x, @y is not on the map
 */
gboolean
nudge_map_find_sample (const NnFrame *frame,
                       const NudgeMapData *data,
                       double width,
                       double height,
                       double x,
                       double y,
                       NnSampleChoice *choice)
{
  const Map self = new_map (NULL, frame, data, width, height);
  const double place[] = { (x - self.x) / self.side, 1 - (y - self.y) / self.side };
  gssize point;

  if (self.side < 1 || place[0] < 0 || place[0] > 1 || place[1] < 0 || place[1] > 1)
    return FALSE;
  *choice = (NnSampleChoice){ .any = TRUE };
  point = find_point (&self, x, y);
  if (point >= 0) {
    choice->example = data->points[point].row;
    return TRUE;
  }
  choice->example = data->example;
  choice->n_free = frame->probes.kind == NN_PROBES_PLANE ? 2 : 1;
  for (gsize i = 0; i < choice->n_free; i++) {
    choice->feature[i] = data->feature[i];
    choice->value[i] = frame->probes.low[i] +
                       (float) place[i] * (frame->probes.high[i] - frame->probes.low[i]);
  }
  return TRUE;
}

/* ---- one input --------------------------------------------------------------------- */

/* The least and the largest of what is drawn over the line. */
static NudgeAxis
make_axis (const Map *self)
{
  const float *outputs = nudge_frame_get_activations (self->frame, self->column, 0);
  const gsize n = MIN (self->n_outputs, MOST_CURVES) * self->frame->probes.n;
  double low = INFINITY, high = -INFINITY;
  NudgeAxis axis;

  for (gsize i = 0; i < n; i++)
    if (isfinite (outputs[i])) {
      low = MIN (low, (double) outputs[i]);
      high = MAX (high, (double) outputs[i]);
    }
  if (self->data->dataset->n_targets > 0 && self->data->n_classes == 0) {
    low = MIN (low, (double) self->data->low);
    high = MAX (high, (double) self->data->high);
  }
  if (low > high)
    low = high = 0;
  axis = nudge_axis_new (low, high, FALSE);
  axis.from = self->y + self->side;
  axis.to = self->y;
  return axis;
}

static void
draw_ticks (const Map *self, const NudgeAxis *axis, NudgeText *text)
{
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  const gsize n = nudge_axis_get_ticks (axis, 44, 0, ticks);

  for (gsize i = 0; i < n; i++) {
    const double y = nudge_paint_snap (nudge_axis_get_position (axis, ticks[i].value));
    const double above = y - 4;
    g_autofree char *label =
        nudge_number_format_tick (ticks[i].value, TICK_DIGITS, axis->low, axis->high);

    if (!ticks[i].labelled)
      continue;
    nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
    cairo_set_line_width (self->cr, 1);
    nudge_paint_line (self->cr, self->x, y, self->x + self->side, y);
    nudge_text_draw (text, NUDGE_TEXT_LABEL, &self->palette->secondary, self->x + 4,
                     above - TICK_HEIGHT < self->y ? y + TICK_HEIGHT + 2 : above, 0,
                     label);
  }
}

static void
draw_curve (const Map *self, const NudgeAxis *axis, gsize output)
{
  const gsize n = self->frame->probes.n;
  const float *values = nudge_frame_get_activations (self->frame, self->column, output);
  const NudgeColour *colour =
      self->n_outputs > 1
          ? nudge_class_colour_get (self->palette, output, MAX (self->n_outputs, 3))
          : &self->palette->text;
  const NudgeLineStyle style = { .width = 2, .colour = colour, .opacity = 1 };
  g_autofree NudgePoint *points = g_new (NudgePoint, n);
  gsize n_points = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      points[n_points++] =
          (NudgePoint){ self->x + self->side * (double) i / (double) (n - 1),
                        nudge_axis_get_position (axis, (double) values[i]) };
  nudge_draw_line (self->cr, points, n_points, &style);
}

static void
draw_line_points (const Map *self, const NudgeAxis *axis)
{
  const NudgeMapData *data = self->data;
  const gboolean has_targets = data->dataset->n_targets > 0 && data->n_classes == 0;
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));

  for (gsize i = 0; i < data->n_points; i++) {
    const NudgeMapPoint *point = &data->points[i];

    append_point (
        self, shapes, self->x + self->side * get_place (self, 0, point->inputs[0]),
        has_targets ? nudge_axis_get_position (axis, (double) point->target)
                    : self->y + self->side - POINT_RADIUS - 2,
        data->n_classes > 0 ? get_point_colour (self, point) : self->palette->positive,
        point->held_out);
  }
  draw_points (self, shapes);
}

/* ---- around it --------------------------------------------------------------------- */

static void
draw_words (const Map *self, NudgeText *text)
{
  const NnProbesShape *probes = &self->frame->probes;
  const NudgePalette *palette = self->palette;
  const double baseline = self->y + self->side + 18;
  const double middle = self->x + self->side / 2;
  g_autofree char *first = nudge_map_data_dup_feature (self->data, 0);
  g_autofree char *low = nudge_number_format (
      nudge_map_data_get_raw (self->data, 0, probes->low[0]), DIGITS);
  g_autofree char *high = nudge_number_format (
      nudge_map_data_get_raw (self->data, 0, probes->high[0]), DIGITS);
  g_autofree char *detail = NULL;
  g_autofree char *held = NULL;

  if (probes->kind == NN_PROBES_PLANE) {
    g_autofree char *second = nudge_map_data_dup_feature (self->data, 1);

    /* Translators: the output "over x and y", its two inputs */
    detail = g_strdup_printf (_ ("over %s and %s"), first, second);
    if (self->data->dataset->n_features > 2)
      held = g_strdup_printf (_ ("else as in example %zu"), self->data->example);
  } else {
    detail = g_strdup_printf (_ ("over %s"), first);
  }
  nudge_text_draw_within (text, NUDGE_TEXT_NAME, &palette->text, middle, NAME_BASELINE,
                          0.5, self->side, _ ("output"));
  nudge_text_draw_within (text, NUDGE_TEXT_LABEL, &palette->secondary, middle,
                          DETAIL_BASELINE, 0.5, self->side + NUDGE_MARGIN, detail);
  nudge_text_draw (text, NUDGE_TEXT_LABEL, &palette->secondary, self->x, baseline, 0,
                   low);
  nudge_text_draw (text, NUDGE_TEXT_LABEL, &palette->secondary, self->x + self->side,
                   baseline, 1, high);
  if (held && self->side >= HELD_NEEDS)
    nudge_text_draw_within (text, NUDGE_TEXT_LABEL, &palette->secondary, middle, baseline,
                            0.5, self->side - 100, held);
}

/* What fills it is cut off at the round corners, curves and examples at the square. */
static void
draw_inside (const Map *self, NudgeText *text)
{
  const gboolean is_plane = self->frame->probes.kind == NN_PROBES_PLANE;
  const NudgeAxis axis = make_axis (self);

  cairo_save (self->cr);
  nudge_paint_rounded (self->cr, self->x, self->y, self->side, self->side, CORNER);
  cairo_clip (self->cr);
  if (is_plane)
    draw_plane (self);
  else
    draw_ticks (self, &axis, text);
  cairo_restore (self->cr);
  cairo_save (self->cr);
  nudge_paint_clip (self->cr, self->x, self->y, self->side, self->side);
  for (gsize k = 0; k < MIN (self->n_outputs, MOST_CURVES) && !is_plane; k++)
    draw_curve (self, &axis, k);
  if (is_plane)
    draw_plane_points (self);
  else
    draw_line_points (self, &axis);
  if (self->frame->sample)
    draw_sample (self);
  cairo_restore (self->cr);
}

/**
 * nudge_draw_map:
 * @frame: whose probes are a line or a plane
 * @data: made of it
 */
void
nudge_draw_map (cairo_t *cr,
                const NnFrame *frame,
                const NudgeMapData *data,
                const NudgePalette *palette,
                double width,
                double height)
{
  Map self = new_map (cr, frame, data, width, height);
  g_autoptr (NudgeText) text = nudge_text_new (cr);

  self.palette = palette;
  nudge_paint_set_colour (cr, &palette->background, 1);
  cairo_paint (cr);
  if (self.side < 1)
    return;
  draw_words (&self, text);
  draw_inside (&self, text);
  nudge_paint_rounded (cr, self.x, self.y, self.side, self.side, CORNER);
  nudge_paint_set_colour (cr, &palette->hairline, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* ---- reading ----------------------------------------------------------------------- */

/* "x 0.5, y −1.2" of the probe there. */
static char *
dup_inputs (const Map *self, gsize probe)
{
  const NnProbesShape *probes = &self->frame->probes;
  const gsize n_features = probes->kind == NN_PROBES_PLANE ? 2 : 1;
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < n_features; i++) {
    const float value =
        nudge_frame_get_activations (self->frame, 0, self->data->feature[i])[probe];
    g_autofree char *name = nudge_map_data_dup_feature (self->data, i);
    g_autofree char *number =
        nudge_number_format (nudge_map_data_get_raw (self->data, i, value), 4);

    g_string_append_printf (words, "%s%s %s", i > 0 ? ", " : "", name, number);
  }
  return g_strdup (words->str);
}

/* What the outputs are there: the class, or the number. */
static char *
dup_output (const Map *self, gsize probe)
{
  const float *outputs = nudge_frame_get_activations (self->frame, self->column, 0);
  char **names = self->data->dataset->table->class_names;
  g_autofree char *number = NULL;

  if (shows_classes (self)) {
    const gsize largest = find_largest (self, probe);

    if (names && largest < g_strv_length (names))
      return g_strdup (names[largest]);
    return g_strdup_printf (_ ("class %zu"), largest);
  }
  number = nudge_number_format ((double) outputs[probe], 4);
  return g_strdup_printf (_ ("output %s"), number);
}

/**
 * nudge_map_describe:
 *
 * Returns: (transfer full) (nullable): what is at @x, @y, of a map drawn at @width by
 *   @height: the nearest point that was computed; NULL outside of it
 */
char *
nudge_map_describe (const NnFrame *frame,
                    const NudgeMapData *data,
                    double width,
                    double height,
                    double x,
                    double y)
{
  const Map self = new_map (NULL, frame, data, width, height);
  const double across = (x - self.x) / self.side;
  const double down = (y - self.y) / self.side;
  const gsize n =
      frame->probes.kind == NN_PROBES_PLANE ? frame->probes.side : frame->probes.n;
  g_autofree char *inputs = NULL;
  g_autofree char *output = NULL;
  gsize probe;

  if (self.side < 1 || across < 0 || across > 1 || down < 0 || down > 1)
    return NULL;
  probe = (gsize) lround (across * (double) (n - 1));
  if (frame->probes.kind == NN_PROBES_PLANE)
    probe += n * (gsize) lround (down * (double) (n - 1));
  inputs = dup_inputs (&self, probe);
  output = dup_output (&self, probe);
  return g_strdup_printf ("%s: %s", inputs, output);
}
