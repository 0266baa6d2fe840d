/* nudge-loss-layout.c - the layout of the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-layout.h"

#include <math.h>

#include "ui/draw/base/nudge-paint.h"

/* Seven digits fit beside the y axis. */
#define LEFT 70.0
#define LANE 18.0

/* What is above and below the loss. */
typedef struct {
  double row_middle;
  double row_bottom;
  double footer;
} Edges;

/* In a picture less high than this both are as low as their text. */
#define LOW 175.0

static const Edges usual_edges = { .row_middle = 18, .row_bottom = 36, .footer = 34 };
static const Edges low_edges = { .row_middle = 12, .row_bottom = 24, .footer = 24 };

/* Each lane of standing nudges needs this much height of the whole. */
#define HEIGHT_PER_LANE 70.0
#define MAX_LANES       4

/* Of what a logarithm cannot show, under all that it can. */
#define ZERO_HEIGHT       28.0
#define ZERO_ABOVE_BOTTOM 8.0

/* Of the strip with the accuracy, and of what is between it and the loss. */
#define STRIP_SHARE  0.2
#define STRIP_LEAST  52.0
#define STRIP_MOST   130.0
#define STRIP_GAP    34.0
#define TITLE_ABOVE  18.5 /* the strip, to the middle of its title */
#define STRIP_MARGIN 0.03 /* so that 0 and 100 % are within it */

/* In a picture less high than this it is a low one, with its title beside it instead of
 * above. It has labels at 0 and 100 % alone. */
#define STRIP_FROM    210.0
#define LOW_STRIP     34.0
#define LOW_STRIP_GAP 17.0

/* Where less than this would be left for the loss, there is none. */
#define LOSS_LEAST 56.0

typedef struct {
  double smallest;
  double largest;
  gboolean has_zero; /* or less, where that has no place on the axis */
  gboolean has_negative;
} Extremes;

static const Edges *
get_edges (double height)
{
  return height < LOW ? &low_edges : &usual_edges;
}

static void
include (Extremes *self, double loss, gboolean logarithmic)
{
  if (!isfinite (loss))
    return;
  self->has_zero |= logarithmic && loss <= 0;
  self->has_negative |= logarithmic && loss < 0;
  if (logarithmic && loss <= 0)
    return;
  self->smallest = MIN (self->smallest, loss);
  self->largest = MAX (self->largest, loss);
}

/* Of the steps between the edges. */
static void
include_series (Extremes *self,
                const NudgeLossLayout *plot,
                const NudgeLossSeries *series,
                gboolean logarithmic)
{
  for (gsize i = 0; i < series->n; i++) {
    const NnStretch *stretch = &series->stretches[i];

    if ((double) (stretch->from + stretch->n_steps - 1) < plot->x.low ||
        (double) stretch->from > plot->x.high)
      continue;
    include (self, (double) stretch->least, logarithmic);
    include (self, (double) stretch->greatest, logarithmic);
  }
}

static void
include_scores (Extremes *self,
                const NudgeLossLayout *plot,
                const NnFrame *frame,
                NnScoreKind kind,
                gboolean logarithmic)
{
  for (gsize i = 0; i < frame->n_scores[kind]; i++)
    if (nudge_loss_layout_shows (plot, (double) frame->scores[kind][i].step))
      include (self, (double) frame->scores[kind][i].loss, logarithmic);
}

static void
include_landings (Extremes *self,
                  const NudgeLossLayout *plot,
                  const NnFrame *frame,
                  gboolean logarithmic)
{
  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];

    if (nudge_landing_is_band (landing) || landing->refusal != NULL ||
        !nudge_loss_layout_shows (plot, (double) landing->first))
      continue;
    include (self, landing->loss_before, logarithmic);
    include (self, landing->loss_after, logarithmic);
  }
}

/* Of all that is drawn; where nothing can be, an axis must still be. A preview may be
 * anywhere and soon elsewhere: the axis does not follow it. */
static Extremes
get_extremes (const NudgeLossLayout *plot,
              const NnFrame *frame,
              const NudgeLossStyle *style)
{
  Extremes self = { INFINITY, -INFINITY };
  gboolean logarithmic = style->logarithmic;

  include_series (&self, plot, &plot->run, logarithmic);
  include_series (&self, plot, &plot->ghost, logarithmic);
  include_scores (&self, plot, frame, NN_SCORE_HELD_OUT, logarithmic);
  include_scores (&self, plot, frame, NN_SCORE_WHOLE, logarithmic);
  include_series (&self, plot, &plot->ahead, logarithmic);
  for (gsize i = 0; i < plot->n_branches; i++)
    include_series (&self, plot, &plot->branches[i], logarithmic);
  include_landings (&self, plot, frame, logarithmic);
  if (frame->step == 0)
    include (&self, frame->loss, logarithmic);
  if (self.smallest > self.largest) {
    self.smallest = logarithmic ? 0.01 : 0;
    self.largest = 1;
  }
  return self;
}

/**
 * nudge_loss_get_span:
 * @width: of the whole picture
 *
 * The positions of its first and last step, for widgets that align with it.
 */
void
nudge_loss_get_span (double width, double *left, double *right)
{
  *left = LEFT;
  *right = width - NUDGE_MARGIN;
}

/* Returns: the steps from edge to edge of a picture of that width */
NudgeAxis
nudge_loss_get_time_axis (const NnFrame *frame, const NudgeTimeSpan *span, double width)
{
  NudgeAxis axis = { 0 };

  nudge_time_span_get_edges (span, frame, &axis.low, &axis.high);
  nudge_loss_get_span (width, &axis.from, &axis.to);
  return axis;
}

/* Returns: where @step is in a picture of that width; it may be beyond its edges */
double
nudge_loss_get_x (const NnFrame *frame,
                  const NudgeTimeSpan *span,
                  double width,
                  double step)
{
  const NudgeAxis axis = nudge_loss_get_time_axis (frame, span, width);

  return nudge_axis_get_position (&axis, step);
}

/* Returns: what is at @x, which may lie between two steps or beyond the run's ends */
double
nudge_loss_get_step (const NnFrame *frame,
                     const NudgeTimeSpan *span,
                     double width,
                     double x)
{
  const NudgeAxis axis = nudge_loss_get_time_axis (frame, span, width);

  return nudge_axis_get_value (&axis, x);
}

static gboolean
is_band_in_sight (const NudgeLossLayout *self, const NnLanding *landing)
{
  return nudge_landing_is_band (landing) && (double) landing->first <= self->x.high &&
         (double) landing->last >= self->x.low;
}

/* Each standing nudge gets the first lane that is free when it begins. */
static void
assign_lanes (NudgeLossLayout *self, const NnFrame *frame)
{
  g_autofree gsize *newest = g_new (gsize, frame->n_landings); /* to take a lane */

  for (gsize i = 0; i < frame->n_landings; i++) {
    gsize lane = 0;

    self->lane_of[i] = NUDGE_NO_LANE;
    self->free_until[i] = G_MAXUINT64;
    if (!is_band_in_sight (self, &frame->landings[i]))
      continue;
    while (lane < self->n_lanes &&
           frame->landings[newest[lane]].last >= frame->landings[i].first)
      lane++;
    if (lane < self->n_lanes)
      self->free_until[newest[lane]] = frame->landings[i].first;
    else
      self->n_lanes++;
    newest[lane] = i;
    self->lane_of[i] = lane;
  }
}

/* The last of the lanes says how many have none. */
static void
limit_lanes (NudgeLossLayout *self, const NnFrame *frame, gsize most)
{
  if (self->n_lanes <= most)
    return;
  self->n_lanes = most;
  for (gsize i = 0; i < frame->n_landings; i++)
    if (self->lane_of[i] != NUDGE_NO_LANE && self->lane_of[i] >= most - 1) {
      self->lane_of[i] = NUDGE_NO_LANE;
      self->n_more++;
    }
}

static void
read_series (NudgeLossLayout *self, const NnFrame *frame, const NudgeLossStyle *style)
{
  const gsize n = (gsize) ceil (MAX (self->right - self->left, 1));
  const NudgeLossSource run = { frame->history, 0, frame->step };
  const NudgeLossSource ahead = { frame->history, frame->step, G_MAXUINT64 };
  const NudgeLossSource ghost = { frame->ghost, 0, G_MAXUINT64 };
  const double first = self->x.low;
  const double last = self->x.high;

  nudge_loss_series_read (&self->run, &run, first, last, n, style->smoothing);
  if (frame->history && nn_history_get_n_steps (frame->history) > frame->step)
    nudge_loss_series_read (&self->ahead, &ahead, first, last, n, style->smoothing);
  nudge_loss_series_read (&self->ghost, &ghost, first, last, n, style->smoothing);
  self->n_branches = frame->n_branches;
  self->branches = g_new0 (NudgeLossSeries, frame->n_branches);
  for (gsize i = 0; i < frame->n_branches; i++) {
    const NnBranch *branch = &frame->branches[i];
    const NudgeLossSource source = { branch->history, branch->fork, G_MAXUINT64 };

    nudge_loss_series_read (&self->branches[i], &source, first, last, n,
                            style->smoothing);
  }
}

/* Zero is below all that a logarithm can show, and apart from it. */
static void
place_y_axis (NudgeLossLayout *self, const NnFrame *frame, const NudgeLossStyle *style)
{
  const Extremes extremes = get_extremes (self, frame, style);

  self->has_zero = extremes.has_zero;
  self->has_negative = extremes.has_negative;
  self->zero_y = self->bottom - ZERO_ABOVE_BOTTOM;
  self->y =
      nudge_axis_new (style->from_zero && !style->logarithmic ? MIN (extremes.smallest, 0)
                                                              : extremes.smallest,
                      extremes.largest, style->logarithmic);
  self->y.from = self->bottom - (self->has_zero ? ZERO_HEIGHT : 0);
  self->y.to = self->top;
}

static gboolean
has_accuracy (const NnFrame *frame)
{
  const NnScoreKind kinds[] = { NN_SCORE_TRAINING, NN_SCORE_HELD_OUT };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (gsize i = frame->n_scores[kinds[k]]; i-- > 0;)
      if (isfinite (frame->scores[kinds[k]][i].accuracy))
        return TRUE;
  return FALSE;
}

/* Takes it away from the loss, from below. */
static void
place_strip (NudgeLossLayout *self, const NnFrame *frame, double height)
{
  const gboolean low = height < STRIP_FROM;
  const double strip =
      low ? LOW_STRIP : CLAMP (height * STRIP_SHARE, STRIP_LEAST, STRIP_MOST);
  const double gap = low ? LOW_STRIP_GAP : STRIP_GAP;

  self->foot = height - get_edges (height)->footer;
  self->bottom = self->foot;
  self->has_accuracy =
      self->foot - strip - gap - self->top >= LOSS_LEAST && has_accuracy (frame);
  if (!self->has_accuracy)
    return;
  self->accuracy_title_y = self->foot - (low ? strip / 2 : strip + TITLE_ABOVE);
  self->accuracy = (NudgeAxis){ .low = -STRIP_MARGIN,
                                .high = 1 + STRIP_MARGIN,
                                .from = self->foot,
                                .to = self->foot - strip };
  self->bottom = self->accuracy.to - gap;
}

NudgeLossLayout *
nudge_loss_layout_new (const NnFrame *frame,
                       const NudgeLossStyle *style,
                       double width,
                       double height)
{
  NudgeLossLayout *self = g_new0 (NudgeLossLayout, 1);
  const Edges *edges = get_edges (height);
  gsize most = (gsize) CLAMP (height / HEIGHT_PER_LANE, 2, MAX_LANES);
  double lane_0;

  self->x = nudge_loss_get_time_axis (frame, &style->span, width);
  self->left = self->x.from;
  self->right = self->x.to;
  self->marks = nudge_loss_marks_new (frame, &self->x);
  lane_0 = self->marks->len > 0 ? 1 : 0;
  self->lane_of = g_new (gsize, frame->n_landings);
  self->free_until = g_new (guint64, frame->n_landings);
  assign_lanes (self, frame);
  limit_lanes (self, frame, most);
  self->title_y = edges->row_middle;
  self->header_y = edges->row_middle;
  self->lane_y = edges->row_middle + lane_0 * LANE;
  self->top = edges->row_bottom + MAX (lane_0 + self->n_lanes - 1, 0) * LANE;
  place_strip (self, frame, height);
  read_series (self, frame, style);
  place_y_axis (self, frame, style);
  return self;
}

void
nudge_loss_layout_free (NudgeLossLayout *self)
{
  nudge_loss_series_clear (&self->run);
  nudge_loss_series_clear (&self->ahead);
  nudge_loss_series_clear (&self->ghost);
  for (gsize i = 0; i < self->n_branches; i++)
    nudge_loss_series_clear (&self->branches[i]);
  g_free (self->branches);
  g_array_unref (self->marks);
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
  return self->has_zero && loss <= 0 ? self->zero_y
                                     : nudge_axis_get_position (&self->y, loss);
}

double
nudge_loss_layout_get_lane_y (const NudgeLossLayout *self, gsize lane)
{
  return self->lane_y + lane * LANE;
}

/* Returns: whether @step is between the left edge and the right one */
gboolean
nudge_loss_layout_shows (const NudgeLossLayout *self, double step)
{
  return step >= self->x.low && step <= self->x.high;
}

/* Of the plot's width, what is far from one measured step to the next. */
#define GAP_PART 16

/**
 * nudge_loss_layout_is_gap:
 * @from: a step that something was measured at
 * @to: another one
 *
 * Whether so much is between them, in sight, that a line from one to the other would be
 * taken for what it was there.
 */
gboolean
nudge_loss_layout_is_gap (const NudgeLossLayout *self, double from, double to)
{
  const double width =
      fabs (nudge_loss_layout_get_x (self, to) - nudge_loss_layout_get_x (self, from));

  return fabs (to - from) > 1 && width * GAP_PART > self->right - self->left;
}

/**
 * nudge_loss_layout_find_stretch:
 *
 * Returns: that of the run with the step nearest to @x; -1 where there is none
 */
gssize
nudge_loss_layout_find_stretch (const NudgeLossLayout *self, double x)
{
  const double step = round (nudge_axis_get_value (&self->x, x));

  if (!(x >= self->left && x <= self->right))
    return -1;
  return nudge_loss_series_find (&self->run, MAX (step, 1));
}

/**
 * nudge_loss_get_header:
 *
 * Returns: above which are the diamonds of nudges that landed once
 */
double
nudge_loss_get_header (double height)
{
  return get_edges (height)->row_bottom - 4;
}
