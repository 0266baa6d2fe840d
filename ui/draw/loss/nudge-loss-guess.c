/* nudge-loss-guess.c - a prediction of a loss, on its picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-guess.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/loss/nudge-loss-canvas.h"
#include "ui/text/nudge-number.h"

#define RING 6.0

/* Of the ground of the words, from their baseline. */
#define ASCENT  13.0
#define DESCENT 5.0
#define CURVE   2.0 /* and how far a curve's line reaches */

/* "step 450: click where the loss will be" */
static char *
dup_words (const NudgeLossGuess *guess)
{
  g_autofree char *step = nudge_number_format_count (guess->step);
  g_autofree char *loss = NULL;

  if (isnan (guess->loss))
    return g_strdup_printf (_ ("step %s: click where the loss will be"), step);
  loss = nudge_number_format (guess->loss, 3);
  /* Translators: a step, and the loss that the learner expects there */
  return g_strdup_printf (_ ("step %s: predicted %s"), step, loss);
}

static double
get_x (const NudgeLossCanvas *self, const NudgeLossGuess *guess)
{
  return CLAMP (nudge_loss_layout_get_x (self->plot, (double) guess->step),
                self->plot->left, self->plot->right);
}

/* The step that is asked about, from top to bottom. */
static void
draw_line (const NudgeLossCanvas *self, double x)
{
  static const double dashes[] = { 4, 3 };

  nudge_paint_set_colour (self->cr, &self->palette->accent, 1);
  cairo_set_line_width (self->cr, 1);
  cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), 0);
  nudge_paint_line (self->cr, nudge_paint_snap (x), self->plot->top, nudge_paint_snap (x),
                    self->plot->bottom);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

/* A ring, so that the outcome can be seen inside. */
static void
draw_ring (const NudgeLossCanvas *self, double x, double y)
{
  cairo_new_path (self->cr);
  cairo_arc (self->cr, x, y, RING, 0, 2 * G_PI);
  nudge_paint_set_colour (self->cr, &self->palette->background, 1);
  cairo_set_line_width (self->cr, 5);
  cairo_stroke_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->accent, 1);
  cairo_set_line_width (self->cr, 2.5);
  cairo_stroke (self->cr);
}

/* Returns: how many of the curve's stretches words on that line would cover */
static gsize
count_covered (const NudgeLossLayout *plot, double left, double right, double baseline)
{
  gsize n = 0;

  for (gsize i = 0; i < plot->run.n; i++) {
    const NnStretch *stretch = &plot->run.stretches[i];
    const double x = nudge_loss_layout_get_x (plot, (double) stretch->from);

    if (x >= left && x <= right &&
        nudge_loss_layout_get_y (plot, stretch->least) >= baseline - ASCENT - CURVE &&
        nudge_loss_layout_get_y (plot, stretch->greatest) <= baseline + DESCENT + CURVE)
      n++;
  }
  return n;
}

/* Returns: the line of the words: at the prediction, or elsewhere if the curve is there */
static double
find_baseline (const NudgeLossLayout *plot, double left, double right, double y)
{
  const double top = plot->top + ASCENT + 1;
  const double bottom = MAX (plot->bottom - DESCENT - 1, top);
  const double lines[] = { CLAMP (y - 10, top, bottom), CLAMP (y + 22, top, bottom),
                           CLAMP ((plot->top + y) / 2, top, bottom), top };
  double best = lines[0];
  gsize least = G_MAXSIZE;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    const gsize n = count_covered (plot, left, right, lines[i]);

    if (n < least) {
      least = n;
      best = lines[i];
    }
  }
  return best;
}

/* On a ground of its own, as curves may run through there. */
static void
draw_words (const NudgeLossCanvas *self, double x, double y, const char *words)
{
  const double width = nudge_text_measure (self->text, NUDGE_TEXT_NOTE, words);
  const double right = x - 12;
  const double baseline = find_baseline (self->plot, right - width - 4, right + 4, y);

  nudge_paint_set_colour (self->cr, &self->palette->background, 0.85);
  cairo_rectangle (self->cr, right - width - 4, baseline - ASCENT, width + 8,
                   ASCENT + DESCENT);
  cairo_fill (self->cr);
  nudge_text_draw (self->text, NUDGE_TEXT_NOTE, &self->palette->text, right, baseline, 1,
                   words);
}

/**
 * nudge_draw_loss_guess:
 *
 * Over nudge_draw_loss () of the same frame, style and size. A loss beyond the axis is at
 * its end.
 */
void
nudge_draw_loss_guess (cairo_t *cr,
                       const NnFrame *frame,
                       const NudgeLossStyle *style,
                       double width,
                       double height,
                       const NudgeLossGuess *guess)
{
  g_autoptr (NudgeLossLayout) plot = nudge_loss_layout_new (frame, style, width, height);
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  const NudgeLossCanvas self = { cr, frame, style, style->palette, plot, text };
  g_autofree char *words = dup_words (guess);
  double x, y;

  if (guess->step == 0 || plot->bottom - plot->top < 1 || plot->right - plot->left < 1)
    return;
  x = get_x (&self, guess);
  y = isnan (guess->loss)
          ? (plot->top + plot->bottom) / 2
          : CLAMP (nudge_loss_layout_get_y (plot, guess->loss), plot->top, plot->bottom);
  cairo_save (cr);
  draw_line (&self, x);
  if (!isnan (guess->loss))
    draw_ring (&self, x, y);
  draw_words (&self, x, y, words);
  cairo_restore (cr);
}

/**
 * nudge_loss_guess_at:
 * @y: where a click is
 *
 * Returns: the loss there; NAN beside the plot
 */
double
nudge_loss_guess_at (const NnFrame *frame,
                     const NudgeLossStyle *style,
                     double width,
                     double height,
                     double y)
{
  g_autoptr (NudgeLossLayout) plot = nudge_loss_layout_new (frame, style, width, height);

  return y >= plot->top && y <= plot->bottom ? nudge_axis_get_value (&plot->y, y)
                                             : (double) NAN;
}
