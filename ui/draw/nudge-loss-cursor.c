/* nudge-loss-cursor.c - the loss under the pointer, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-loss-parts.h"
#include "ui/draw/nudge-number.h"
#include "ui/draw/nudge-paint.h"

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
dup_nudge_under (const NudgeLossPicture *self, double x)
{
  const NnLanding *nearest = NULL;
  double distance = 7;

  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    double away = fabs (nudge_loss_get_x (self, (double) landing->first) - x);

    if (away < distance) {
      nearest = landing;
      distance = away;
    }
  }
  return nearest == NULL ? NULL : nudge_landing_dup_label (nearest);
}

/* A box beside @x, on the side where it fits, with one line or two. */
static void
draw_box (const NudgeLossPicture *self, double x, const char *reading, const char *nudge)
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
  nudge_paint_rounded (self->cr, nudge_paint_snap (left), nudge_paint_snap (top),
                       floor (width), height, 6);
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
  NudgeLossPicture self = { cr, frame, style->palette, plot, text };
  g_autofree char *reading = dup_reading (frame->curve, (gsize) bucket);
  g_autofree char *nudge = dup_nudge_under (&self, x);
  double step = nudge_loss_layout_get_step (frame->curve, (gsize) bucket);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  nudge_paint_set_colour (cr, &style->palette->secondary, 1);
  cairo_set_line_width (cr, 1);
  nudge_paint_line (cr, nudge_paint_snap (nudge_loss_get_x (&self, step)), plot->top,
                    nudge_paint_snap (nudge_loss_get_x (&self, step)), plot->bottom);
  nudge_loss_draw_dot (&self, step, (double) frame->curve->buckets[bucket].last);
  draw_box (&self, nudge_loss_get_x (&self, step), reading, nudge);
  cairo_restore (cr);
}
