/* nudge-loss-layout.h - where everything in the loss's picture lies
 *
 * SPDX-License-Identifier: MIT
 *
 * The drawing and the pointer both ask it, and so does what stands beside the picture:
 * they cannot disagree.
 */

#pragma once

#include "nn/session/nn-frame.h"
#include "ui/draw/nudge-axis.h"
#include "ui/draw/nudge-palette.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  gboolean logarithmic;
  const NnNudge *marked;    /* (nullable) whose landing is set off, if it is there */
  const NnCurve *ahead;     /* (nullable) the run as it goes on from here, seen before */
  const NnLossPoint *other; /* (n_other) (nullable) a part of the run, done otherwise */
  gsize n_other;
} NudgeLossStyle;

typedef struct {
  NudgeAxis x;
  NudgeAxis y;
  double left; /* the plot's rectangle, inside the axes' labels */
  double right;
  double top;
  double bottom;
  double title_y;  /* middle of the row that says what the axis shows */
  double header_y; /* middle of the row of nudges that landed once */
  double lane_y;   /* middle of the first lane of standing nudges */
  gsize n_lanes;
  gsize *lane_of;      /* (owned) (n_landings) of a standing nudge; 0 for others */
  guint64 *free_until; /* (owned) (n_landings) the step where its lane is taken again */
} NudgeLossLayout;

NudgeLossLayout *nudge_loss_layout_new (const NnFrame *frame,
                                        const NudgeLossStyle *style,
                                        double width,
                                        double height) G_GNUC_WARN_UNUSED_RESULT;
void nudge_loss_layout_free (NudgeLossLayout *self);

double nudge_loss_layout_get_x (const NudgeLossLayout *self, double step);
double nudge_loss_layout_get_y (const NudgeLossLayout *self, double loss);
double nudge_loss_layout_get_lane_y (const NudgeLossLayout *self, gsize lane);
double nudge_loss_layout_get_step (const NnCurve *curve, gsize bucket);
gssize nudge_loss_layout_find_bucket (const NudgeLossLayout *self,
                                      const NnCurve *curve,
                                      double x);

gboolean nudge_landing_is_band (const NnLanding *landing);
guint64 nudge_loss_get_last_step (const NnFrame *frame);
void nudge_loss_get_span (double width, double *left, double *right);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeLossLayout, nudge_loss_layout_free)

G_END_DECLS
