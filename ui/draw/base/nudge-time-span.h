/* nudge-time-span.h - which steps of a run a plot shows
 *
 * SPDX-License-Identifier: MIT
 *
 * A plain value, shared by all that has one time axis: all of the run, its newest steps,
 * or a stretch that stays where it is. Zeroed it is all. Positions are steps, and may lie
 * between two.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

/* Fewer steps do not fill a plot: the axis of a run that has only just begun, too. */
#define NUDGE_TIME_LEAST_STEPS 10

typedef enum {
  NUDGE_TIME_ALL,
  NUDGE_TIME_FOLLOW, /* the newest ones, so that they move as the run goes on */
  NUDGE_TIME_STRETCH,
} NudgeTimeKind;

typedef struct {
  NudgeTimeKind kind;
  double first;   /* STRETCH: at the left edge */
  double n_steps; /* FOLLOW, STRETCH: from the left edge to the right one */
} NudgeTimeSpan;

guint64 nudge_time_get_last_step (const NnFrame *frame);

void nudge_time_span_get_edges (const NudgeTimeSpan *self,
                                const NnFrame *frame,
                                double *first,
                                double *last);
NudgeTimeSpan nudge_time_span_zoom (const NudgeTimeSpan *self,
                                    const NnFrame *frame,
                                    double factor,
                                    double step);
NudgeTimeSpan
nudge_time_span_pan (const NudgeTimeSpan *self, const NnFrame *frame, double n_steps);
NudgeTimeSpan nudge_time_span_show (const NudgeTimeSpan *self,
                                    const NnFrame *frame,
                                    double first,
                                    double last);
NudgeTimeSpan nudge_time_span_follow (const NudgeTimeSpan *self, const NnFrame *frame);
gboolean nudge_time_span_equal (const NudgeTimeSpan *self, const NudgeTimeSpan *other);

G_END_DECLS
