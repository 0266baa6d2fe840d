/* nudge-loss-picture.c - the loss over the steps as a picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-plot-axes.h"
#include "ui/draw/base/nudge-text.h"
#include "ui/draw/loss/nudge-loss-accuracy.h"
#include "ui/draw/loss/nudge-loss-canvas.h"
#include "ui/draw/loss/nudge-loss-curve.h"
#include "ui/draw/loss/nudge-loss-landings.h"
#include "ui/text/nudge-number.h"

#define LINE_WIDTH 1.6

#define OTHER_WIDTH 2.2 /* of what is looked at */

/* Larger than the run's dot, as both may lie in one place. */
#define PREVIEW_DOT 5.0

static NudgePlotAxes
get_axes (const NudgeLossCanvas *self)
{
  return (NudgePlotAxes){
    .cr = self->cr,
    .text = self->text,
    .palette = self->palette,
    .x = &self->plot->x,
    .y = &self->plot->y,
    .bottom = self->plot->foot,
  };
}

/* What a logarithm cannot show has a line of its own, apart from the axis that it is
 * not on. */
static void
draw_zero (const NudgeLossCanvas *self)
{
  static const double dashes[] = { 2, 4 };
  const NudgeLossLayout *plot = self->plot;
  const NudgePlotAxes axes = get_axes (self);
  const double y = nudge_paint_snap (plot->zero_y);

  if (!plot->has_zero)
    return;
  nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
  cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), 0);
  nudge_paint_line (self->cr, plot->left, y, plot->right, y);
  cairo_set_dash (self->cr, NULL, 0, 0);
  nudge_plot_axes_draw_y_label (&axes, y, plot->has_negative ? "≤ 0" : "0");
}

static void
draw_axes (const NudgeLossCanvas *self)
{
  const NudgePlotAxes axes = get_axes (self);

  nudge_plot_axes_draw_y (&axes);
  draw_zero (self);
  nudge_plot_axes_draw_steps (&axes);
}

/* Every loss of it; or, smoothed, a line over them. */
static void
draw_one (const NudgeLossCanvas *self,
          const NudgeLossSeries *series,
          const NudgeColour *colour,
          double opacity,
          double width,
          gboolean dashed)
{
  const NudgeLossStroke stroke = { colour, opacity, width, dashed };

  if (series->smooth)
    nudge_loss_draw_smooth (self, series, &stroke);
  else
    nudge_loss_draw_series (self, series, &stroke);
}

/* What is ahead, and abandoned branches, only where they differ from this one; then the
 * run without nudges, and the run itself, under whose smoothed line the losses are. */
static void
draw_curves (const NudgeLossCanvas *self)
{
  const NnFrame *frame = self->frame;
  const NudgePalette *palette = self->palette;
  const NudgeLossLayout *plot = self->plot;

  draw_one (self, &plot->ahead, &palette->ghost, NUDGE_BRANCH_OPACITY, LINE_WIDTH, FALSE);
  for (gsize i = 0; i < plot->n_branches; i++)
    draw_one (self, &plot->branches[i], &palette->ghost, NUDGE_BRANCH_OPACITY, 1, FALSE);
  if (plot->run.smooth)
    nudge_loss_draw_series (self, &plot->run,
                            &(NudgeLossStroke){ &palette->text, NUDGE_RAW_OPACITY, 1 });
  draw_one (self, &plot->ghost, &palette->ghost, 1, LINE_WIDTH, TRUE);
  nudge_loss_draw_points (self, self->style->other, self->style->n_other,
                          &(NudgeLossStroke){ .colour = &palette->nudge,
                                              .opacity = 1,
                                              .width = OTHER_WIDTH,
                                              .dashed = TRUE });
  draw_one (self, &plot->run, &palette->text, 1, LINE_WIDTH, FALSE);
  nudge_loss_draw_points (
      self, frame->scores[NN_SCORE_HELD_OUT], frame->n_scores[NN_SCORE_HELD_OUT],
      &(NudgeLossStroke){
          .colour = &palette->validation, .opacity = 1, .width = LINE_WIDTH });
  if (isfinite (frame->step_loss))
    nudge_loss_canvas_draw_dot (self, (double) frame->step, frame->step_loss);
}

/* The loss that the next step would have, if the slider that is held were let go of: a
 * hollow dot, for it is not there yet. Beyond the axis it waits at its end. */
static void
draw_preview (const NudgeLossCanvas *self)
{
  const NnPreview *preview = self->frame->preview;
  const NudgeLossLayout *plot = self->plot;
  g_autofree char *number = NULL;
  double x, y;

  if (!preview || preview->refusal || isnan (preview->loss) ||
      !nudge_loss_layout_shows (plot, (double) self->frame->step))
    return;
  x = MIN (nudge_loss_layout_get_x (self->plot, (double) self->frame->step + 1),
           plot->right);
  y = CLAMP (nudge_loss_layout_get_y (self->plot, preview->loss), plot->top,
             plot->bottom);
  cairo_new_path (self->cr);
  cairo_arc (self->cr, x, y, PREVIEW_DOT, 0, 2 * G_PI);
  nudge_paint_set_colour (self->cr, &self->palette->background, 1);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->nudge, 1);
  cairo_set_line_width (self->cr, 2);
  cairo_stroke (self->cr);
  number = nudge_number_format (preview->loss, 3);
  nudge_text_draw (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge, x - 10,
                   CLAMP (y - 8, plot->top + 10, plot->bottom - 4), 1, number);
}

/* Before the first step: what to do, where there is space to say it. */
static void
draw_invitation (const NudgeLossCanvas *self)
{
  const NudgeLossLayout *plot = self->plot;
  const char *words = _ ("Press Run: the loss appears here");
  double width = nudge_text_measure (self->text, NUDGE_TEXT_BODY, words) + 24;
  double x = (plot->left + plot->right) / 2;
  double y = (plot->top + plot->bottom) / 2;

  if (width > plot->right - plot->left)
    return;
  nudge_paint_set_colour (self->cr, &self->palette->background, 1);
  cairo_rectangle (self->cr, x - width / 2, y - 12, width, 24);
  cairo_fill (self->cr);
  nudge_text_draw (self->text, NUDGE_TEXT_BODY, &self->palette->secondary, x, y + 4.5,
                   0.5, words);
}

/* At the first step, what the loss is now; and if no run has been there yet, what to do. */
static void
draw_beginning (const NudgeLossCanvas *self)
{
  const NnFrame *frame = self->frame;

  if (frame->end == 0 && frame->n_branches == 0)
    draw_invitation (self);
  if (isfinite (frame->loss))
    nudge_loss_canvas_draw_dot (self, 0, frame->loss);
}

/**
 * nudge_draw_loss:
 *
 * From the bottom up: grid, losses, nudges, so that the user's actions are on top.
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

  g_autoptr (NudgeLossLayout) plot = nudge_loss_layout_new (frame, style, width, height);
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  NudgeLossCanvas self = { cr, frame, style, style->palette, plot, text };

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_paint (cr);
  if (plot->right - plot->left >= 1 && plot->bottom - plot->top >= 1) {
    draw_axes (&self);
    nudge_text_draw (text, NUDGE_TEXT_LABEL, &style->palette->secondary, plot->left - 10,
                     plot->title_y + 4.5, 1, _ ("loss"));
    draw_curves (&self);
    nudge_loss_draw_accuracy (&self);
    nudge_loss_draw_whole (&self);
    if (frame->step == 0)
      draw_beginning (&self);
    nudge_loss_draw_landings (&self);
    draw_preview (&self);
  }
  cairo_restore (cr);
}
