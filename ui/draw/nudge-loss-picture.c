/* nudge-loss-picture.c - the loss over the steps as a picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-axis.h"
#include "ui/draw/nudge-loss-canvas.h"
#include "ui/draw/nudge-loss-curve.h"
#include "ui/draw/nudge-loss-landings.h"
#include "ui/draw/nudge-paint.h"
#include "ui/draw/nudge-text.h"
#include "ui/text/nudge-number.h"

#define LINE_WIDTH 1.6

#define OTHER_WIDTH 2.2 /* of what is looked at */

/* Larger than the run's dot, as both may lie in one place. */
#define PREVIEW_DOT 5.0

/* Of a way that was left, which is there to be compared and not to be read. */
#define BRANCH_OPACITY 0.55

/* Pixels between labels. */
#define X_PITCH 90.0
#define Y_PITCH 30.0

static void
draw_y_axis (const NudgeLossCanvas *self)
{
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks (&self->plot->y, Y_PITCH, 0, ticks);

  cairo_set_line_width (self->cr, 1);
  for (gsize i = 0; i < n; i++) {
    double y = nudge_paint_snap (nudge_loss_layout_get_y (self->plot, ticks[i].value));
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
draw_x_axis (const NudgeLossCanvas *self)
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
    double x = nudge_loss_layout_get_x (self->plot, ticks[i].value);
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

/* What lies ahead, and ways that were left, only where they are not this one; then the
 * run without nudges, and the run itself. */
static void
draw_curves (const NudgeLossCanvas *self)
{
  const NnFrame *frame = self->frame;
  const NudgePalette *palette = self->palette;
  const NnCurve *curve = frame->curve;

  nudge_loss_draw_curve (self, self->style->ahead,
                         &(NudgeLossStroke){ .colour = &palette->ghost,
                                             .opacity = BRANCH_OPACITY,
                                             .width = LINE_WIDTH,
                                             .after = frame->step });
  for (gsize i = 0; i < frame->n_branches; i++)
    nudge_loss_draw_curve (self, frame->branches[i].curve,
                           &(NudgeLossStroke){ .colour = &palette->ghost,
                                               .opacity = BRANCH_OPACITY,
                                               .width = 1,
                                               .after = frame->branches[i].fork });
  if (frame->ghost)
    nudge_loss_draw_curve (self, frame->ghost,
                           &(NudgeLossStroke){ .colour = &palette->ghost,
                                               .opacity = 1,
                                               .width = LINE_WIDTH,
                                               .dashed = TRUE });
  nudge_loss_draw_points (self, self->style->other, self->style->n_other,
                          &(NudgeLossStroke){ .colour = &palette->nudge,
                                              .opacity = 1,
                                              .width = OTHER_WIDTH,
                                              .dashed = TRUE });
  nudge_loss_draw_curve (
      self, curve,
      &(NudgeLossStroke){ .colour = &palette->text, .opacity = 1, .width = LINE_WIDTH });
  nudge_loss_draw_points (self, frame->validation, frame->n_validation,
                          &(NudgeLossStroke){ .colour = &palette->validation,
                                              .opacity = 1,
                                              .width = LINE_WIDTH });
  if (curve && curve->n_buckets > 0 &&
      isfinite (curve->buckets[curve->n_buckets - 1].last))
    nudge_loss_canvas_draw_dot (self, (double) curve->n_steps,
                                (double) curve->buckets[curve->n_buckets - 1].last);
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

  if (!preview || preview->refusal || isnan (preview->loss))
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

/* Before the first step: what to do. */
static void
draw_invitation (const NudgeLossCanvas *self)
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
 * From the bottom up: grid, losses, nudges, so that what a person did lies on top.
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
    draw_y_axis (&self);
    draw_x_axis (&self);
    nudge_text_draw (text, NUDGE_TEXT_LABEL, &style->palette->secondary, plot->left - 10,
                     plot->title_y + 4.5, 1, _ ("loss"));
    draw_curves (&self);
    if (frame->curve == NULL || frame->curve->n_buckets == 0)
      draw_beginning (&self);
    nudge_loss_draw_landings (&self);
    draw_preview (&self);
  }
  cairo_restore (cr);
}
