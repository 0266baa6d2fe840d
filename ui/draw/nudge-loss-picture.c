/* nudge-loss-picture.c - the loss over the steps as a picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-axis.h"
#include "ui/draw/nudge-loss-layout.h"
#include "ui/draw/nudge-loss-parts.h"
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

double
nudge_loss_get_x (const NudgeLossPicture *self, double step)
{
  return nudge_axis_get_position (&self->plot->x, step);
}

double
nudge_loss_get_y (const NudgeLossPicture *self, double loss)
{
  return nudge_axis_get_position (&self->plot->y, loss);
}

static void
draw_y_axis (const NudgeLossPicture *self)
{
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks (&self->plot->y, Y_PITCH, 0, ticks);

  cairo_set_line_width (self->cr, 1);
  for (gsize i = 0; i < n; i++) {
    double y = nudge_paint_snap (nudge_loss_get_y (self, ticks[i].value));
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
draw_x_axis (const NudgeLossPicture *self)
{
  const NudgeLossLayout *plot = self->plot;
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks (&plot->x, X_PITCH, 1, ticks);
  double baseline = plot->bottom + 19;
  double free_until =
      plot->right - nudge_text_measure (self->text, NUDGE_TEXT_LABEL, _ ("step")) - 12;
  double y = nudge_paint_snap (plot->bottom);

  nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
  cairo_set_line_width (self->cr, 1);
  nudge_paint_line (self->cr, plot->left, y, plot->right, y);
  for (gsize i = 0; i < n; i++) {
    double x = nudge_loss_get_x (self, ticks[i].value);
    g_autofree char *label = nudge_number_format (ticks[i].value, 7);

    nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
    nudge_paint_line (self->cr, nudge_paint_snap (x), y, nudge_paint_snap (x), y + 4);
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
draw_line (const NudgeLossPicture *self)
{
  const NnCurve *curve = self->frame->curve;
  gsize n_points = 0;
  double x = NAN;
  double y = NAN;

  cairo_new_path (self->cr);
  for (gsize i = 0; i < curve->n_buckets; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double min_y = nudge_loss_get_y (self, (double) bucket->min);
    double max_y = nudge_loss_get_y (self, (double) bucket->max);
    gboolean min_first = fabs (min_y - y) < fabs (max_y - y);

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    if (n_points++ == POINTS_PER_STROKE) {
      cairo_stroke (self->cr);
      cairo_move_to (self->cr, x, y);
      n_points = 0;
    }
    x = nudge_loss_get_x (self, nudge_loss_layout_get_step (curve, i));
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
collect_extents (const NudgeLossPicture *self, Extent *extents, gsize n)
{
  const NnCurve *curve = self->frame->curve;

  for (gsize i = 0; i < n; i++)
    extents[i] = (Extent){ INFINITY, -INFINITY };
  for (gsize i = 0; i < curve->n_buckets; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double first =
        nudge_loss_get_x (self, (double) (i * curve->width + 1)) - self->plot->left;
    double last = nudge_loss_get_x (self, (double) nn_curve_get_last_step (curve, i)) -
                  self->plot->left;

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    for (gsize x = (gsize) first; x <= MIN ((gsize) last, n - 1); x++) {
      extents[x].top =
          MIN (extents[x].top, nudge_loss_get_y (self, (double) bucket->max));
      extents[x].bottom =
          MAX (extents[x].bottom, nudge_loss_get_y (self, (double) bucket->min));
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
trace_edge (const NudgeLossPicture *self, gsize column, double y, double shoulder)
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
draw_outline (const NudgeLossPicture *self)
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
void
nudge_loss_draw_dot (const NudgeLossPicture *self, double step, double loss)
{
  cairo_new_path (self->cr);
  cairo_arc (self->cr, nudge_loss_get_x (self, step), nudge_loss_get_y (self, loss), DOT,
             0, 2 * G_PI);
  nudge_paint_set_colour (self->cr, &self->palette->background, 1);
  cairo_set_line_width (self->cr, 3);
  cairo_stroke_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->text, 1);
  cairo_fill (self->cr);
}

static void
draw_curve (const NudgeLossPicture *self)
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
    nudge_loss_draw_dot (self, (double) curve->n_steps, (double) newest->last);
}

/* Before the first step: what the loss is now, and what to do. */
static void
draw_invitation (const NudgeLossPicture *self)
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
    nudge_loss_draw_dot (self, 0, self->frame->loss);
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
  NudgeLossPicture self = { cr, frame, style->palette, plot, text };

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
    nudge_loss_draw_landings (&self);
  }
  cairo_restore (cr);
}
