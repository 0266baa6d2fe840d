/* nudge-loss-curve.c - one curve of the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-curve.h"

#include <math.h>

#include "ui/draw/base/nudge-line.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-shapes.h"

#define DASH     6.0
#define DASH_GAP 4.0

/* A bucket of several steps that is wider than this is drawn as what it is: a stretch of
 * which only the extremes and the last are known. */
#define STRETCH_WIDTH 5.0
#define STRETCH_SHADE 0.22

#define LONE_POINT 1.25 /* its radius, in widths of a line */

static NudgeLineStyle
make_style (const NudgeLossStroke *stroke)
{
  return (NudgeLineStyle){ .width = stroke->width,
                           .drawn = stroke->dashed ? DASH : 0,
                           .skipped = DASH_GAP,
                           .colour = stroke->colour,
                           .opacity = stroke->opacity };
}

static gboolean
is_finite (const NnStretch *stretch)
{
  return isfinite (stretch->least) && isfinite (stretch->greatest);
}

static double
get_last_step (const NnStretch *stretch)
{
  return (double) (stretch->from + stretch->n_steps - 1);
}

/* Few stretches: a line through them, and through both extremes of those of several
 * steps, the nearer one first. */
static void
draw_line (const NudgeLossCanvas *self,
           const NudgeLossSeries *series,
           const NudgeLossStroke *stroke)
{
  const NudgeLineStyle style = make_style (stroke);
  g_autofree NudgePoint *points = g_new (NudgePoint, 2 * series->n);
  gsize n = 0;

  for (gsize i = 0; i < series->n; i++) {
    const NnStretch *stretch = &series->stretches[i];
    const double x =
        nudge_loss_layout_get_x (self->plot, nudge_loss_series_get_middle (series, i));
    const double low = nudge_loss_layout_get_y (self->plot, (double) stretch->least);
    const double high = nudge_loss_layout_get_y (self->plot, (double) stretch->greatest);
    const gboolean low_first =
        n > 0 && fabs (low - points[n - 1].y) < fabs (high - points[n - 1].y);

    if (!is_finite (stretch))
      continue;
    points[n++] = (NudgePoint){ x, low_first ? low : high };
    if (stretch->least < stretch->greatest)
      points[n++] = (NudgePoint){ x, low_first ? high : low };
  }
  nudge_draw_line (self->cr, points, n, &style);
}

/* Very few stretches of several steps, as one has zoomed in beyond what was kept: what of
 * each is known, and a line through their ends. */
static void
draw_stretches (const NudgeLossCanvas *self,
                const NudgeLossSeries *series,
                const NudgeLossStroke *stroke)
{
  const NudgeLossLayout *plot = self->plot;
  const NudgeLineStyle style = make_style (stroke);
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));
  g_autofree NudgePoint *points = g_new (NudgePoint, series->n);
  gsize n = 0;

  for (gsize i = 0; i < series->n; i++) {
    const NnStretch *stretch = &series->stretches[i];
    const double end = nudge_loss_layout_get_x (plot, get_last_step (stretch));
    const double left = nudge_loss_layout_get_x (plot, (double) stretch->from - 0.5);
    const double right = nudge_loss_layout_get_x (plot, get_last_step (stretch) + 0.5);
    const double top = nudge_loss_layout_get_y (plot, (double) stretch->greatest);
    const double bottom = nudge_loss_layout_get_y (plot, (double) stretch->least);
    NudgeShape box = nudge_shape_of_rectangle (
        left, top - stroke->width / 2, right - left, bottom - top + stroke->width, 0);

    if (!is_finite (stretch))
      continue;
    box.colour = *stroke->colour;
    box.opacity = stroke->opacity * STRETCH_SHADE;
    g_array_append_val (shapes, box);
    points[n++] =
        (NudgePoint){ end, nudge_loss_layout_get_y (plot, (double) stretch->last) };
  }
  nudge_draw_shapes (self->cr, (const NudgeShape *) (gconstpointer) shapes->data,
                     shapes->len);
  nudge_draw_line (self->cr, points, n, &style);
}

/* Each stretch extends the range of the columns that it is in. */
static void
collect_extents (const NudgeLossCanvas *self,
                 const NudgeLossSeries *series,
                 double left,
                 double pitch,
                 NudgeExtent *extents,
                 gsize n)
{
  const NudgeLossLayout *plot = self->plot;

  for (gsize i = 0; i < n; i++)
    extents[i] = (NudgeExtent){ INFINITY, -INFINITY };
  for (gsize i = 0; i < series->n; i++) {
    const NnStretch *stretch = &series->stretches[i];
    double first = nudge_loss_layout_get_x (plot, (double) stretch->from) - left;
    double last = nudge_loss_layout_get_x (plot, get_last_step (stretch)) - left;
    double top = nudge_loss_layout_get_y (plot, (double) stretch->greatest);
    double bottom = nudge_loss_layout_get_y (plot, (double) stretch->least);

    if (!is_finite (stretch) || last < 0)
      continue;
    for (gsize x = (gsize) (MAX (first, 0) / pitch);
         x <= MIN ((gsize) (last / pitch), n - 1); x++) {
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

    if (!isfinite (a->top))
      continue; /* nothing yet */
    if (a->bottom < b->top)
      a->bottom = b->top = (a->bottom + b->top) / 2;
    else if (b->bottom < a->top)
      a->top = b->bottom = (a->top + b->bottom) / 2;
  }
  return n_used;
}

/* Many stretches: all that was seen in each column of pixels. */
static void
draw_band (const NudgeLossCanvas *self,
           const NudgeLossSeries *series,
           const NudgeLossStroke *stroke)
{
  const NudgeLineStyle style = make_style (stroke);
  double left = self->plot->left;
  const double pitch = nudge_band_get_pitch (self->cr, &left);
  const gsize n = (gsize) ceil ((self->plot->right - left) / pitch) + 1;
  g_autofree NudgeExtent *extents = g_new (NudgeExtent, n);
  gsize n_used;

  collect_extents (self, series, left, pitch, extents, n);
  n_used = join_extents (extents, n);
  for (gsize i = 0; i < n_used; i++) {
    extents[i].top -= stroke->width / 2;
    extents[i].bottom += stroke->width / 2;
  }
  nudge_draw_band (self->cr, left, pitch, extents, n_used, &style);
}

/* Several steps each, and yet wide. */
static gboolean
are_wide (const NudgeLossCanvas *self, const NudgeLossSeries *series)
{
  const NnStretch *middle = &series->stretches[series->n / 2];

  return middle->n_steps > 1 &&
         nudge_loss_layout_get_x (self->plot, (double) middle->n_steps) -
                 nudge_loss_layout_get_x (self->plot, 0) >=
             STRETCH_WIDTH;
}

/**
 * nudge_loss_draw_series:
 *
 * Every loss of it. Its cost is bounded, however long the run.
 */
void
nudge_loss_draw_series (const NudgeLossCanvas *self,
                        const NudgeLossSeries *series,
                        const NudgeLossStroke *stroke)
{
  double left = self->plot->left;
  double columns;

  if (series->n == 0)
    return;
  columns = (self->plot->right - left) / nudge_band_get_pitch (self->cr, &left);
  cairo_save (self->cr);
  nudge_loss_canvas_clip (self);
  if ((double) series->n > columns / 2)
    draw_band (self, series, stroke);
  else if (are_wide (self, series))
    draw_stretches (self, series, stroke);
  else
    draw_line (self, series, stroke);
  cairo_restore (self->cr);
}

/**
 * nudge_loss_draw_smooth:
 *
 * A line through its smoothed losses, if it has any.
 */
void
nudge_loss_draw_smooth (const NudgeLossCanvas *self,
                        const NudgeLossSeries *series,
                        const NudgeLossStroke *stroke)
{
  const NudgeLineStyle style = make_style (stroke);
  g_autofree NudgePoint *points = NULL;
  gsize n = 0;

  if (!series->smooth)
    return;
  points = g_new (NudgePoint, series->n);
  for (gsize i = 0; i < series->n; i++)
    if (isfinite (series->smooth[i]))
      points[n++] = (NudgePoint){
        nudge_loss_layout_get_x (self->plot, get_last_step (&series->stretches[i])),
        nudge_loss_layout_get_y (self->plot, series->smooth[i]),
      };
  cairo_save (self->cr);
  nudge_loss_canvas_clip (self);
  nudge_draw_line (self->cr, points, n, &style);
  cairo_restore (self->cr);
}

/* The points in sight, and one beyond each edge. */
static void
find_points (const NudgeLossLayout *plot,
             const NnScore *losses,
             gsize n_losses,
             gsize *from,
             gsize *to)
{
  *from = 0;
  while (*from < n_losses && (double) losses[*from].step < plot->x.low)
    ++*from;
  *to = *from;
  while (*to < n_losses && (double) losses[*to].step <= plot->x.high)
    ++*to;
  *from -= *from > 0;
  *to += *to < n_losses;
}

/* The points in sight, at most one of them in a column of pixels. @follows: (out): whether
 * what is between it and the one before is known. Returns: how many */
static gsize
collect_points (const NudgeLossLayout *plot,
                const NnScore *scores,
                gsize n_scores,
                gboolean accuracy,
                NudgePoint *points,
                gboolean *follows)
{
  guint64 before = 0;
  gsize n = 0;

  for (gsize i = 0; i < n_scores; i++) {
    const double value = (double) (accuracy ? scores[i].accuracy : scores[i].loss);
    const double x = nudge_loss_layout_get_x (plot, (double) scores[i].step);

    if (!isfinite (value) || (n > 0 && x < points[n - 1].x + 1 && i + 1 < n_scores))
      continue;
    follows[n] = n > 0 && !nudge_loss_layout_is_gap (plot, (double) before,
                                                     (double) scores[i].step);
    points[n++] =
        (NudgePoint){ x, accuracy ? nudge_axis_get_position (&plot->accuracy, value)
                                  : nudge_loss_layout_get_y (plot, value) };
    before = scores[i].step;
  }
  return n;
}

/* One that no line comes to. */
static void
draw_lone_point (cairo_t *cr, const NudgePoint *point, const NudgeLossStroke *stroke)
{
  cairo_new_path (cr);
  cairo_arc (cr, point->x, point->y, LONE_POINT * stroke->width, 0, 2 * G_PI);
  nudge_paint_set_colour (cr, stroke->colour, stroke->opacity);
  cairo_fill (cr);
}

/* A line through the points in sight, which is faint where nothing is known. */
static void
draw_points (const NudgeLossCanvas *self,
             const NnScore *scores,
             gsize n_scores,
             gboolean accuracy,
             const NudgeLossStroke *stroke)
{
  const NudgeLineStyle style = make_style (stroke);
  NudgeLineStyle faint = style;
  g_autofree NudgePoint *points = NULL;
  g_autofree gboolean *follows = NULL;
  gsize from, to, n, end;

  find_points (self->plot, scores, n_scores, &from, &to);
  points = g_new (NudgePoint, to - from);
  follows = g_new (gboolean, to - from);
  n = collect_points (self->plot, scores + from, to - from, accuracy, points, follows);
  faint.opacity *= NUDGE_RAW_OPACITY;
  for (gsize i = 0; i < n; i = end) {
    for (end = i + 1; end < n && follows[end]; end++)
      ;
    if (i > 0)
      nudge_draw_line (self->cr, &points[i - 1], 2, &faint);
    if (end - i > 1)
      nudge_draw_line (self->cr, &points[i], end - i, &style);
    else if (n > 1)
      draw_lone_point (self->cr, &points[i], stroke);
  }
}

/**
 * nudge_loss_draw_points:
 *
 * A line through losses at some of the steps.
 */
void
nudge_loss_draw_points (const NudgeLossCanvas *self,
                        const NnScore *points,
                        gsize n_points,
                        const NudgeLossStroke *stroke)
{
  cairo_save (self->cr);
  nudge_loss_canvas_clip (self);
  draw_points (self, points, n_points, FALSE, stroke);
  cairo_restore (self->cr);
}

/**
 * nudge_loss_draw_accuracies:
 *
 * A line through accuracies at some of the steps, in the strip. The caller clips.
 */
void
nudge_loss_draw_accuracies (const NudgeLossCanvas *self,
                            const NnScore *scores,
                            gsize n_scores,
                            const NudgeLossStroke *stroke)
{
  draw_points (self, scores, n_scores, TRUE, stroke);
}
