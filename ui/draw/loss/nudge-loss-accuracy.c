/* nudge-loss-accuracy.c - the accuracy under the loss, over the same steps
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-accuracy.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-plot-axes.h"
#include "ui/draw/loss/nudge-loss-curve.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-words.h"

#define LINE_WIDTH 1.6
#define EDGE       3.0 /* of what is drawn at the ends of a line */
#define RING       4.0

/* ---- the picture ------------------------------------------------------------------- */

static void
draw_axis (const NudgeLossCanvas *self)
{
  const NudgeLossLayout *plot = self->plot;
  const NudgePlotAxes axes = {
    .cr = self->cr,
    .text = self->text,
    .palette = self->palette,
    .x = &plot->x,
    .y = &plot->accuracy,
    .bottom = plot->foot,
    .percent = TRUE,
  };

  nudge_plot_axes_draw_y (&axes);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                   plot->left - 10, plot->accuracy_title_y + 4.5, 1, _ ("accuracy"));
}

static void
draw_curve (const NudgeLossCanvas *self, NnScoreKind kind, const NudgeColour *colour)
{
  nudge_loss_draw_accuracies (
      self, self->frame->scores[kind], self->frame->n_scores[kind],
      &(NudgeLossStroke){ .colour = colour, .opacity = 1, .width = LINE_WIDTH });
}

/**
 * nudge_loss_draw_accuracy:
 *
 * The strip, if there is one: of what is trained on, and over it what is held out.
 */
void
nudge_loss_draw_accuracy (const NudgeLossCanvas *self)
{
  const NudgeLossLayout *plot = self->plot;

  if (!plot->has_accuracy)
    return;
  draw_axis (self);
  cairo_save (self->cr);
  cairo_rectangle (self->cr, plot->left - EDGE, plot->accuracy.to - EDGE,
                   plot->right - plot->left + 2 * EDGE,
                   plot->foot - plot->accuracy.to + 2 * EDGE);
  cairo_clip (self->cr);
  draw_curve (self, NN_SCORE_TRAINING, &self->palette->text);
  draw_curve (self, NN_SCORE_HELD_OUT, &self->palette->validation);
  cairo_restore (self->cr);
}

static void
draw_ring (const NudgeLossCanvas *self, double x, double y)
{
  cairo_new_path (self->cr);
  cairo_arc (self->cr, x, y, RING, 0, 2 * G_PI);
  nudge_paint_set_colour (self->cr, &self->palette->background, 1);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->text, 1);
  cairo_set_line_width (self->cr, 2);
  cairo_stroke (self->cr);
}

/**
 * nudge_loss_draw_whole:
 *
 * A ring wherever all examples were asked about, and one in the strip.
 */
void
nudge_loss_draw_whole (const NudgeLossCanvas *self)
{
  const NudgeLossLayout *plot = self->plot;

  for (gsize i = 0; i < self->frame->n_scores[NN_SCORE_WHOLE]; i++) {
    const NnScore *score = &self->frame->scores[NN_SCORE_WHOLE][i];
    const double x = nudge_loss_layout_get_x (plot, (double) score->step);

    if (!nudge_loss_layout_shows (plot, (double) score->step))
      continue;
    if (isfinite (score->loss))
      draw_ring (self, x, nudge_loss_layout_get_y (plot, (double) score->loss));
    if (plot->has_accuracy && isfinite (score->accuracy))
      draw_ring (self, x,
                 nudge_axis_get_position (&plot->accuracy, (double) score->accuracy));
  }
}

/* ---- in words ---------------------------------------------------------------------- */

/**
 * nudge_loss_find_score:
 *
 * Returns: (nullable): the one nearest to @step; %NULL if there is none
 */
const NnScore *
nudge_loss_find_score (const NnFrame *frame, NnScoreKind kind, double step)
{
  const NnScore *scores = frame->scores[kind];
  gsize from = 0, to = frame->n_scores[kind];

  while (from < to) {
    const gsize middle = from + (to - from) / 2;

    if ((double) scores[middle].step < step)
      from = middle + 1;
    else
      to = middle;
  }
  if (frame->n_scores[kind] == 0)
    return NULL;
  if (from == frame->n_scores[kind] ||
      (from > 0 &&
       step - (double) scores[from - 1].step < (double) scores[from].step - step))
    from--;
  return &scores[from];
}

/**
 * nudge_loss_dup_validation:
 *
 * Returns: (nullable): "validation 0.0712"
 */
char *
nudge_loss_dup_validation (const NnFrame *frame, double step)
{
  const NnScore *score = nudge_loss_find_score (frame, NN_SCORE_HELD_OUT, step);
  g_autofree char *number = score ? nudge_number_format ((double) score->loss, 4) : NULL;

  return score ? g_strdup_printf (_ ("validation %s"), number) : NULL;
}

static char *
dup_percent (const NnScore *score)
{
  return score && isfinite (score->accuracy)
             ? nudge_words_for_share ((double) score->accuracy)
             : NULL;
}

/**
 * nudge_loss_dup_accuracies:
 *
 * Returns: (nullable): "accuracy 98.4 %, validation 96.7 %"
 */
char *
nudge_loss_dup_accuracies (const NnFrame *frame, double step)
{
  g_autofree char *training =
      dup_percent (nudge_loss_find_score (frame, NN_SCORE_TRAINING, step));
  g_autofree char *held_out =
      dup_percent (nudge_loss_find_score (frame, NN_SCORE_HELD_OUT, step));

  if (training && held_out)
    return g_strdup_printf (_ ("accuracy %s, validation %s"), training, held_out);
  if (training || held_out)
    return g_strdup_printf (_ ("accuracy %s"), training ? training : held_out);
  return NULL;
}
