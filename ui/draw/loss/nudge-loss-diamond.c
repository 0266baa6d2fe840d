/* nudge-loss-diamond.c - what every nudge in the loss's picture is drawn with
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-diamond.h"

#include <glib/gi18n-lib.h>

#include "ui/draw/base/nudge-shapes.h"
#include "ui/text/nudge-landing-words.h"
#include "ui/text/nudge-nudge-words.h"

#define RIM_RADIUS 10.0
#define LINE       1.5 /* around a diamond */

/* Its nudge and the effect: "fc2.weight: 0.98·w  ΔL −0.0024", or that it was
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
nudge_loss_append_diamond (const NudgeLossCanvas *self,
                           GArray *shapes,
                           double x,
                           double y,
                           double radius,
                           gboolean hollow)
{
  NudgeShape outside = nudge_shape_of_diamond (x, y, radius + LINE * G_SQRT2 / 2);
  NudgeShape inside = nudge_shape_of_diamond (x, y, radius - LINE * G_SQRT2 / 2);

  outside.colour = self->palette->nudge;
  outside.opacity = 1;
  g_array_append_val (shapes, outside);
  if (!hollow)
    return;
  inside.colour = self->palette->background;
  inside.opacity = 1;
  g_array_append_val (shapes, inside);
}

/* Around the one that is set off. */
void
nudge_loss_append_rim (const NudgeLossCanvas *self, GArray *shapes, double x, double y)
{
  NudgeShape rim = nudge_shape_of_diamond (x, y, RIM_RADIUS);

  rim.colour = self->palette->accent;
  rim.opacity = 1;
  rim.line = 2;
  g_array_append_val (shapes, rim);
}

void
nudge_loss_draw_shapes (const NudgeLossCanvas *self, const GArray *shapes)
{
  nudge_draw_shapes (self->cr, (const NudgeShape *) (gconstpointer) shapes->data,
                     shapes->len);
}
