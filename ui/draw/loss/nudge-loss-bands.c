/* nudge-loss-bands.c - the nudges that repeat in the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-bands.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-shapes.h"
#include "ui/draw/loss/nudge-loss-diamond.h"

#define RADIUS       6.0
#define TIMES_RADIUS 3.0
#define TIMES_PITCH  12.0 /* nearer to each other they would crowd */
#define HEIGHT       14.0
#define ROUND        3.0
#define LEAST_LABEL  24.0

/* A small diamond at each step that it names, or at each one of a rhythm where they do not
 * crowd; at which an epoch ended is not known any more. */
static void
append_times (const NudgeLossCanvas *self,
              GArray *shapes,
              const NnLanding *landing,
              double from_x,
              double y)
{
  const NudgeLossLayout *plot = self->plot;
  const NnTime *time = &landing->nudge->time;
  const NnClock none = { .n_left = 1, .n_per_epoch = 1 };
  const guint64 last = (guint64) MIN ((double) landing->last, floor (plot->x.high));
  const double pitch = nudge_loss_layout_get_x (plot, (double) time->interval) -
                       nudge_loss_layout_get_x (plot, 0);
  guint64 step = MAX (landing->first, (guint64) plot->x.low);

  if (time->when != NN_WHEN_AT_STEP &&
      (time->when != NN_WHEN_EVERY_STEPS || pitch < TIMES_PITCH))
    return;
  while ((step = nn_time_find_next (time, step, &none)) > 0 && step <= last)
    if (nudge_loss_layout_get_x (plot, (double) step) > from_x)
      nudge_loss_append_diamond (self, shapes,
                                 nudge_loss_layout_get_x (plot, (double) step), y,
                                 TIMES_RADIUS, FALSE);
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
  double space =
      MIN (nudge_loss_layout_get_x (plot, (double) plot->free_until[i]), plot->right) -
      text - 3;
  g_autofree char *label = nudge_loss_dup_landing_label (landing);
  double width =
      space > LEAST_LABEL
          ? MIN (nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label), space)
          : 0;
  NudgeShape band =
      nudge_shape_of_rectangle (from, y - HEIGHT / 2, MAX (to - from, 1), HEIGHT, ROUND);
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));

  band.colour = nudge_paint_mix (&self->palette->background, &self->palette->nudge,
                                 NUDGE_BAND_TINT);
  band.opacity = 1;
  g_array_append_val (shapes, band);
  append_times (self, shapes, landing, width > 0 ? text + width + 7 : from, y);
  if (begins)
    nudge_loss_append_diamond (self, shapes, from, y, RADIUS, landing->refusal != NULL);
  if (begins && landing->nudge == self->style->marked)
    nudge_loss_append_rim (self, shapes, from, y);
  nudge_loss_draw_shapes (self, shapes);
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
