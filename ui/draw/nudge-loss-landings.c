/* nudge-loss-landings.c - the nudges in the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-landings.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-paint.h"
#include "ui/text/nudge-words.h"

#define MARK_RADIUS 10.0
#define COMING      0.65 /* of the colour, for what has not landed */

/* What it did, and what came of it: "fc2.weight: 0.98·w  ΔL −0.0024", or that it was
 * refused. */
static char *
dup_label (const NnLanding *landing)
{
  g_autofree char *nudge = nudge_words_for_nudge_briefly (landing->nudge);
  g_autofree char *difference = nudge_words_for_difference (landing);

  if (landing->refusal != NULL)
    return g_strdup_printf (_ ("%s  refused"), nudge);
  if (difference == NULL)
    return g_steal_pointer (&nudge);
  return g_strdup_printf ("%s  %s", nudge, difference);
}

/* Full: it landed. Hollow: it was refused. */
static void
draw_diamond (const NudgeLossCanvas *self,
              double x,
              double y,
              double radius,
              gboolean hollow)
{
  nudge_paint_diamond (self->cr, x, y, radius);
  nudge_paint_set_colour (self->cr,
                          hollow ? &self->palette->background : &self->palette->nudge, 1);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->nudge, 1);
  cairo_set_line_width (self->cr, 1.5);
  cairo_stroke (self->cr);
}

/* A rim around the one that is set off. */
static void
draw_mark (const NudgeLossCanvas *self, const NnLanding *landing, double x, double y)
{
  if (landing->nudge != self->style->marked)
    return;
  nudge_paint_diamond (self->cr, x, y, MARK_RADIUS);
  nudge_paint_set_colour (self->cr, &self->palette->accent, 1);
  cairo_set_line_width (self->cr, 2);
  cairo_stroke (self->cr);
}

/* The jump of the loss at that step, in the place where it happened. */
static void
draw_jump (const NudgeLossCanvas *self, const NnLanding *landing, double x)
{
  if (landing->refusal != NULL || !isfinite (landing->loss_before) ||
      !isfinite (landing->loss_after))
    return;
  nudge_paint_set_colour (self->cr, &self->palette->nudge, 1);
  cairo_set_line_width (self->cr, 3.5);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
  nudge_paint_line (self->cr, x,
                    nudge_loss_layout_get_y (self->plot, landing->loss_before), x,
                    nudge_loss_layout_get_y (self->plot, landing->loss_after));
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
}

static void
draw_dotted (const NudgeLossCanvas *self, double x)
{
  static const double dots[] = { 1.5, 3 };

  nudge_paint_set_colour (self->cr, &self->palette->nudge, 1);
  cairo_set_line_width (self->cr, 1.25);
  cairo_set_dash (self->cr, dots, 2, 0);
  nudge_paint_line (self->cr, nudge_paint_snap (x), self->plot->header_y + 8,
                    nudge_paint_snap (x), self->plot->bottom);
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
place_label (const NudgeLossCanvas *self, const NnLanding *newest)
{
  const NudgeLossLayout *plot = self->plot;
  Label label = { newest };
  double x;
  double to_right;
  double to_left;

  if (newest == NULL)
    return label;
  x = nudge_loss_layout_get_x (self->plot, (double) newest->first);
  to_right = plot->right - x - 12;
  to_left = x - plot->left - 12;
  label.text = dup_label (newest);
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
draw_single_lines (const NudgeLossCanvas *self)
{
  double last_line = -INFINITY;

  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    double x = nudge_loss_layout_get_x (self->plot, (double) landing->first);

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
draw_single_diamonds (const NudgeLossCanvas *self)
{
  Label label = place_label (self, find_newest_single (self->frame));
  double y = self->plot->header_y;

  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    double x = nudge_loss_layout_get_x (self->plot, (double) landing->first);
    gboolean covered =
        landing != label.landing && x > label.x - 8 && x < label.x + label.width + 8;

    if (nudge_landing_is_band (landing))
      continue;
    draw_diamond (self, x, covered ? y + 10 : y, covered ? 3 : 6,
                  landing->refusal != NULL);
    draw_mark (self, landing, x, y);
  }
  if (label.text != NULL)
    nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge, label.x,
                            y + 4, 0, label.width + 1, label.text);
  g_free (label.text);
}

/* A small diamond at each step that it names, or at each one of a rhythm where they do not
 * crowd; at which an epoch ended is not known any more. */
static void
draw_times (const NudgeLossCanvas *self,
            const NnLanding *landing,
            double from_x,
            double y)
{
  const NnTime *time = &landing->nudge->time;
  const NnPlace none = { .left = 1, .each = 1 };
  double pitch = nudge_loss_layout_get_x (self->plot, (double) time->interval) -
                 nudge_loss_layout_get_x (self->plot, 0);

  if (time->when != NN_WHEN_AT_STEP && (time->when != NN_WHEN_EVERY_STEPS || pitch < 12))
    return;
  for (guint64 step = nn_time_find_next (time, landing->first, &none);
       step > 0 && step <= landing->last; step = nn_time_find_next (time, step, &none))
    if (nudge_loss_layout_get_x (self->plot, (double) step) > from_x)
      draw_diamond (self, nudge_loss_layout_get_x (self->plot, (double) step), y, 3,
                    FALSE);
}

/* The steps over which a standing nudge was applied, as long as it lasted. */
static void
draw_band (const NudgeLossCanvas *self, gsize i)
{
  const NnLanding *landing = &self->frame->landings[i];
  const NudgeLossLayout *plot = self->plot;
  double from = nudge_loss_layout_get_x (self->plot, (double) landing->first);
  double to =
      MAX (nudge_loss_layout_get_x (self->plot, (double) landing->last), from + 1);
  double y = nudge_loss_layout_get_lane_y (plot, plot->lane_of[i]);
  double room = MIN (nudge_loss_layout_get_x (self->plot, (double) plot->free_until[i]),
                     plot->right) -
                from - 14;
  g_autofree char *label = dup_label (landing);
  double width =
      room > 24 ? MIN (nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label), room) : 0;
  NudgeColour tint =
      nudge_paint_mix (&self->palette->background, &self->palette->nudge, 0.16);

  nudge_paint_rounded (self->cr, from, y - 7, to - from, 14, 3);
  nudge_paint_set_colour (self->cr, &tint, 1);
  cairo_fill (self->cr);
  draw_times (self, landing, width > 0 ? from + width + 18 : from, y);
  draw_diamond (self, from, y, 6, landing->refusal != NULL);
  draw_mark (self, landing, from, y);
  if (width > 0)
    nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge, from + 11,
                            y + 4, 0, width + 1, label);
}

/* Small, hollow and pale, in the row where they will land. */
static void
draw_coming (const NudgeLossCanvas *self)
{
  const NudgeLossLayout *plot = self->plot;
  const NudgeColour pale =
      nudge_paint_mix (&self->palette->background, &self->palette->nudge, COMING);
  double last = -INFINITY;

  for (gsize i = 0; i < self->frame->n_coming; i++) {
    double x = nudge_loss_layout_get_x (plot, (double) self->frame->coming[i].step);

    if (x > plot->right || x - last < 3)
      continue;
    last = x;
    nudge_paint_diamond (self->cr, x, plot->header_y, 5);
    nudge_paint_set_colour (self->cr, &pale, 1);
    cairo_set_line_width (self->cr, 1.5);
    cairo_stroke (self->cr);
  }
}

/* From the bottom up: lines through the plot, bands over them, diamonds on top. */
void
nudge_loss_draw_landings (const NudgeLossCanvas *self)
{
  draw_coming (self);
  draw_single_lines (self);
  for (gsize i = 0; i < self->frame->n_landings; i++)
    if (nudge_landing_is_band (&self->frame->landings[i]))
      draw_band (self, i);
  draw_single_diamonds (self);
}
