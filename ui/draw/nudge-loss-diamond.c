/* nudge-loss-diamond.c - what every nudge in the loss's picture is drawn with
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-diamond.h"

#include <glib/gi18n-lib.h>

#include "ui/draw/nudge-paint.h"
#include "ui/text/nudge-words.h"

#define RIM_RADIUS 10.0

/* What it did, and what came of it: "fc2.weight: 0.98·w  ΔL −0.0024", or that it was
 * refused. */
char *
nudge_loss_dup_landing_label (const NnLanding *landing)
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
void
nudge_loss_draw_diamond (const NudgeLossCanvas *self,
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

/* Around the one that is set off. */
void
nudge_loss_draw_rim (const NudgeLossCanvas *self, double x, double y)
{
  nudge_paint_diamond (self->cr, x, y, RIM_RADIUS);
  nudge_paint_set_colour (self->cr, &self->palette->accent, 1);
  cairo_set_line_width (self->cr, 2);
  cairo_stroke (self->cr);
}
