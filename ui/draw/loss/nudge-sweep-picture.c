/* nudge-sweep-picture.c - the loss along an amount, to stand above its slider
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-sweep-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-line.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-text.h"
#include "ui/text/nudge-number.h"

#define DOT_RADIUS  4.0
#define RING_RADIUS 3.5
/* Above and below the curve: space for the dot. */
#define ROOM 5.0
/* Between the curve and the words. */
#define GAP         10.0
#define LINE        15.0
#define LOSS_DIGITS 4
/* … and where there is no space for so many. */
#define LEAST_DIGITS 2
/* Where losses differ by more than this factor, their logarithms are drawn. */
#define LOGARITHMIC_FROM 20.0
/* A curve that varies by less than this part of the loss is drawn as flatly as it is. */
#define LEAST_SPAN 0.02

/* Losses to pixels. */
typedef struct {
  double low; /* logarithms, where logarithmic */
  double high;
  gboolean logarithmic;
  double top;
  double bottom;
} Scale;

/* Returns: where in the range of @question @amount is: 0 at its least, 1 at its most */
static double
get_place (const NnQuestion *question, double amount)
{
  double least = (double) question->least;
  double most = (double) question->most;

  amount = CLAMP (amount, least, most);
  return question->logarithmic ? log (amount / least) / log (most / least)
                               : (amount - least) / (most - least);
}

/**
 * nudge_sweep_find_loss:
 * @loss: (out): between those of the two nearest amounts; NAN where one of them would
 *   be refused
 *
 * Returns: %FALSE if @amount is beyond what was asked of
 */
gboolean
nudge_sweep_find_loss (const NnSweep *sweep, double amount, double *loss)
{
  const NnQuestion *question = &sweep->question;
  double place;
  double below;
  double above;
  gsize k;

  if (amount < (double) question->least || amount > (double) question->most)
    return FALSE;
  place = get_place (question, amount) * (NN_SWEEP_AMOUNTS - 1);
  k = MIN ((gsize) place, NN_SWEEP_AMOUNTS - 2);
  below = (double) sweep->losses[k];
  above = (double) sweep->losses[k + 1];
  place -= (double) k;
  if (place <= 0)
    *loss = below;
  else if (place >= 1)
    *loss = above;
  else if (isinf (below) || isinf (above))
    *loss = isnan (below) || isnan (above) ? NAN : INFINITY;
  else
    *loss = below + (above - below) * place;
  return TRUE;
}

static const char *
get_no_curve (void)
{
  return _ ("loss curve: only with Nudge’s own engine");
}

typedef char *(*DupNumber) (double value, int digits);

static char *
dup_words (const NudgeSweepMarks *marks, DupNumber dup_number, int digits)
{
  g_autofree char *loss = NULL;

  if (marks->never)
    return g_strdup (get_no_curve ());
  if (!marks->has_loss)
    return g_strdup ("");
  if (isnan (marks->loss))
    return g_strdup (_ ("refused"));
  loss = dup_number (marks->loss, digits);
  /* Translators: %s is a number; beside the slider of an amount */
  return g_strdup_printf (_ ("loss %s"), loss);
}

/**
 * nudge_sweep_dup_words:
 *
 * Returns: (transfer full): the loss at the amount shown, "loss 0.0179"; empty where it
 *   is not known
 */
char *
nudge_sweep_dup_words (const NudgeSweepMarks *marks)
{
  return dup_words (marks, nudge_number_format, LOSS_DIGITS);
}

/**
 * nudge_sweep_dup_step:
 *
 * Returns: (transfer full) (nullable): which step an old curve is of, "at step 120"
 */
char *
nudge_sweep_dup_step (const NudgeSweepMarks *marks)
{
  g_autofree char *step = NULL;

  if (!marks->is_old)
    return NULL;
  step = nudge_number_format_count (marks->step);
  /* Translators: beside a curve that is not of the present step any more */
  return g_strdup_printf (_ ("at step %s"), step);
}

static void
include (double loss, double *low, double *high)
{
  if (!isfinite (loss))
    return;
  *low = MIN (*low, loss);
  *high = MAX (*high, loss);
}

static Scale
make_scale (const NnSweep *sweep, const NudgeSweepMarks *marks, double height)
{
  Scale self = { INFINITY, -INFINITY, FALSE, ROOM, height - ROOM };
  double lack;

  for (gsize k = 0; k < NN_SWEEP_AMOUNTS; k++)
    include ((double) sweep->losses[k], &self.low, &self.high);
  include (marks->present, &self.low, &self.high);
  if (self.low > self.high)
    self.low = self.high = 0; /* none is finite */
  if (self.low > 0 && self.high > LOGARITHMIC_FROM * self.low) {
    self.logarithmic = TRUE;
    self.low = log (self.low);
    self.high = log (self.high);
    return self;
  }
  lack = MAX (LEAST_SPAN * MAX (fabs (self.low), fabs (self.high)), 1e-30) -
         (self.high - self.low);
  if (lack > 0) {
    self.low -= lack / 2;
    self.high += lack / 2;
  }
  return self;
}

/* An infinite loss is far above the picture. */
static double
get_y (const Scale *self, double loss)
{
  double value = self->logarithmic ? log (loss) : loss;

  if (!isfinite (loss))
    return self->top - 2 * (self->bottom - self->top);
  return self->bottom -
         (value - self->low) / (self->high - self->low) * (self->bottom - self->top);
}

/* Where amount @k is: from the left to the right, whichever way they run. */
static double
get_x (const NudgeSweepStyle *style, gsize k)
{
  return style->from + (style->to - style->from) * (double) k / (NN_SWEEP_AMOUNTS - 1);
}

/* The stretches of the curve that are known. */
static void
draw_known (cairo_t *cr,
            const NnSweep *sweep,
            const NudgeSweepMarks *marks,
            const Scale *scale,
            const NudgeSweepStyle *style)
{
  const NudgeLineStyle line = { .width = 1.5,
                                .colour = &style->palette->text,
                                .opacity = marks->is_old ? NUDGE_OLD_OPACITY : 0.75 };
  NudgePoint points[NN_SWEEP_AMOUNTS];
  gsize n = 0;

  for (gsize i = 0; i < NN_SWEEP_AMOUNTS; i++) {
    const gsize k = style->to < style->from ? NN_SWEEP_AMOUNTS - 1 - i : i;
    const double loss = (double) sweep->losses[k];

    if (!isnan (loss)) {
      points[n++] = (NudgePoint){ get_x (style, k), get_y (scale, loss) };
      continue;
    }
    nudge_draw_line (cr, points, n, &line);
    n = 0;
  }
  nudge_draw_line (cr, points, n, &line);
}

/* Dots from amounts that are refused to those beside them. */
static void
draw_refused (cairo_t *cr,
              const NnSweep *sweep,
              const Scale *scale,
              const NudgeSweepStyle *style)
{
  const double dots[] = { 0, 4 };

  cairo_new_path (cr);
  nudge_paint_set_colour (cr, &style->palette->secondary, 1);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  for (gsize k = 0; k + 1 < NN_SWEEP_AMOUNTS; k++)
    if (isnan (sweep->losses[k]) || isnan (sweep->losses[k + 1])) {
      cairo_move_to (cr, get_x (style, k), scale->bottom);
      cairo_line_to (cr, get_x (style, k + 1), scale->bottom);
    }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* Starts a new path around the place of @amount on the curve, or at its end. */
static void
trace_mark (cairo_t *cr,
            const NnSweep *sweep,
            const Scale *scale,
            const NudgeSweepStyle *style,
            double amount,
            double loss,
            double radius)
{
  double place = get_place (&sweep->question, amount);
  double y = isnan (loss) ? scale->bottom : get_y (scale, loss);

  cairo_new_path (cr);
  cairo_arc (cr, style->from + (style->to - style->from) * place,
             CLAMP (y, scale->top, scale->bottom), radius, 0, 2 * G_PI);
}

static void
draw_marks (cairo_t *cr,
            const NnSweep *sweep,
            const NudgeSweepMarks *marks,
            const Scale *scale,
            const NudgeSweepStyle *style)
{
  double loss;

  nudge_paint_set_colour (cr, &style->palette->nudge, 1);
  cairo_set_line_width (cr, 1.5);
  if (isfinite (marks->committed) &&
      nudge_sweep_find_loss (sweep, marks->committed, &loss)) {
    trace_mark (cr, sweep, scale, style, marks->committed, loss, RING_RADIUS);
    cairo_stroke (cr);
  }
  if (marks->has_loss) {
    trace_mark (cr, sweep, scale, style, marks->amount, marks->loss, DOT_RADIUS);
    cairo_fill (cr);
  }
}

/* One line of words beside the slider's end. */
static void
draw_line_of_words (NudgeText *text,
                    const NudgeSweepStyle *style,
                    const NudgeColour *colour,
                    double width,
                    double y,
                    const char *words)
{
  const gboolean leftwards = style->to < style->from;

  nudge_text_draw_within (text, NUDGE_TEXT_LABEL, colour, leftwards ? 0 : width, y,
                          leftwards ? 0 : 1,
                          (leftwards ? style->to : width - style->to) - GAP, words);
}

static void
draw_words (cairo_t *cr,
            const NudgeSweepMarks *marks,
            const NudgeSweepStyle *style,
            double width,
            double height)
{
  const double space = style->to < style->from ? style->to : width - style->to;
  const double y = height / 2 + 4.5;
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  g_autofree char *words = nudge_sweep_dup_words (marks);
  g_autofree char *step = nudge_sweep_dup_step (marks);

  /* A number that is cut off would be another one. */
  for (int digits = LOSS_DIGITS - 1;
       digits >= LEAST_DIGITS &&
       nudge_text_measure (text, NUDGE_TEXT_LABEL, words) > space - GAP;
       digits--) {
    g_free (words);
    words = dup_words (marks, nudge_number_format_narrow, digits);
  }
  draw_line_of_words (text, style,
                      isnan (marks->loss) ? &style->palette->negative
                                          : &style->palette->secondary,
                      width, step ? y - LINE / 2 : y, words);
  if (step)
    draw_line_of_words (text, style, &style->palette->secondary, width, y + LINE / 2,
                        step);
}

/* In its place, over all of its width. */
static void
draw_no_curve (cairo_t *cr, const NudgeSweepStyle *style, double width, double height)
{
  const gboolean leftwards = style->to < style->from;
  g_autoptr (NudgeText) text = nudge_text_new (cr);

  nudge_text_draw_within (text, NUDGE_TEXT_LABEL, &style->palette->secondary,
                          leftwards ? width : 0, height / 2 + 4.5, leftwards ? 1 : 0,
                          width, get_no_curve ());
}

/**
 * nudge_draw_sweep:
 * @sweep: (nullable): %NULL while there is no answer
 */
void
nudge_draw_sweep (cairo_t *cr,
                  const NnSweep *sweep,
                  const NudgeSweepMarks *marks,
                  const NudgeSweepStyle *style,
                  double width,
                  double height)
{
  g_return_if_fail (marks != NULL && style != NULL);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  if (sweep && style->from != style->to) {
    Scale scale = make_scale (sweep, marks, height);

    if (isfinite (marks->present)) {
      double y = nudge_paint_snap (get_y (&scale, marks->present));

      nudge_paint_set_colour (cr, &style->palette->hairline, 1);
      cairo_set_line_width (cr, 1);
      nudge_paint_line (cr, style->from, y, style->to, y);
    }
    draw_known (cr, sweep, marks, &scale, style);
    draw_refused (cr, sweep, &scale, style);
    draw_marks (cr, sweep, marks, &scale, style);
  }
  if (marks->never)
    draw_no_curve (cr, style, width, height);
  else
    draw_words (cr, marks, style, width, height);
  cairo_restore (cr);
}
