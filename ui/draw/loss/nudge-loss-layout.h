/* nudge-loss-layout.h - the layout of the loss's picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Drawing, hover and the widgets beside the picture share it, so that they
 * cannot disagree.
 */

#pragma once

#include "nn/session/nn-frame.h"
#include "ui/draw/base/nudge-axis.h"
#include "ui/draw/base/nudge-palette.h"
#include "ui/draw/base/nudge-time-span.h"
#include "ui/draw/loss/nudge-loss-marks.h"
#include "ui/draw/loss/nudge-loss-series.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  gboolean logarithmic;
  const NnNudge *marked; /* (nullable) whose landing is set off, if it is there */
  double smoothing;      /* as TensorBoard's: 0 none, less than 1 */
  NudgeTimeSpan span;    /* the steps that are shown; zeroed: all */
  const NnScore *other;  /* (n_other) (nullable) a part of the run, done otherwise */
  gsize n_other;
  gboolean from_zero; /* a linear axis goes down to 0: what is to come may be there */
} NudgeLossStyle;

typedef struct {
  NudgeAxis x;
  NudgeAxis y;
  double left; /* the plot's rectangle, inside the axes' labels */
  double right;
  double top;
  double bottom;
  double title_y;          /* middle of the row that says what the axis shows */
  double header_y;         /* middle of the row of nudges that landed once */
  double lane_y;           /* middle of the first lane of standing nudges */
  NudgeAxis accuracy;      /* of a strip under the loss, if there is one … */
  gboolean has_accuracy;   /* … whose lower edge is the foot … */
  double accuracy_title_y; /* … and the middle of whose title is here */
  double foot;             /* of all: where the steps are; bottom, if there is no strip */
  double zero_y;           /* of a loss that a logarithm cannot show */
  gboolean has_zero;
  gboolean has_negative;
  NudgeLossSeries run;
  NudgeLossSeries ahead; /* the run as it goes on from the frame's step, seen before */
  NudgeLossSeries ghost;
  NudgeLossSeries *branches; /* (owned) (n_branches) from their forks on */
  gsize n_branches;
  GArray *marks; /* (owned) (element-type NudgeLossMark) from left to right */
  gsize n_lanes;
  gsize *lane_of;      /* (owned) (n_landings) of a standing nudge, or NUDGE_NO_LANE */
  guint64 *free_until; /* (owned) (n_landings) the step where its lane is taken again */
  gsize n_more;        /* standing nudges that share the last lane, as it is too many */
} NudgeLossLayout;

/* Of the losses under their smoothed line. */
#define NUDGE_RAW_OPACITY 0.25

#define NUDGE_NO_LANE G_MAXSIZE /* out of sight, or one of the many */

NudgeLossLayout *nudge_loss_layout_new (const NnFrame *frame,
                                        const NudgeLossStyle *style,
                                        double width,
                                        double height) G_GNUC_WARN_UNUSED_RESULT;
void nudge_loss_layout_free (NudgeLossLayout *self);

double nudge_loss_layout_get_x (const NudgeLossLayout *self, double step);
double nudge_loss_layout_get_y (const NudgeLossLayout *self, double loss);
double nudge_loss_layout_get_lane_y (const NudgeLossLayout *self, gsize lane);
gboolean nudge_loss_layout_shows (const NudgeLossLayout *self, double step);
gboolean nudge_loss_layout_is_gap (const NudgeLossLayout *self, double from, double to);
gssize nudge_loss_layout_find_stretch (const NudgeLossLayout *self, double x);

double nudge_loss_get_header (double height);
void nudge_loss_get_span (double width, double *left, double *right);
NudgeAxis
nudge_loss_get_time_axis (const NnFrame *frame, const NudgeTimeSpan *span, double width);
double nudge_loss_get_x (const NnFrame *frame,
                         const NudgeTimeSpan *span,
                         double width,
                         double step);
double nudge_loss_get_step (const NnFrame *frame,
                            const NudgeTimeSpan *span,
                            double width,
                            double x);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeLossLayout, nudge_loss_layout_free)

G_END_DECLS
