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

/* A bucket of several steps that is wider than this is drawn as what it is: a stretch of
 * which only the extremes and the last are known. */
#define STRETCH_WIDTH 5.0
#define STRETCH_SHADE 0.22

/* One that draws a line in short strokes. */
typedef struct {
  cairo_t *cr;
  double x;
  double y;
  gsize n_points;
} Pen;

static void
pen_draw_to (Pen *self, double x, double y)
{
  if (++self->n_points % POINTS_PER_STROKE == 0) {
    cairo_stroke (self->cr);
    cairo_move_to (self->cr, self->x, self->y);
  }
  cairo_line_to (self->cr, x, y);
  self->x = x;
  self->y = y;
}

/* Few buckets: a line through them, and through both extremes of those that hold
 * several steps, the nearer one first. */
static void
draw_line (const NudgeLossCanvas *self, const NnCurve *curve, gsize from, gsize to)
{
  Pen pen = { self->cr, NAN, NAN, 0 };

  cairo_new_path (self->cr);
  for (gsize i = from; i < to; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double min_y = nudge_loss_layout_get_y (self->plot, (double) bucket->min);
    double max_y = nudge_loss_layout_get_y (self->plot, (double) bucket->max);
    gboolean min_first = fabs (min_y - pen.y) < fabs (max_y - pen.y);
    double x;

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    x = nudge_loss_layout_get_x (self->plot, nudge_loss_layout_get_step (curve, i));
    pen_draw_to (&pen, x, min_first ? min_y : max_y);
    if (bucket->min < bucket->max)
      pen_draw_to (&pen, x, min_first ? max_y : min_y);
  }
  cairo_stroke (self->cr);
}

/* Very few buckets, as one has zoomed in beyond what was kept: what of each is known. */
static void
draw_stretches (const NudgeLossCanvas *self,
                const NnCurve *curve,
                gsize from,
                gsize to,
                const NudgeLossStroke *stroke)
{
  const NudgeLossLayout *plot = self->plot;
  Pen pen = { self->cr, NAN, NAN, 0 };

  cairo_new_path (self->cr);
  for (gsize i = from; i < to; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double left = nudge_loss_layout_get_x (plot, (double) (i * curve->width) + 0.5);
    double right =
        nudge_loss_layout_get_x (plot, (double) nn_curve_get_last_step (curve, i) + 0.5);
    double top = nudge_loss_layout_get_y (plot, (double) bucket->max) - stroke->width / 2;
    double bottom =
        nudge_loss_layout_get_y (plot, (double) bucket->min) + stroke->width / 2;

    if (isfinite (bucket->min) && isfinite (bucket->max))
      cairo_rectangle (self->cr, left, top, right - left, bottom - top);
  }
  nudge_paint_set_colour (self->cr, stroke->colour, stroke->opacity * STRETCH_SHADE);
  cairo_fill (self->cr);
  nudge_paint_set_colour (self->cr, stroke->colour, stroke->opacity);
  for (gsize i = from; i < to; i++)
    if (isfinite (curve->buckets[i].last))
      pen_draw_to (
          &pen,
          nudge_loss_layout_get_x (plot, (double) nn_curve_get_last_step (curve, i)),
          nudge_loss_layout_get_y (plot, (double) curve->buckets[i].last));
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
                 gsize from,
                 gsize to,
                 Extent *extents,
                 gsize n)
{
  for (gsize i = 0; i < n; i++)
    extents[i] = (Extent){ INFINITY, -INFINITY };
  for (gsize i = from; i < to; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double first = nudge_loss_layout_get_x (self->plot, (double) (i * curve->width + 1)) -
                   self->plot->left;
    double last =
        nudge_loss_layout_get_x (self->plot, (double) nn_curve_get_last_step (curve, i)) -
        self->plot->left;

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    for (gsize x = (gsize) MAX (first, 0); x <= MIN ((gsize) MAX (last, 0), n - 1); x++) {
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
              gsize from,
              gsize to,
              const NudgeLossStroke *stroke)
{
  const NudgeLossLayout *plot = self->plot;
  gsize n = (gsize) ceil (plot->right - plot->left) + 1;
  g_autofree Extent *extents = g_new (Extent, n);
  gsize n_used;

  collect_extents (self, curve, from, to, extents, n);
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
  const NudgeLossLayout *plot = self->plot;
  gsize from, to;
  double bucket_width;

  nudge_loss_layout_get_buckets (plot, curve, stroke->after, &from, &to);
  if (from == to)
    return;
  bucket_width = nudge_loss_layout_get_x (plot, (double) curve->width) -
                 nudge_loss_layout_get_x (plot, 0);
  cairo_save (self->cr);
  nudge_loss_canvas_clip (self);
  nudge_paint_set_colour (self->cr, stroke->colour, stroke->opacity);
  cairo_set_line_width (self->cr, stroke->width);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (self->cr,
                      stroke->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  if (stroke->dashed)
    cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), 0);
  if ((double) (to - from) > (plot->right - plot->left) / 2) {
    draw_outline (self, curve, from, to, stroke);
  } else {
    /* To the edges, which lie between two buckets. */
    from -= from > 0 && (from - 1) * curve->width >= stroke->after;
    to += to < curve->n_buckets;
    if (curve->width > 1 && bucket_width >= STRETCH_WIDTH)
      draw_stretches (self, curve, from, to, stroke);
    else
      draw_line (self, curve, from, to);
  }
  cairo_restore (self->cr);
}

/* The points in sight, and one beyond each edge. */
static void
find_points (const NudgeLossLayout *plot,
             const NnLossPoint *points,
             gsize n_points,
             gsize *from,
             gsize *to)
{
  *from = 0;
  while (*from < n_points && (double) points[*from].step < plot->x.low)
    ++*from;
  *to = *from;
  while (*to < n_points && (double) points[*to].step <= plot->x.high)
    ++*to;
  *from -= *from > 0;
  *to += *to < n_points;
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
  Pen pen = { self->cr, -INFINITY, NAN, 0 };
  gsize from, to;

  find_points (self->plot, points, n_points, &from, &to);
  cairo_save (self->cr);
  nudge_loss_canvas_clip (self);
  nudge_paint_set_colour (self->cr, stroke->colour, stroke->opacity);
  cairo_set_line_width (self->cr, stroke->width);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (self->cr);
  for (gsize i = from; i < to; i++) {
    const double next = nudge_loss_layout_get_x (self->plot, (double) points[i].step);

    if (isfinite (points[i].loss) && (next >= pen.x + 1 || i + 1 == to))
      pen_draw_to (&pen, next,
                   nudge_loss_layout_get_y (self->plot, (double) points[i].loss));
  }
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}
