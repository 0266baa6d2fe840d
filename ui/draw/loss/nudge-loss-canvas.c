/* nudge-loss-canvas.c - the state of one drawing of the loss
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-canvas.h"

#include "ui/draw/base/nudge-paint.h"

#define DOT  3.0
#define EDGE 1.5

/* To what is between the first step that is shown and the last, and a line's half width
 * beyond them. */
void
nudge_loss_canvas_clip (const NudgeLossCanvas *self)
{
  const NudgeLossLayout *plot = self->plot;

  nudge_paint_clip (self->cr, plot->left - EDGE, 0, plot->right - plot->left + 2 * EDGE,
                    plot->bottom + EDGE);
}

/* Where the run is now, set off from the line by a rim of background; where that is
 * in sight. */
void
nudge_loss_canvas_draw_dot (const NudgeLossCanvas *self, double step, double loss)
{
  if (!nudge_loss_layout_shows (self->plot, step))
    return;
  cairo_new_path (self->cr);
  cairo_arc (self->cr, nudge_loss_layout_get_x (self->plot, step),
             nudge_loss_layout_get_y (self->plot, loss), DOT, 0, 2 * G_PI);
  nudge_paint_set_colour (self->cr, &self->palette->background, 1);
  cairo_set_line_width (self->cr, 3);
  cairo_stroke_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->text, 1);
  cairo_fill (self->cr);
}
