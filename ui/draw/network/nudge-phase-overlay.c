/* nudge-phase-overlay.c - what a phase of a step does, over the network's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-phase-overlay.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-text.h"
#include "ui/draw/network/nudge-network-layout.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-phase-words.h"

/* Of the largest of its kind, what an edge must have to be shown. */
#define LEAST_STRENGTH 0.02

/* What runs along an edge. */
#define LEAST_RADIUS 1.6
#define MOST_RADIUS  5.0
#define TAIL_DOTS    6
#define TAIL_LENGTH  0.16 /* of the edge */

/* What stays on it. */
#define LEAST_BAND   1.0
#define MOST_BAND    12.0
#define BAND_SHARE   0.16 /* of the distance of two units, at most */
#define BAND_OPACITY 0.4

#define CHIP_HEIGHT  18.0
#define CHIP_PADDING 6.0
#define CHIP_NEEDS   22.0 /* between two tiles, to be below its own */
#define DIGITS       3
#define LOSS_DIGITS  4

typedef struct {
  cairo_t *cr;
  const NnFrame *frame;
  const NnStepRecord *record;
  const NudgePhaseStyle *style;
  NudgePhase phase;
  double progress;
  const NudgePalette *palette;
  NudgeNetworkLayout *layout;
  NudgeText *text;
  double width;
  double height;
} Overlay;

/* An edge and what it has in this phase. */
typedef struct {
  gsize column; /* of its unit */
  gsize unit;
  gsize input;
  float value;
  double strength; /* of the gap's largest */
} Flow;

/* ---- what there is to show --------------------------------------------------------- */

static const float *
get_units (const Overlay *self, gsize column)
{
  const NnArchitecture *architecture = self->record->architecture;
  const float *units = self->record->example;

  if (column == 0)
    return units;
  units += architecture->n_features;
  for (gsize k = 0; k + 1 < column; k++)
    units += architecture->layers[k].n_units;
  return units;
}

/* @at: of the weight, among all values */
static float
get_value (const Overlay *self, const Flow *flow, gsize at)
{
  const float *before, *after;

  if (self->phase == NUDGE_PHASE_FORWARD)
    return self->record->values[NN_STEP_FORWARD][at] *
           get_units (self, flow->column - 1)[flow->input];
  if (self->phase == NUDGE_PHASE_BACKWARD)
    return self->record->gradients[at];
  nudge_step_get_values (self->frame, self->phase, &before, &after);
  return after[at] - before[at];
}

/* Returns: (element-type Flow): the gap's edges, in their order */
static GArray *
collect (const Overlay *self, gsize k)
{
  const NnLayerShape *layer = &self->record->architecture->layers[k - 1];
  const gsize offset = self->record->architecture->parameters[layer->weight].offset;
  GArray *flows = g_array_new (FALSE, FALSE, sizeof (Flow));
  double largest = 0;

  for (gsize i = 0; i < layer->n_units * layer->n_inputs; i++) {
    Flow flow = { k, i / layer->n_inputs, i % layer->n_inputs, 0, 0 };

    flow.value = get_value (self, &flow, offset + i);
    if (!isfinite (flow.value))
      continue;
    largest = MAX (largest, fabs ((double) flow.value));
    g_array_append_val (flows, flow);
  }
  for (guint i = 0; i < flows->len && largest > 0; i++) {
    Flow *flow = &g_array_index (flows, Flow, i);

    flow->strength = fabs ((double) flow->value) / largest;
  }
  return flows;
}

static const NudgeColour *
get_colour (const Overlay *self, float value)
{
  if (self->phase == NUDGE_PHASE_SECTION)
    return &self->palette->nudge;
  return value < 0 ? &self->palette->negative : &self->palette->positive;
}

/* ---- along an edge ----------------------------------------------------------------- */

/* The curve of the network's picture: from level to level. */
static void
get_ends (const Overlay *self, const Flow *flow, double *x, double *y)
{
  const NudgeColumn *from = &self->layout->columns[flow->column - 1];
  const NudgeColumn *to = &self->layout->columns[flow->column];

  x[0] = from->x + from->tile / 2;
  x[1] = to->x - to->tile / 2;
  y[0] = nudge_column_get_y (from, flow->input);
  y[1] = nudge_column_get_y (to, flow->unit);
}

static void
get_point (const Overlay *self, const Flow *flow, double t, double *px, double *py)
{
  double x[2], y[2];

  get_ends (self, flow, x, y);
  *px = x[0] + (x[1] - x[0]) * (1.5 * t * (1 - t) + t * t * t);
  *py = y[0] + (y[1] - y[0]) * t * t * (3 - 2 * t);
}

static void
draw_dot (const Overlay *self, const Flow *flow, double t, double share)
{
  const double radius =
      LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * sqrt (flow->strength);
  double x, y;

  get_point (self, flow, CLAMP (t, 0, 1), &x, &y);
  cairo_new_path (self->cr);
  cairo_arc (self->cr, x, y, radius * (0.4 + 0.6 * share), 0, 2 * G_PI);
  nudge_paint_set_colour (self->cr, get_colour (self, flow->value), share);
  cairo_fill (self->cr);
}

/* What comes first is drawn last. @t: from 0 at the left */
static void
draw_runner (const Overlay *self, const Flow *flow, double t)
{
  const double back = self->phase == NUDGE_PHASE_BACKWARD ? 1 : -1;

  for (guint i = TAIL_DOTS; i > 0; i--)
    draw_dot (self, flow, t + back * TAIL_LENGTH * i / TAIL_DOTS,
              0.5 * (TAIL_DOTS + 1 - i) / (TAIL_DOTS + 1));
  draw_dot (self, flow, t, 1);
}

/* Beside the edge's own line, which keeps its look; of less than zero it is dashed, too. */
static void
draw_band (const Overlay *self, const Flow *flow, double share)
{
  const double pitch = MIN (self->layout->columns[flow->column - 1].pitch,
                            self->layout->columns[flow->column].pitch);
  const double most = CLAMP (BAND_SHARE * pitch, 3, MOST_BAND);
  const double width = LEAST_BAND + (most - LEAST_BAND) * flow->strength;
  const double dash[] = { 3 + width, 2 + 0.6 * width };
  double x[2], y[2];

  get_ends (self, flow, x, y);
  cairo_new_path (self->cr);
  cairo_move_to (self->cr, x[0], y[0]);
  cairo_curve_to (self->cr, (x[0] + x[1]) / 2, y[0], (x[0] + x[1]) / 2, y[1], x[1], y[1]);
  cairo_set_dash (self->cr, dash, flow->value < 0 ? 2 : 0, 0);
  nudge_paint_set_colour (self->cr, get_colour (self, flow->value), BAND_OPACITY * share);
  cairo_set_line_width (self->cr, width);
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

/* Over a heat map: how far it is through it. */
static void
draw_sweep (const Overlay *self, const NudgeGap *gap, double t)
{
  if (gap->width < 1)
    return;
  cairo_rectangle (self->cr, gap->x + t * gap->width - 1.5, gap->y - 4, 3,
                   gap->height + 8);
  nudge_paint_set_colour (self->cr, &self->palette->text, 0.7);
  cairo_fill (self->cr);
}

static void
draw_frame (const Overlay *self, const NudgeGap *gap)
{
  if (gap->width < 1)
    return;
  nudge_paint_rounded (self->cr, gap->x - 3, gap->y - 3, gap->width + 6, gap->height + 6,
                       3);
  nudge_paint_set_colour (self->cr, get_colour (self, 1), self->progress);
  cairo_set_line_width (self->cr, 2.5);
  cairo_stroke (self->cr);
}

/* ---- numbers ----------------------------------------------------------------------- */

/* @x, @y: its middle, moved into the picture */
static void
draw_chip (const Overlay *self,
           const NudgeColour *colour,
           double x,
           double y,
           const char *words)
{
  const double width =
      nudge_text_measure (self->text, NUDGE_TEXT_LABEL, words) + 2 * CHIP_PADDING;
  const double left = CLAMP (x - width / 2, 2, MAX (2, self->width - width - 2));
  const double top =
      CLAMP (y - CHIP_HEIGHT / 2, 2, MAX (2, self->height - CHIP_HEIGHT - 2));

  nudge_paint_rounded (self->cr, left, top, width, CHIP_HEIGHT, 5);
  nudge_paint_set_colour (self->cr, &self->palette->background, 0.92);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, colour, 1);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &self->palette->text,
                   left + CHIP_PADDING, top + CHIP_HEIGHT - 4.5, 0, words);
}

/* What each neuron of @k gives for the example. */
static void
draw_units (const Overlay *self, gsize k)
{
  const NudgeColumn *column = &self->layout->columns[k];
  const float *units = get_units (self, k);
  const gboolean below =
      column->n_units == 1 || column->pitch - column->tile >= CHIP_NEEDS;

  if (column->folded || (!below && column->tile < CHIP_HEIGHT))
    return;
  for (gsize i = 0; i < column->n_units; i++) {
    g_autofree char *number = nudge_number_format ((double) units[i], DIGITS);
    const double y = nudge_column_get_y (column, i);

    draw_chip (self,
               units[i] == 0 ? &self->palette->hairline : get_colour (self, units[i]),
               column->x, below ? y + column->tile / 2 + CHIP_HEIGHT / 2 + 2 : y, number);
  }
}

static void
draw_loss (const Overlay *self)
{
  const NudgeColumn *last = &self->layout->columns[self->layout->n_columns - 1];
  g_autofree char *number =
      nudge_number_format ((double) self->record->loss, LOSS_DIGITS);
  g_autofree char *words = g_strdup_printf (_ ("loss %s"), number);

  draw_chip (self, &self->palette->text, last->x, last->top - CHIP_HEIGHT / 2 - 4, words);
}

/* At the weight that the sentence is about. */
static void
draw_mark (const Overlay *self, const NudgeChange *change, const char *number)
{
  const NnParameterShape *parameter = change->parameter;
  const NudgeGap *gap = &self->layout->gaps[parameter->layer + 1];
  const NudgeColumn *column = &self->layout->columns[parameter->layer + 1];
  double x = gap->x + gap->width / 2;
  double y = gap->y + gap->height + CHIP_HEIGHT;

  if (parameter->rank == 1) {
    x = column->x;
    y = nudge_column_get_y (column, change->index) + column->tile / 2 + CHIP_HEIGHT;
  } else if (!gap->folded) {
    const Flow flow = { parameter->layer + 1, change->index / parameter->shape[1],
                        change->index % parameter->shape[1], 0, 0 };

    get_point (self, &flow, 0.5, &x, &y);
    y -= CHIP_HEIGHT;
  }
  draw_chip (self, get_colour (self, change->after - change->before), x, y, number);
}

/* ---- the phases -------------------------------------------------------------------- */

/* Returns: how much of its way through the gap behind column @k is done */
static double
get_way (const Overlay *self, gsize k)
{
  const gsize n = self->layout->n_columns - 1;
  const gsize turn = self->phase == NUDGE_PHASE_BACKWARD ? n - k : k - 1;

  return CLAMP (self->progress * (double) n - (double) turn, 0, 1);
}

static void
draw_passing (const Overlay *self, gsize k)
{
  const double way = get_way (self, k);
  const double eased = way * way * (3 - 2 * way);
  const double t = self->phase == NUDGE_PHASE_BACKWARD ? 1 - eased : eased;
  const gboolean passes = way > 0 && way < 1;
  g_autoptr (GArray) flows = NULL;

  if (self->layout->gaps[k].folded) {
    if (passes)
      draw_sweep (self, &self->layout->gaps[k], t);
    return;
  }
  flows = collect (self, k);
  for (guint i = 0; i < flows->len; i++) {
    const Flow *flow = &g_array_index (flows, Flow, i);

    if (flow->strength < LEAST_STRENGTH)
      continue;
    if (self->phase == NUDGE_PHASE_BACKWARD && way > 0)
      draw_band (self, flow, way);
    if (passes)
      draw_runner (self, flow, t);
  }
}

static gboolean
has_changed (const Overlay *self, gsize k)
{
  const NnArchitecture *architecture = self->record->architecture;
  const NnParameterShape *weight =
      &architecture->parameters[architecture->layers[k - 1].weight];
  const float *before, *after;

  nudge_step_get_values (self->frame, self->phase, &before, &after);
  return memcmp (before + weight->offset, after + weight->offset,
                 weight->n_values * sizeof (float)) != 0;
}

static void
draw_change (const Overlay *self, gsize k)
{
  g_autoptr (GArray) flows = NULL;

  if (self->layout->gaps[k].folded) {
    if (has_changed (self, k))
      draw_frame (self, &self->layout->gaps[k]);
    return;
  }
  flows = collect (self, k);
  for (guint i = 0; i < flows->len; i++) {
    const Flow *flow = &g_array_index (flows, Flow, i);

    if (flow->strength >= LEAST_STRENGTH)
      draw_band (self, flow, self->progress);
  }
}

static void
draw_numbers (const Overlay *self)
{
  const gsize n_columns = self->layout->n_columns;
  const gboolean done = self->progress >= 1;
  NudgeChange most = { NULL };
  g_autofree char *number = NULL;

  if (self->phase == NUDGE_PHASE_FORWARD) {
    for (gsize k = 0; k < n_columns; k++)
      if (k == 0 || get_way (self, k) >= 1)
        draw_units (self, k);
    if (done)
      draw_loss (self);
    return;
  }
  most = self->phase == NUDGE_PHASE_BACKWARD
             ? nudge_step_find_gradient (self->record)
             : nudge_step_find_change (self->frame, self->phase);
  if (most.parameter == NULL || !done)
    return;
  number = self->phase == NUDGE_PHASE_BACKWARD
               ? nudge_number_format ((double) most.after, DIGITS)
               : nudge_words_for_move (&most);
  draw_mark (self, &most, number);
}

/* What autograd does meanwhile, which is what sets the section apart. */
static void
draw_caption (const Overlay *self)
{
  static const char *const captions[] = {
    [NUDGE_PHASE_FORWARD] = N_ ("recorded for the gradients"),
    [NUDGE_PHASE_BACKWARD] = N_ ("follows the record back"),
    [NUDGE_PHASE_OPTIMIZER] = N_ ("uses the gradients"),
    [NUDGE_PHASE_SECTION] = N_ ("◆ nothing is recorded here"),
  };
  const gboolean section = self->phase == NUDGE_PHASE_SECTION;
  const NudgeColour *colour = section ? &self->palette->nudge : &self->palette->secondary;

  nudge_text_draw (self->text, section ? NUDGE_TEXT_NOTE : NUDGE_TEXT_LABEL, colour,
                   self->width - NUDGE_MARGIN,
                   self->height - MAX (self->style->reserved_height + 4, 14), 1,
                   _ (captions[self->phase]));
  if (section) {
    const double dash[] = { 7, 5 };

    nudge_paint_rounded (self->cr, 4, 4, self->width - 8, self->height - 8, 10);
    nudge_paint_set_colour (self->cr, colour, 0.8);
    cairo_set_line_width (self->cr, 1.5);
    cairo_set_dash (self->cr, dash, 2, 0);
    cairo_stroke (self->cr);
    cairo_set_dash (self->cr, NULL, 0, 0);
  }
}

/**
 * nudge_draw_phase:
 * @frame: the newest, with the step's record; of no other network than that
 * @width: of the picture of the network under it
 */
void
nudge_draw_phase (cairo_t *cr,
                  const NnFrame *frame,
                  const NudgePhaseStyle *style,
                  double width,
                  double height)
{
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, width, height);
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  const Overlay self = {
    .cr = cr,
    .frame = frame,
    .record = frame->record,
    .style = style,
    .phase = style->phase,
    .progress = CLAMP (style->progress, 0, 1),
    .palette = style->palette,
    .layout = layout,
    .text = text,
    .width = width,
    .height = height,
  };

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  for (gsize k = 1; k < layout->n_columns; k++)
    if (self.phase == NUDGE_PHASE_FORWARD || self.phase == NUDGE_PHASE_BACKWARD)
      draw_passing (&self, k);
    else
      draw_change (&self, k);
  draw_numbers (&self);
  draw_caption (&self);
  cairo_restore (cr);
}
