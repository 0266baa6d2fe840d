/* nudge-loss-landings.c - the nudges in the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-landings.h"

#include <math.h>

#include "ui/draw/nudge-loss-bands.h"
#include "ui/draw/nudge-loss-diamond.h"
#include "ui/draw/nudge-paint.h"

#define RADIUS       6.0
#define SMALL_RADIUS 3.5
#define COUNT_GAP    9.0  /* from a diamond's middle to its number */
#define LABEL_GAP    12.0 /* to its words */
#define COMING       0.65 /* of the colour, for what has not landed */

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

/* Landings on the same few pixels share a dotted line. */
static void
draw_lines (const NudgeLossCanvas *self)
{
  double last_line = -INFINITY;

  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    double x = nudge_loss_layout_get_x (self->plot, (double) landing->first);

    if (nudge_landing_is_band (landing) ||
        !nudge_loss_layout_shows (self->plot, (double) landing->first))
      continue;
    if (fabs (x - last_line) >= 3) {
      draw_dotted (self, x);
      last_line = x;
    }
    draw_jump (self, landing, x);
  }
}

static gboolean
is_part_of (const NudgeLossCanvas *self, const NudgeLossMark *mark, const NnNudge *nudge)
{
  for (gsize i = mark->first; nudge && i <= mark->last; i++)
    if (self->frame->landings[i].nudge == nudge)
      return !nudge_landing_is_band (&self->frame->landings[i]);
  return FALSE;
}

static gboolean
is_refused (const NudgeLossCanvas *self, const NudgeLossMark *mark)
{
  for (gsize i = mark->first; i <= mark->last; i++)
    if (!self->frame->landings[i].refusal &&
        !nudge_landing_is_band (&self->frame->landings[i]))
      return FALSE;
  return TRUE;
}

/* Returns: the number beside a diamond that stands for several, NULL for one */
static char *
dup_count (const NudgeLossMark *mark)
{
  return mark->n > 1 ? g_strdup_printf ("%" G_GSIZE_FORMAT, mark->n) : NULL;
}

/* The newest nudge's words in the header row. */
typedef struct {
  char *text; /* (owned) (nullable) */
  double x;
  double width;
} Label;

/* Beside its diamond: to the right if it fits there, else where more room is. */
static Label
place_label (const NudgeLossCanvas *self, const NudgeLossMark *newest)
{
  const NudgeLossLayout *plot = self->plot;
  g_autofree char *count = dup_count (newest);
  double begin = newest->x + LABEL_GAP;
  Label label = { nudge_loss_dup_landing_label (&self->frame->landings[newest->last]) };
  double to_right, to_left;

  if (count)
    begin = newest->x + COUNT_GAP + LABEL_GAP - RADIUS +
            nudge_text_measure (self->text, NUDGE_TEXT_NOTE, count);
  to_right = plot->right - begin;
  to_left = newest->x - plot->left - LABEL_GAP;
  label.width = nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label.text);
  if (to_right >= label.width || to_right >= to_left) {
    label.width = MIN (label.width, to_right);
    label.x = begin;
  } else {
    label.width = MIN (label.width, to_left);
    label.x = newest->x - LABEL_GAP - label.width;
  }
  return label;
}

/* A diamond that stands for several has a bar below it as far as they go, and their
 * number beside it. */
static void
draw_count (const NudgeLossCanvas *self, const NudgeLossMark *mark, double y)
{
  g_autofree char *count = dup_count (mark);

  if (!count)
    return;
  nudge_paint_set_colour (self->cr, &self->palette->nudge, 1);
  cairo_rectangle (self->cr, mark->x, y + RADIUS + 2, MAX (mark->end - mark->x, 1), 2);
  cairo_fill (self->cr);
  nudge_text_draw (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge,
                   mark->x + COUNT_GAP, y + 4, 0, count);
}

/* Each at the top of its line; those that the newest one's words would cover stand
 * small below them. */
static void
draw_diamonds (const NudgeLossCanvas *self)
{
  const GArray *marks = self->plot->marks;
  const double y = self->plot->header_y;
  Label label;

  if (marks->len == 0)
    return;
  label = place_label (self, &g_array_index (marks, NudgeLossMark, marks->len - 1));
  for (guint i = 0; i < marks->len; i++) {
    const NudgeLossMark *mark = &g_array_index (marks, NudgeLossMark, i);
    const gboolean covered = i + 1 < marks->len && mark->x > label.x - 8 &&
                             mark->x < label.x + label.width + 8;

    nudge_loss_draw_diamond (self, mark->x, covered ? y + 10 : y,
                             covered || mark->small ? SMALL_RADIUS : RADIUS,
                             is_refused (self, mark));
    if (!covered)
      draw_count (self, mark, y);
    if (is_part_of (self, mark, self->style->marked))
      nudge_loss_draw_rim (self, mark->x, y);
  }
  nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge, label.x,
                          y + 4, 0, label.width + 1, label.text);
  g_free (label.text);
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

    if (self->frame->coming[i].step == 0 || x < plot->left || x > plot->right ||
        x - last < 3)
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
  draw_lines (self);
  nudge_loss_draw_bands (self);
  draw_diamonds (self);
}
