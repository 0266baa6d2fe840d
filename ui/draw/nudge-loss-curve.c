/* nudge-loss-curve.c - one curve of the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-curve.h"

#include <math.h>

#include "ui/draw/nudge-line.h"

#define DASH     6.0
#define DASH_GAP 4.0

static NudgeLineStyle
make_style (const NudgeLossStroke *stroke)
{
  return (NudgeLineStyle){ .width = stroke->width,
                           .drawn = stroke->dashed ? DASH : 0,
                           .skipped = DASH_GAP,
                           .colour = stroke->colour,
                           .opacity = stroke->opacity };
}

/* Few buckets: a line through them, and through both extremes of those that hold
 * several steps, the nearer one first. */
static void
draw_line (const NudgeLossCanvas *self,
           const NnCurve *curve,
           gsize first,
           const NudgeLossStroke *stroke)
{
  const NudgeLineStyle style = make_style (stroke);
  g_autofree NudgePoint *points = g_new (NudgePoint, 2 * (curve->n_buckets - first));
  gsize n = 0;

  for (gsize i = first; i < curve->n_buckets; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    const double x =
        nudge_loss_layout_get_x (self->plot, nudge_loss_layout_get_step (curve, i));
    const double low = nudge_loss_layout_get_y (self->plot, (double) bucket->min);
    const double high = nudge_loss_layout_get_y (self->plot, (double) bucket->max);
    const gboolean low_first =
        n > 0 && fabs (low - points[n - 1].y) < fabs (high - points[n - 1].y);

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    points[n++] = (NudgePoint){ x, low_first ? low : high };
    if (bucket->min < bucket->max)
      points[n++] = (NudgePoint){ x, low_first ? high : low };
  }
  nudge_draw_line (self->cr, points, n, &style);
}

/* Every bucket widens the extents of the columns it lies in. */
static void
collect_extents (const NudgeLossCanvas *self,
                 const NnCurve *curve,
                 gsize first_bucket,
                 double left,
                 double pitch,
                 NudgeExtent *extents,
                 gsize n)
{
  for (gsize i = 0; i < n; i++)
    extents[i] = (NudgeExtent){ INFINITY, -INFINITY };
  for (gsize i = first_bucket; i < curve->n_buckets; i++) {
    const NnCurveBucket *bucket = &curve->buckets[i];
    double first = nudge_loss_layout_get_x (self->plot, (double) (i * curve->width + 1));
    double last =
        nudge_loss_layout_get_x (self->plot, (double) nn_curve_get_last_step (curve, i));
    double top = nudge_loss_layout_get_y (self->plot, (double) bucket->max);
    double bottom = nudge_loss_layout_get_y (self->plot, (double) bucket->min);

    if (!isfinite (bucket->min) || !isfinite (bucket->max))
      continue;
    for (gsize x = (gsize) ((first - left) / pitch);
         x <= MIN ((gsize) ((last - left) / pitch), n - 1); x++) {
      extents[x].top = MIN (extents[x].top, top);
      extents[x].bottom = MAX (extents[x].bottom, bottom);
    }
  }
}

/* Neighbours that do not overlap meet half way, or the line would break. */
static gsize
join_extents (NudgeExtent *extents, gsize n)
{
  gsize n_used = 0;

  for (gsize i = 0; i < n; i++)
    if (extents[i].top <= extents[i].bottom)
      n_used = i + 1;
    else if (i > 0)
      extents[i] = extents[i - 1];
  for (gsize i = 1; i < n_used; i++) {
    NudgeExtent *a = &extents[i - 1];
    NudgeExtent *b = &extents[i];

    if (a->bottom < b->top)
      a->bottom = b->top = (a->bottom + b->top) / 2;
    else if (b->bottom < a->top)
      a->top = b->bottom = (a->top + b->bottom) / 2;
  }
  return n_used;
}

/* Many buckets: all that was seen in each column of pixels. */
static void
draw_band (const NudgeLossCanvas *self,
           const NnCurve *curve,
           gsize first,
           const NudgeLossStroke *stroke)
{
  const NudgeLineStyle style = make_style (stroke);
  double left = self->plot->left;
  const double pitch = nudge_band_get_pitch (self->cr, &left);
  const gsize n = (gsize) ceil ((self->plot->right - left) / pitch) + 1;
  g_autofree NudgeExtent *extents = g_new (NudgeExtent, n);
  gsize n_used;

  collect_extents (self, curve, first, left, pitch, extents, n);
  n_used = join_extents (extents, n);
  for (gsize i = 0; i < n_used; i++) {
    extents[i].top -= stroke->width / 2;
    extents[i].bottom += stroke->width / 2;
  }
  nudge_draw_band (self->cr, left, pitch, extents, n_used, &style);
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
  gsize first;

  if (!curve || curve->n_steps <= stroke->after)
    return;
  first = (gsize) (MAX (stroke->after, 1) - 1) / curve->width;
  if ((double) curve->n_buckets <= (self->plot->right - self->plot->left) / 2)
    draw_line (self, curve, first, stroke);
  else
    draw_band (self, curve, first, stroke);
}

/**
 * nudge_loss_draw_points:
 *
 * A line through losses at some of the steps, at most one of them in a column of pixels.
 */
void
nudge_loss_draw_points (const NudgeLossCanvas *self,
                        const NnLossPoint *losses,
                        gsize n_losses,
                        const NudgeLossStroke *stroke)
{
  const NudgeLineStyle style = make_style (stroke);
  g_autofree NudgePoint *points = g_new (NudgePoint, n_losses);
  gsize n = 0;

  for (gsize i = 0; i < n_losses; i++) {
    const double x = nudge_loss_layout_get_x (self->plot, (double) losses[i].step);

    if (!isfinite (losses[i].loss) ||
        (n > 0 && x < points[n - 1].x + 1 && i + 1 < n_losses))
      continue;
    points[n++] =
        (NudgePoint){ x, nudge_loss_layout_get_y (self->plot, (double) losses[i].loss) };
  }
  nudge_draw_line (self->cr, points, n, &style);
}
