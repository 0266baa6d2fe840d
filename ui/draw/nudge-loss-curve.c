/* nudge-loss-curve.c - one curve of the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-curve.h"

#include <math.h>

#include "ui/draw/nudge-paint.h"

/* Half of the part of a column of pixels over which its outline is level. */
#define SHOULDER 0.35

/* Whole pixels, as an outline is dashed by columns. */
#define DASH     6.0
#define DASH_GAP 4.0

/* Stroking a long zigzag as one path costs far more than as several short ones. */
#define POINTS_PER_STROKE 64

/* Few buckets: a line through them, and through both extremes of those that hold
 * several steps, the nearer one first. */
static void
draw_line (const NudgeLossCanvas *self, const NnCurve *curve, gsize first)
{
  gsize n_points = 0;
  double x = NAN;
  double y = NAN;

  cairo_new_path (self->cr);
  for (gsize i = first; i < curve->n_buckets; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double min_y = nudge_loss_layout_get_y (self->plot, (double) bucket->min);
    double max_y = nudge_loss_layout_get_y (self->plot, (double) bucket->max);
    gboolean min_first = fabs (min_y - y) < fabs (max_y - y);

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    if (n_points++ == POINTS_PER_STROKE) {
      cairo_stroke (self->cr);
      cairo_move_to (self->cr, x, y);
      n_points = 0;
    }
    x = nudge_loss_layout_get_x (self->plot, nudge_loss_layout_get_step (curve, i));
    cairo_line_to (self->cr, x, min_first ? min_y : max_y);
    y = min_first ? max_y : min_y;
    if (bucket->min < bucket->max)
      cairo_line_to (self->cr, x, y);
  }
  cairo_stroke (self->cr);
}

/* The upper and lower edge of the line in one column of pixels. */
typedef struct {
  double top;
  double bottom;
} Extent;

/* Every bucket widens the extents of the columns it lies in. */
static void
collect_extents (const NudgeLossCanvas *self,
                 const NnCurve *curve,
                 gsize first_bucket,
                 Extent *extents,
                 gsize n)
{
  for (gsize i = 0; i < n; i++)
    extents[i] = (Extent){ INFINITY, -INFINITY };
  for (gsize i = first_bucket; i < curve->n_buckets; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double first = nudge_loss_layout_get_x (self->plot, (double) (i * curve->width + 1)) -
                   self->plot->left;
    double last =
        nudge_loss_layout_get_x (self->plot, (double) nn_curve_get_last_step (curve, i)) -
        self->plot->left;

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    for (gsize x = (gsize) first; x <= MIN ((gsize) last, n - 1); x++) {
      extents[x].top = MIN (extents[x].top,
                            nudge_loss_layout_get_y (self->plot, (double) bucket->max));
      extents[x].bottom = MAX (
          extents[x].bottom, nudge_loss_layout_get_y (self->plot, (double) bucket->min));
    }
  }
}

/* Neighbours that do not overlap meet half way, or the line would break. */
static gsize
join_extents (Extent *extents, gsize n)
{
  gsize n_used = 0;

  for (gsize i = 0; i < n; i++)
    if (extents[i].top <= extents[i].bottom)
      n_used = i + 1;
    else if (i > 0)
      extents[i] = extents[i - 1];
  for (gsize i = 1; i < n_used; i++) {
    Extent *a = &extents[i - 1];
    Extent *b = &extents[i];

    if (a->bottom < b->top)
      a->bottom = b->top = (a->bottom + b->top) / 2;
    else if (b->bottom < a->top)
      a->top = b->bottom = (a->top + b->bottom) / 2;
  }
  return n_used;
}

/* Level over most of the column, so that a spike of one column keeps its width up to
 * its tip, and slanted to the next, so that a slope has no stairs. */
static void
trace_edge (const NudgeLossCanvas *self, gsize column, double y, double shoulder)
{
  double middle = self->plot->left + column + 0.5;

  if (!isfinite (y))
    return;
  cairo_line_to (self->cr, middle - shoulder, y);
  cairo_line_to (self->cr, middle + shoulder, y);
}

/* The outline of the columns from @from up to @to. */
static void
fill_columns (const NudgeLossCanvas *self,
              const Extent *extents,
              gsize from,
              gsize to,
              double width)
{
  cairo_new_path (self->cr);
  for (gsize i = from; i < to; i++)
    trace_edge (self, i, extents[i].top - width / 2, SHOULDER);
  for (gsize i = to; i-- > from;)
    trace_edge (self, i, extents[i].bottom + width / 2, -SHOULDER);
  cairo_close_path (self->cr);
  cairo_fill (self->cr);
}

/* Many buckets: the outline of all that was seen in each column of pixels, filled at
 * once. Unlike a zigzag it never crosses itself, which is what makes strokes dear. */
static void
draw_outline (const NudgeLossCanvas *self,
              const NnCurve *curve,
              gsize first,
              const NudgeLossStroke *stroke)
{
  const NudgeLossLayout *plot = self->plot;
  gsize n = (gsize) ceil (plot->right - plot->left) + 1;
  g_autofree Extent *extents = g_new (Extent, n);
  gsize n_used;

  collect_extents (self, curve, first, extents, n);
  n_used = join_extents (extents, n);
  if (!stroke->dashed)
    fill_columns (self, extents, 0, n_used, stroke->width);
  for (gsize i = 0; stroke->dashed && i < n_used; i += (gsize) (DASH + DASH_GAP))
    fill_columns (self, extents, i, MIN (i + (gsize) DASH, n_used), stroke->width);
}

/**
 * nudge_loss_draw_curve:
 * @curve: (nullable)
 *
 * Its cost is bounded, however long the run.
 */
void
nudge_loss_draw_curve (const NudgeLossCanvas *self,
                       const NnCurve *curve,
                       const NudgeLossStroke *stroke)
{
  static const double dashes[] = { DASH, DASH_GAP };
  gsize first;

  if (!curve || curve->n_steps <= stroke->after)
    return;
  first = (gsize) (MAX (stroke->after, 1) - 1) / curve->width;
  cairo_save (self->cr);
  nudge_paint_set_colour (self->cr, stroke->colour, stroke->opacity);
  cairo_set_line_width (self->cr, stroke->width);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (self->cr,
                      stroke->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  if (stroke->dashed)
    cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), 0);
  if ((double) curve->n_buckets <= (self->plot->right - self->plot->left) / 2)
    draw_line (self, curve, first);
  else
    draw_outline (self, curve, first, stroke);
  cairo_restore (self->cr);
}

/**
 * nudge_loss_draw_points:
 *
 * A line through losses at some of the steps, at most one of them in a column of pixels.
 */
void
nudge_loss_draw_points (const NudgeLossCanvas *self,
                        const NnLossPoint *points,
                        gsize n_points,
                        const NudgeLossStroke *stroke)
{
  double x = -INFINITY, y = NAN;
  gsize n_drawn = 0;

  cairo_save (self->cr);
  nudge_paint_set_colour (self->cr, stroke->colour, stroke->opacity);
  cairo_set_line_width (self->cr, stroke->width);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (self->cr);
  for (gsize i = 0; i < n_points; i++) {
    const double next = nudge_loss_layout_get_x (self->plot, (double) points[i].step);

    if (!isfinite (points[i].loss) || (next < x + 1 && i + 1 < n_points))
      continue;
    if (++n_drawn % POINTS_PER_STROKE == 0) {
      cairo_stroke (self->cr);
      cairo_move_to (self->cr, x, y);
    }
    x = next;
    y = nudge_loss_layout_get_y (self->plot, (double) points[i].loss);
    cairo_line_to (self->cr, x, y);
  }
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}
