/* nudge-loss-picture.c - the loss over the steps as a picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-axis.h"
#include "ui/draw/nudge-loss-layout.h"
#include "ui/draw/nudge-number.h"
#include "ui/draw/nudge-paint.h"
#include "ui/draw/nudge-text.h"

#define LINE_WIDTH 1.6
#define DOT        3.0

/* Half of the part of a column of pixels over which its outline is level. */
#define SHOULDER 0.35

/* Pixels between labels. */
#define X_PITCH 90.0
#define Y_PITCH 30.0

/* Stroking a long zigzag as one path costs far more than as several short ones. */
#define POINTS_PER_STROKE 64

/* What one drawing hands around. */
typedef struct {
  cairo_t *cr;
  const NnFrame *frame;
  const NudgePalette *palette;
  const NudgeLossLayout *plot;
  NudgeText *text;
} Picture;

static double
get_x (const Picture *self, double step)
{
  return nudge_axis_get_position (&self->plot->x, step);
}

static double
get_y (const Picture *self, double loss)
{
  return nudge_axis_get_position (&self->plot->y, loss);
}

/* A line on the middle of a pixel is one pixel wide, not two half ones. */
static double
snap (double position)
{
  return floor (position) + 0.5;
}

static void
draw_y_axis (const Picture *self)
{
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks (&self->plot->y, Y_PITCH, 0, ticks);

  cairo_set_line_width (self->cr, 1);
  for (gsize i = 0; i < n; i++) {
    double y = snap (get_y (self, ticks[i].value));
    double end = ticks[i].labelled ? self->plot->right : self->plot->left - 4;
    g_autofree char *label = nudge_number_format (ticks[i].value, 7);

    nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
    nudge_paint_line (self->cr, self->plot->left, y, end, y);
    if (ticks[i].labelled)
      nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                              self->plot->left - 10, y + 4.5, 1, self->plot->left - 12,
                              label);
  }
}

static void
draw_x_axis (const Picture *self)
{
  const NudgeLossLayout *plot = self->plot;
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks (&plot->x, X_PITCH, 1, ticks);
  double baseline = plot->bottom + 19;
  double free_until =
      plot->right - nudge_text_measure (self->text, NUDGE_TEXT_LABEL, _ ("step")) - 12;
  double y = snap (plot->bottom);

  nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
  cairo_set_line_width (self->cr, 1);
  nudge_paint_line (self->cr, plot->left, y, plot->right, y);
  for (gsize i = 0; i < n; i++) {
    double x = get_x (self, ticks[i].value);
    g_autofree char *label = nudge_number_format (ticks[i].value, 7);

    nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
    nudge_paint_line (self->cr, snap (x), y, snap (x), y + 4);
    if (x + nudge_text_measure (self->text, NUDGE_TEXT_LABEL, label) / 2 < free_until)
      nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary, x,
                       baseline, 0.5, label);
  }
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary, plot->right,
                   baseline, 1, _ ("step"));
}

/* Few buckets: a line through them, and through both extremes of those that hold
 * several steps, the nearer one first. */
static void
draw_line (const Picture *self)
{
  const NnCurve *curve = self->frame->curve;
  double x = NAN;
  double y = NAN;

  cairo_new_path (self->cr);
  for (gsize i = 0; i < curve->n_buckets; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double min_y = get_y (self, (double) bucket->min);
    double max_y = get_y (self, (double) bucket->max);
    gboolean min_first = fabs (min_y - y) < fabs (max_y - y);

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    if (i % POINTS_PER_STROKE == 0 && i > 0) {
      cairo_stroke (self->cr);
      cairo_move_to (self->cr, x, y);
    }
    x = get_x (self, nudge_loss_layout_get_step (curve, i));
    cairo_line_to (self->cr, x, min_first ? min_y : max_y);
    y = min_first ? max_y : min_y;
    if (bucket->min < bucket->max)
      cairo_line_to (self->cr, x, y);
  }
  cairo_stroke (self->cr);
}

/* The upper and lower edge of the line in one column of pixels. */
typedef struct {
  double top;
  double bottom;
} Extent;

/* Every bucket widens the extents of the columns it lies in. */
static void
collect_extents (const Picture *self, Extent *extents, gsize n)
{
  const NnCurve *curve = self->frame->curve;

  for (gsize i = 0; i < n; i++)
    extents[i] = (Extent){ INFINITY, -INFINITY };
  for (gsize i = 0; i < curve->n_buckets; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double first = get_x (self, (double) (i * curve->width + 1)) - self->plot->left;
    double last =
        get_x (self, (double) nn_curve_get_last_step (curve, i)) - self->plot->left;

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    for (gsize x = (gsize) first; x <= MIN ((gsize) last, n - 1); x++) {
      extents[x].top = MIN (extents[x].top, get_y (self, (double) bucket->max));
      extents[x].bottom = MAX (extents[x].bottom, get_y (self, (double) bucket->min));
    }
  }
}

/* Neighbours that do not overlap meet half way, or the line would break. */
static gsize
join_extents (Extent *extents, gsize n)
{
  gsize n_used = 0;

  for (gsize i = 0; i < n; i++)
    if (extents[i].top <= extents[i].bottom)
      n_used = i + 1;
    else if (i > 0)
      extents[i] = extents[i - 1];
  for (gsize i = 1; i < n_used; i++) {
    Extent *a = &extents[i - 1];
    Extent *b = &extents[i];

    if (a->bottom < b->top)
      a->bottom = b->top = (a->bottom + b->top) / 2;
    else if (b->bottom < a->top)
      a->top = b->bottom = (a->top + b->bottom) / 2;
  }
  return n_used;
}

/* Level over most of the column, so that a spike of one column keeps its width up to
 * its tip, and slanted to the next, so that a slope has no stairs. */
static void
trace_edge (const Picture *self, gsize column, double y, double shoulder)
{
  double middle = self->plot->left + column + 0.5;

  if (!isfinite (y))
    return;
  cairo_line_to (self->cr, middle - shoulder, y);
  cairo_line_to (self->cr, middle + shoulder, y);
}

/* Many buckets: the outline of all that was seen in each column of pixels, filled at
 * once. Unlike a zigzag it never crosses itself, which is what makes strokes dear. */
static void
draw_outline (const Picture *self)
{
  const NudgeLossLayout *plot = self->plot;
  gsize n = (gsize) ceil (plot->right - plot->left) + 1;
  g_autofree Extent *extents = g_new (Extent, n);
  gsize n_used;

  collect_extents (self, extents, n);
  n_used = join_extents (extents, n);
  cairo_new_path (self->cr);
  for (gsize i = 0; i < n_used; i++)
    trace_edge (self, i, extents[i].top - LINE_WIDTH / 2, SHOULDER);
  for (gsize i = n_used; i-- > 0;)
    trace_edge (self, i, extents[i].bottom + LINE_WIDTH / 2, -SHOULDER);
  cairo_close_path (self->cr);
  cairo_fill (self->cr);
}

/* Where the run is now, set off from the line by a rim of background. */
static void
draw_dot (const Picture *self, double step, double loss)
{
  cairo_new_path (self->cr);
  cairo_arc (self->cr, get_x (self, step), get_y (self, loss), DOT, 0, 2 * G_PI);
  nudge_paint_set_colour (self->cr, &self->palette->background, 1);
  cairo_set_line_width (self->cr, 3);
  cairo_stroke_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->text, 1);
  cairo_fill (self->cr);
}

static void
draw_curve (const Picture *self)
{
  const NnCurve *curve = self->frame->curve;
  const NnCurveBucket *newest;

  if (curve == NULL || curve->n_buckets == 0)
    return;
  newest = &curve->buckets[curve->n_buckets - 1];
  nudge_paint_set_colour (self->cr, &self->palette->text, 1);
  cairo_set_line_width (self->cr, LINE_WIDTH);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
  if ((double) curve->n_buckets <= (self->plot->right - self->plot->left) / 2)
    draw_line (self);
  else
    draw_outline (self);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
  if (isfinite (newest->last))
    draw_dot (self, (double) curve->n_steps, (double) newest->last);
}

/* Before the first step: what the loss is now, and what to do. */
static void
draw_invitation (const Picture *self)
{
  const NudgeLossLayout *plot = self->plot;
  const char *words = _ ("Press Run: the loss appears here");
  double room = plot->right - plot->left - 24;
  double width = MIN (nudge_text_measure (self->text, NUDGE_TEXT_BODY, words), room) + 24;
  double x = (plot->left + plot->right) / 2;
  double y = (plot->top + plot->bottom) / 2;

  nudge_paint_set_colour (self->cr, &self->palette->background, 1);
  cairo_rectangle (self->cr, x - width / 2, y - 12, width, 24);
  cairo_fill (self->cr);
  nudge_text_draw_within (self->text, NUDGE_TEXT_BODY, &self->palette->secondary, x,
                          y + 4.5, 0.5, room, words);
  if (isfinite (self->frame->loss))
    draw_dot (self, 0, self->frame->loss);
}

/* "fc2.weight: a*w  a = 0.98"; when it acts is said by where it is drawn. */
static char *
dup_nudge_label (const NnNudge *nudge)
{
  g_autofree char *target = nn_nudge_dup_target (nudge);
  g_autofree char *amount = NULL;

  if (!nn_expression_uses_amount (nudge->expression))
    return g_strdup_printf ("%s: %s", target, nn_expression_get_text (nudge->expression));
  amount = nudge_number_format_exact (nudge->amount);
  return g_strdup_printf ("%s: %s  a = %s", target,
                          nn_expression_get_text (nudge->expression), amount);
}

static char *
dup_landing_label (const NnLanding *landing)
{
  g_autofree char *nudge = dup_nudge_label (landing->nudge);
  double jump = landing->loss_after - landing->loss_before;
  g_autofree char *number = NULL;

  if (landing->refusal != NULL)
    return g_strdup_printf (_ ("%s  refused"), nudge);
  if (!isfinite (jump))
    return g_steal_pointer (&nudge);
  number = nudge_number_format (jump, 3);
  return g_strdup_printf ("%s  ΔL %s%s", nudge, jump > 0 ? "+" : "", number);
}

/* Full: it landed. Hollow: it was refused. */
static void
draw_diamond (const Picture *self, double x, double y, double radius, gboolean hollow)
{
  nudge_paint_diamond (self->cr, x, y, radius);
  nudge_paint_set_colour (self->cr,
                          hollow ? &self->palette->background : &self->palette->nudge, 1);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->nudge, 1);
  cairo_set_line_width (self->cr, 1.5);
  cairo_stroke (self->cr);
}

/* The jump of the loss at that step, in the place where it happened. */
static void
draw_jump (const Picture *self, const NnLanding *landing, double x)
{
  if (landing->refusal != NULL || !isfinite (landing->loss_before) ||
      !isfinite (landing->loss_after))
    return;
  nudge_paint_set_colour (self->cr, &self->palette->nudge, 1);
  cairo_set_line_width (self->cr, 3.5);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
  nudge_paint_line (self->cr, x, get_y (self, landing->loss_before), x,
                    get_y (self, landing->loss_after));
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
}

static void
draw_dotted (const Picture *self, double x)
{
  static const double dots[] = { 1.5, 3 };

  nudge_paint_set_colour (self->cr, &self->palette->nudge, 1);
  cairo_set_line_width (self->cr, 1.25);
  cairo_set_dash (self->cr, dots, 2, 0);
  nudge_paint_line (self->cr, snap (x), self->plot->header_y + 8, snap (x),
                    self->plot->bottom);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

/* The place of the newest nudge's words in the header row. */
typedef struct {
  const NnLanding *landing; /* (nullable) NULL: there are none */
  char *text;               /* (owned) (nullable) */
  double x;
  double width;
} Label;

/* Beside its diamond: to the right if it fits there, else where more room is. */
static Label
place_label (const Picture *self, const NnLanding *newest)
{
  const NudgeLossLayout *plot = self->plot;
  Label label = { newest };
  double x;
  double to_right;
  double to_left;

  if (newest == NULL)
    return label;
  x = get_x (self, (double) newest->first);
  to_right = plot->right - x - 12;
  to_left = x - plot->left - 12;
  label.text = dup_landing_label (newest);
  label.width = nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label.text);
  if (to_right >= label.width || to_right >= to_left) {
    label.width = MIN (label.width, to_right);
    label.x = x + 12;
  } else {
    label.width = MIN (label.width, to_left);
    label.x = x - 12 - label.width;
  }
  return label;
}

static const NnLanding *
find_newest_single (const NnFrame *frame)
{
  for (gsize i = frame->n_landings; i-- > 0;)
    if (!nudge_landing_is_band (&frame->landings[i]))
      return &frame->landings[i];
  return NULL;
}

/* Landings on the same few pixels share a dotted line. */
static void
draw_single_lines (const Picture *self)
{
  double last_line = -INFINITY;

  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    double x = get_x (self, (double) landing->first);

    if (nudge_landing_is_band (landing))
      continue;
    if (fabs (x - last_line) >= 3) {
      draw_dotted (self, x);
      last_line = x;
    }
    draw_jump (self, landing, x);
  }
}

/* Each at the top of its line; those that the newest one's words would cover stand
 * small below them. */
static void
draw_single_diamonds (const Picture *self)
{
  Label label = place_label (self, find_newest_single (self->frame));
  double y = self->plot->header_y;

  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    double x = get_x (self, (double) landing->first);
    gboolean covered =
        landing != label.landing && x > label.x - 8 && x < label.x + label.width + 8;

    if (!nudge_landing_is_band (landing))
      draw_diamond (self, x, covered ? y + 10 : y, covered ? 3 : 6,
                    landing->refusal != NULL);
  }
  if (label.text != NULL)
    nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge, label.x,
                            y + 4, 0, label.width + 1, label.text);
  g_free (label.text);
}

/* A small diamond at each time it was applied, where they do not crowd. */
static void
draw_times (const Picture *self, const NnLanding *landing, double from_x, double y)
{
  guint64 interval = landing->nudge->interval;
  double pitch = get_x (self, (double) interval) - get_x (self, 0);

  if (landing->nudge->when != NN_WHEN_EVERY_STEPS || pitch < 12)
    return;
  for (guint64 step = landing->first + interval; step <= landing->last; step += interval)
    if (get_x (self, (double) step) > from_x)
      draw_diamond (self, get_x (self, (double) step), y, 3, FALSE);
}

/* The steps over which a standing nudge was applied, as long as it lasted. */
static void
draw_band (const Picture *self, gsize i)
{
  const NnLanding *landing = &self->frame->landings[i];
  const NudgeLossLayout *plot = self->plot;
  double from = get_x (self, (double) landing->first);
  double to = MAX (get_x (self, (double) landing->last), from + 1);
  double y = nudge_loss_layout_get_lane_y (plot, plot->lane_of[i]);
  double room = MIN (get_x (self, (double) plot->free_until[i]), plot->right) - from - 14;
  g_autofree char *label = dup_landing_label (landing);
  double width =
      room > 24 ? MIN (nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label), room) : 0;
  NudgeColour tint =
      nudge_paint_mix (&self->palette->background, &self->palette->nudge, 0.16);

  nudge_paint_rounded (self->cr, from, y - 7, to - from, 14, 3);
  nudge_paint_set_colour (self->cr, &tint, 1);
  cairo_fill (self->cr);
  draw_times (self, landing, width > 0 ? from + width + 18 : from, y);
  draw_diamond (self, from, y, 6, landing->refusal != NULL);
  if (width > 0)
    nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge, from + 11,
                            y + 4, 0, width + 1, label);
}

/**
 * nudge_draw_loss:
 *
 * From the bottom up: grid, loss, nudges, so that what a person did lies on top.
 */
void
nudge_draw_loss (cairo_t *cr,
                 const NnFrame *frame,
                 const NudgeLossStyle *style,
                 double width,
                 double height)
{
  g_return_if_fail (frame != NULL && style != NULL);

  if (width < 1 || height < 1)
    return;

  g_autoptr (NudgeLossLayout) plot =
      nudge_loss_layout_new (frame, style->logarithmic, width, height);
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  Picture self = { cr, frame, style->palette, plot, text };

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_paint (cr);
  if (plot->right - plot->left >= 1 && plot->bottom - plot->top >= 1) {
    draw_y_axis (&self);
    draw_x_axis (&self);
    nudge_text_draw (text, NUDGE_TEXT_LABEL, &style->palette->secondary, plot->left - 10,
                     plot->title_y + 4.5, 1, _ ("loss"));
    draw_curve (&self);
    if (frame->curve == NULL || frame->curve->n_buckets == 0)
      draw_invitation (&self);
    draw_single_lines (&self);
    for (gsize i = 0; i < frame->n_landings; i++)
      if (nudge_landing_is_band (&frame->landings[i]))
        draw_band (&self, i);
    draw_single_diamonds (&self);
  }
  cairo_restore (cr);
}

/* "step 1204  loss 0.0183", or the range of both where a bucket holds several. */
static char *
dup_reading (const NnCurve *curve, gsize bucket)
{
  const NnCurveBucket *here = &curve->buckets[bucket];
  guint64 last_step = nn_curve_get_last_step (curve, bucket);
  guint64 first_step = (guint64) bucket * curve->width + 1;
  g_autofree char *first = nudge_number_format ((double) first_step, 17);
  g_autofree char *last = nudge_number_format ((double) last_step, 17);
  g_autofree char *min = nudge_number_format ((double) here->min, 4);
  g_autofree char *max = nudge_number_format ((double) here->max, 4);

  if (first_step == last_step)
    return g_strdup_printf (_ ("step %s  loss %s"), last, max);
  return g_strdup_printf (_ ("steps %s–%s  loss %s … %s"), first, last, min, max);
}

/* The nudge whose diamond is nearest to the pointer, if it is under it. */
static char *
dup_nudge_under (const Picture *self, double x)
{
  const NnLanding *nearest = NULL;
  double distance = 7;

  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    double away = fabs (get_x (self, (double) landing->first) - x);

    if (away < distance) {
      nearest = landing;
      distance = away;
    }
  }
  return nearest == NULL ? NULL : dup_landing_label (nearest);
}

/* A box beside @x, on the side where it fits, with one line or two. */
static void
draw_box (const Picture *self, double x, const char *reading, const char *nudge)
{
  const NudgeLossLayout *plot = self->plot;
  const NudgePalette *palette = self->palette;
  double most = plot->right - plot->left - 20;
  double width = nudge_text_measure (self->text, NUDGE_TEXT_LABEL, reading);
  double height = nudge == NULL ? 26 : 44;
  double left;
  double top = MIN (plot->top + 6, plot->bottom - height);

  if (nudge != NULL)
    width = MAX (width, nudge_text_measure (self->text, NUDGE_TEXT_NOTE, nudge));
  width = MIN (width, most) + 20;
  left = x + 10 + width <= plot->right ? x + 10 : MAX (x - 10 - width, plot->left);
  nudge_paint_rounded (self->cr, snap (left), snap (top), floor (width), height, 6);
  nudge_paint_set_colour (self->cr, &palette->background, 1);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &palette->hairline, 1);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
  nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &palette->text, left + 10,
                          top + 18, 0, width - 19, reading);
  if (nudge != NULL)
    nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &palette->nudge, left + 10,
                            top + 36, 0, width - 19, nudge);
}

/**
 * nudge_draw_loss_cursor:
 * @x: the pointer; beside the plot or before the first step nothing is drawn
 *
 * Drawn over nudge_draw_loss () of the same frame and size.
 */
void
nudge_draw_loss_cursor (cairo_t *cr,
                        const NnFrame *frame,
                        const NudgeLossStyle *style,
                        double width,
                        double height,
                        double x)
{
  g_return_if_fail (frame != NULL && style != NULL);

  g_autoptr (NudgeLossLayout) plot =
      nudge_loss_layout_new (frame, style->logarithmic, width, height);
  gssize bucket = nudge_loss_layout_find_bucket (plot, frame->curve, x);

  if (bucket < 0 || plot->bottom - plot->top < 1)
    return;

  g_autoptr (NudgeText) text = nudge_text_new (cr);
  Picture self = { cr, frame, style->palette, plot, text };
  g_autofree char *reading = dup_reading (frame->curve, (gsize) bucket);
  g_autofree char *nudge = dup_nudge_under (&self, x);
  double step = nudge_loss_layout_get_step (frame->curve, (gsize) bucket);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  nudge_paint_set_colour (cr, &style->palette->secondary, 1);
  cairo_set_line_width (cr, 1);
  nudge_paint_line (cr, snap (get_x (&self, step)), plot->top, snap (get_x (&self, step)),
                    plot->bottom);
  draw_dot (&self, step, (double) frame->curve->buckets[bucket].last);
  draw_box (&self, get_x (&self, step), reading, nudge);
  cairo_restore (cr);
}
