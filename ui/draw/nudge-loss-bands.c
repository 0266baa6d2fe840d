/* nudge-loss-bands.c - the nudges that repeat in the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-bands.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-loss-diamond.h"
#include "ui/draw/nudge-paint.h"

#define RADIUS       6.0
#define TIMES_RADIUS 3.0
#define TIMES_PITCH  12.0 /* nearer to each other they would crowd */
#define HEIGHT       14.0
#define TINT         0.16
#define LEAST_LABEL  24.0

/* A small diamond at each time it was applied, where they do not crowd. */
static void
draw_times (const NudgeLossCanvas *self,
            const NnLanding *landing,
            double from_x,
            double y)
{
  const NudgeLossLayout *plot = self->plot;
  const double interval = (double) landing->nudge->interval;
  const double pitch =
      nudge_loss_layout_get_x (plot, interval) - nudge_loss_layout_get_x (plot, 0);
  const double first = (double) landing->first;
  const double last = MIN ((double) landing->last, plot->x.high);
  double step;

  if (landing->nudge->when != NN_WHEN_EVERY_STEPS || pitch < TIMES_PITCH)
    return;
  step = first + MAX (ceil ((plot->x.low - first) / interval), 1) * interval;
  for (; step <= last; step += interval)
    if (nudge_loss_layout_get_x (plot, step) > from_x)
      nudge_loss_draw_diamond (self, nudge_loss_layout_get_x (plot, step), y,
                               TIMES_RADIUS, FALSE);
}

static void
fill_band (const NudgeLossCanvas *self, double from, double to, double y)
{
  const NudgeColour tint =
      nudge_paint_mix (&self->palette->background, &self->palette->nudge, TINT);

  nudge_paint_rounded (self->cr, from, y - HEIGHT / 2, MAX (to - from, 1), HEIGHT, 3);
  nudge_paint_set_colour (self->cr, &tint, 1);
  cairo_fill (self->cr);
}

/* The steps over which a standing nudge was applied, as long as it lasted. */
static void
draw_band (const NudgeLossCanvas *self, gsize i)
{
  const NnLanding *landing = &self->frame->landings[i];
  const NudgeLossLayout *plot = self->plot;
  const gboolean begins = nudge_loss_layout_shows (plot, (double) landing->first);
  double from = MAX (nudge_loss_layout_get_x (plot, (double) landing->first), plot->left);
  double to = MIN (nudge_loss_layout_get_x (plot, (double) landing->last), plot->right);
  double y = nudge_loss_layout_get_lane_y (plot, plot->lane_of[i]);
  double text = from + (begins ? RADIUS + 5 : 5);
  double room =
      MIN (nudge_loss_layout_get_x (plot, (double) plot->free_until[i]), plot->right) -
      text - 3;
  g_autofree char *label = nudge_loss_dup_landing_label (landing);
  double width = room > LEAST_LABEL
                     ? MIN (nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label), room)
                     : 0;

  fill_band (self, from, to, y);
  draw_times (self, landing, width > 0 ? text + width + 7 : from, y);
  if (begins) {
    nudge_loss_draw_diamond (self, from, y, RADIUS, landing->refusal != NULL);
    if (landing->nudge == self->style->marked)
      nudge_loss_draw_rim (self, from, y);
  }
  if (width > 0)
    nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge, text,
                            y + 4, 0, width + 1, label);
}

/* Those that have no lane share the last one. */
static void
draw_more (const NudgeLossCanvas *self)
{
  const NudgeLossLayout *plot = self->plot;
  const double y = nudge_loss_layout_get_lane_y (plot, plot->n_lanes - 1);
  g_autofree char *label = NULL;

  if (plot->n_more == 0)
    return;
  /* Translators: under the nudges that repeat, of which there is no place for all */
  label =
      g_strdup_printf (ngettext ("and %lu more", "and %lu more", (gulong) plot->n_more),
                       (gulong) plot->n_more);
  nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge,
                          plot->left + RADIUS + 5, y + 4, 0,
                          plot->right - plot->left - RADIUS - 5, label);
}

void
nudge_loss_draw_bands (const NudgeLossCanvas *self)
{
  for (gsize i = 0; i < self->frame->n_landings; i++)
    if (self->plot->lane_of[i] != NUDGE_NO_LANE)
      draw_band (self, i);
  draw_more (self);
}
