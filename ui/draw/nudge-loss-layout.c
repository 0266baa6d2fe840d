/* nudge-loss-layout.c - where everything in the loss's picture lies
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-layout.h"

#include <math.h>

#include "ui/draw/nudge-paint.h"

/* Room for the labels; seven digits fit beside the y axis. */
#define LEFT   70.0
#define FOOTER 34.0

#define ROW_MIDDLE 18.0
#define ROW_BOTTOM 36.0
#define LANE       18.0

/* Each lane of standing nudges after the first needs this much more height. */
#define HEIGHT_PER_LANE 80.0
#define MAX_LANES       4

/* The x axis of a run that has only just begun. */
#define LEAST_STEPS 10
#define NEAR_STEPS  1000 /* nudges to come are shown that far ahead … */
#define NEAR_TIMES  4    /* … or so many times as far as the run has come */

/**
 * nudge_landing_is_band:
 *
 * Returns: whether it may be applied again and again, so that it is drawn as a band
 */
gboolean
nudge_landing_is_band (const NnLanding *landing)
{
  return landing->standing && !nn_time_is_once (&landing->nudge->time);
}

typedef struct {
  double smallest;
  double largest;
} Extremes;

static void
include (Extremes *self, double loss, gboolean logarithmic)
{
  if (!isfinite (loss) || (logarithmic && loss <= 0))
    return;
  self->smallest = MIN (self->smallest, loss);
  self->largest = MAX (self->largest, loss);
}

/* Of its steps after @after. */
static void
include_curve (Extremes *self, const NnCurve *curve, guint64 after, gboolean logarithmic)
{
  if (!curve || curve->n_steps <= after)
    return;
  for (gsize i = (gsize) (MAX (after, 1) - 1) / curve->width; i < curve->n_buckets; i++) {
    include (self, (double) curve->buckets[i].min, logarithmic);
    include (self, (double) curve->buckets[i].max, logarithmic);
  }
}

/* Of all that is drawn; where nothing can be, an axis must still be. A preview may be
 * anywhere and soon elsewhere: the axis does not follow it. */
static Extremes
get_extremes (const NnFrame *frame, const NudgeLossStyle *style)
{
  Extremes self = { INFINITY, -INFINITY };
  gboolean logarithmic = style->logarithmic;

  include_curve (&self, frame->curve, 0, logarithmic);
  include_curve (&self, frame->ghost, 0, logarithmic);
  for (gsize i = 0; i < frame->n_validation; i++)
    include (&self, (double) frame->validation[i].loss, logarithmic);
  include_curve (&self, style->ahead, frame->step, logarithmic);
  for (gsize i = 0; i < frame->n_branches; i++)
    include_curve (&self, frame->branches[i].curve, frame->branches[i].fork, logarithmic);
  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];

    if (nudge_landing_is_band (landing) || landing->refusal != NULL)
      continue;
    include (&self, landing->loss_before, logarithmic);
    include (&self, landing->loss_after, logarithmic);
  }
  if (frame->curve == NULL || frame->curve->n_buckets == 0)
    include (&self, frame->loss, logarithmic);
  if (self.smallest > self.largest)
    self = (Extremes){ logarithmic ? 0.01 : 0, 1 };
  return self;
}

/* The nudges to come are shown where they will land, if that is not far off: what has been
 * trained keeps a width. */
static guint64
last_coming (const NnFrame *frame, guint64 last)
{
  const guint64 near = MAX (NEAR_STEPS, NEAR_TIMES * last);
  guint64 farthest = last;

  for (gsize i = 0; i < frame->n_coming; i++)
    if (frame->coming[i].step <= near)
      farthest = MAX (farthest, frame->coming[i].step);
  return farthest;
}

/**
 * nudge_loss_get_last_step:
 *
 * Returns: the step at the right end of the picture; the left one is 0
 */
guint64
nudge_loss_get_last_step (const NnFrame *frame)
{
  guint64 last = MAX (MAX (LEAST_STEPS, frame->step), frame->end);

  if (frame->curve)
    last = MAX (last, frame->curve->n_steps);
  if (frame->ghost)
    last = MAX (last, frame->ghost->n_steps);
  for (gsize i = 0; i < frame->n_branches; i++)
    last = MAX (last, frame->branches[i].curve->n_steps);
  for (gsize i = 0; i < frame->n_landings; i++)
    last = MAX (last, frame->landings[i].last);
  return last_coming (frame, last);
}

/**
 * nudge_loss_get_span:
 * @width: of the whole picture
 *
 * Where its first and its last step lie, for what is to be in line with it.
 */
void
nudge_loss_get_span (double width, double *left, double *right)
{
  *left = LEFT;
  *right = width - NUDGE_MARGIN;
}

/* Each standing nudge gets the first lane that is free when it begins; when none is,
 * it shares the last. */
static void
assign_lanes (NudgeLossLayout *self, const NnFrame *frame, gsize most)
{
  gsize newest[MAX_LANES]; /* the landing that took the lane last */

  self->lane_of = g_new0 (gsize, frame->n_landings);
  self->free_until = g_new (guint64, frame->n_landings);
  for (gsize i = 0; i < frame->n_landings; i++) {
    gsize lane = 0;

    self->free_until[i] = G_MAXUINT64;
    if (!nudge_landing_is_band (&frame->landings[i]))
      continue;
    while (lane < self->n_lanes &&
           frame->landings[newest[lane]].last >= frame->landings[i].first)
      lane++;
    lane = MIN (lane, most - 1);
    if (lane < self->n_lanes)
      self->free_until[newest[lane]] = frame->landings[i].first;
    else
      self->n_lanes++;
    newest[lane] = i;
    self->lane_of[i] = lane;
  }
}

static gboolean
has_single_landing (const NnFrame *frame)
{
  for (gsize i = 0; i < frame->n_landings; i++)
    if (!nudge_landing_is_band (&frame->landings[i]))
      return TRUE;
  return FALSE;
}

NudgeLossLayout *
nudge_loss_layout_new (const NnFrame *frame,
                       const NudgeLossStyle *style,
                       double width,
                       double height)
{
  NudgeLossLayout *self = g_new0 (NudgeLossLayout, 1);
  Extremes extremes = get_extremes (frame, style);
  gsize most = (gsize) CLAMP (height / HEIGHT_PER_LANE, 1, MAX_LANES);
  double lane_0 = has_single_landing (frame) ? 1 : 0;

  assign_lanes (self, frame, most);
  self->title_y = ROW_MIDDLE;
  self->header_y = ROW_MIDDLE;
  self->lane_y = ROW_MIDDLE + lane_0 * LANE;
  nudge_loss_get_span (width, &self->left, &self->right);
  self->top = ROW_BOTTOM + MAX (lane_0 + self->n_lanes - 1, 0) * LANE;
  self->bottom = height - FOOTER;
  self->x = (NudgeAxis){ 0, (double) nudge_loss_get_last_step (frame), self->left,
                         self->right };
  self->y = nudge_axis_new (extremes.smallest, extremes.largest, style->logarithmic);
  self->y.from = self->bottom;
  self->y.to = self->top;
  return self;
}

void
nudge_loss_layout_free (NudgeLossLayout *self)
{
  g_free (self->lane_of);
  g_free (self->free_until);
  g_free (self);
}

double
nudge_loss_layout_get_x (const NudgeLossLayout *self, double step)
{
  return nudge_axis_get_position (&self->x, step);
}

double
nudge_loss_layout_get_y (const NudgeLossLayout *self, double loss)
{
  return nudge_axis_get_position (&self->y, loss);
}

double
nudge_loss_layout_get_lane_y (const NudgeLossLayout *self, gsize lane)
{
  return self->lane_y + lane * LANE;
}

/* Returns: the middle of the steps that @bucket holds */
double
nudge_loss_layout_get_step (const NnCurve *curve, gsize bucket)
{
  double first = (double) bucket * (double) curve->width + 1;

  return (first + (double) nn_curve_get_last_step (curve, bucket)) / 2;
}

/**
 * nudge_loss_layout_find_bucket:
 * @curve: (nullable)
 *
 * Returns: the bucket that holds the step nearest to @x, or -1 where there is none
 */
gssize
nudge_loss_layout_find_bucket (const NudgeLossLayout *self,
                               const NnCurve *curve,
                               double x)
{
  double step = round (nudge_axis_get_value (&self->x, x));

  if (curve == NULL || curve->n_buckets == 0 || !(x >= self->left && x <= self->right) ||
      step > (double) curve->n_steps)
    return -1;
  return (gssize) MIN ((guint64) (MAX (step, 1) - 1) / curve->width,
                       curve->n_buckets - 1);
}
