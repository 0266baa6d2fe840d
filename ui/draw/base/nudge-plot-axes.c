/* nudge-plot-axes.c - the grid of a plot over the steps, and its numbers
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-plot-axes.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/text/nudge-number.h"

/* Pixels between labels. */
#define X_PITCH     90.0
#define X_LABEL_GAP 24.0
#define WORD_GAP    12.0 /* from a number to the word, and at least to the next one */
#define Y_PITCH     30.0
#define Y_LEAST     17.0 /* in a low plot: the height of a label, and a little more */

/* A number beside the axis. */
void
nudge_plot_axes_draw_y_label (const NudgePlotAxes *self, double y, const char *label)
{
  const double left = self->x->from;

  nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary,
                          left - 10, y + 4.5, 1, left - 12, label);
}

static char *
dup_label (const NudgePlotAxes *self, double value)
{
  g_autofree char *number =
      self->percent ? nudge_number_format (100 * value, 7)
                    : nudge_number_format_tick (value, 7, self->y->low, self->y->high);

  /* Translators: a share, such as "20 %" */
  return self->percent ? g_strdup_printf (_ ("%s %%"), number)
                       : g_steal_pointer (&number);
}

/* Lines across the plot, with their numbers at the left. */
void
nudge_plot_axes_draw_y (const NudgePlotAxes *self)
{
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks_within (self->y, Y_PITCH, Y_LEAST, ticks);

  cairo_set_line_width (self->cr, 1);
  for (gsize i = 0; i < n; i++) {
    double y = nudge_paint_snap (nudge_axis_get_position (self->y, ticks[i].value));
    double end = ticks[i].labelled ? self->x->to : self->x->from - 4;
    g_autofree char *label = dup_label (self, ticks[i].value);

    nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
    nudge_paint_line (self->cr, self->x->from, y, end, y);
    if (ticks[i].labelled)
      nudge_plot_axes_draw_y_label (self, y, label);
  }
}

/* Steps are written in full, without an exponent. */
static char *
dup_step (double step)
{
  return nudge_number_format_count ((guint64) MAX (step, 0));
}

/* Whether the number of a step ends before the word at the end of the axis. */
static gboolean
has_space_for_step (const NudgePlotAxes *self, double step)
{
  const double word = nudge_text_measure (self->text, NUDGE_TEXT_LABEL, _ ("step"));
  g_autofree char *label = dup_step (step);

  return nudge_axis_get_position (self->x, step) +
             nudge_text_measure (self->text, NUDGE_TEXT_LABEL, label) / 2 <
         self->x->to - word - WORD_GAP;
}

static gsize
count_numbers (const NudgePlotAxes *self, const NudgeTick *ticks, gsize n)
{
  gsize n_numbers = 0;

  for (gsize i = 0; i < n; i++)
    n_numbers += has_space_for_step (self, ticks[i].value);
  return n_numbers;
}

/* One number alone says nothing of the scale: in a narrow plot they are nearer. */
static gsize
get_steps (const NudgePlotAxes *self, NudgeTick ticks[NUDGE_AXIS_TICKS])
{
  g_autofree char *widest = dup_step (floor (self->x->high));
  const double label = nudge_text_measure (self->text, NUDGE_TEXT_LABEL, widest);
  const gsize n =
      nudge_axis_get_ticks (self->x, MAX (X_PITCH, label + X_LABEL_GAP), 1, ticks);

  return count_numbers (self, ticks, n) >= 2
             ? n
             : nudge_axis_get_ticks (self->x, label + WORD_GAP, 1, ticks);
}

/* The line under the plot, with its numbers below. */
void
nudge_plot_axes_draw_steps (const NudgePlotAxes *self)
{
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = get_steps (self, ticks);
  double baseline = self->bottom + 19;
  double y = nudge_paint_snap (self->bottom);

  nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
  cairo_set_line_width (self->cr, 1);
  nudge_paint_line (self->cr, self->x->from, y, self->x->to, y);
  for (gsize i = 0; i < n; i++) {
    double x = nudge_axis_get_position (self->x, ticks[i].value);
    g_autofree char *label = dup_step (ticks[i].value);

    nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
    nudge_paint_line (self->cr, nudge_paint_snap (x), y, nudge_paint_snap (x), y + 4);
    if (has_space_for_step (self, ticks[i].value))
      nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary, x,
                       baseline, 0.5, label);
  }
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary, self->x->to,
                   baseline, 1, _ ("step"));
}
