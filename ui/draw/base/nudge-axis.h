/* nudge-axis.h - values along a line of pixels, and the ticks that name them
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. A plain value; linear or logarithmic.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double low; /* > 0 where logarithmic; low < high */
  double high;
  double from; /* pixels at low; may be greater than to, as on a y axis */
  double to;
  gboolean logarithmic;
} NudgeAxis;

typedef struct {
  double value;
  gboolean labelled; /* FALSE: a minor tick */
} NudgeTick;

/* Enough for any axis. */
#define NUDGE_AXIS_TICKS 128

NudgeAxis nudge_axis_new (double smallest, double largest, gboolean logarithmic);
double nudge_axis_get_position (const NudgeAxis *self, double value);
double nudge_axis_get_value (const NudgeAxis *self, double position);
gsize nudge_axis_get_ticks (const NudgeAxis *self,
                            double pitch,
                            double least_step,
                            NudgeTick ticks[NUDGE_AXIS_TICKS]);
gsize nudge_axis_get_ticks_within (const NudgeAxis *self,
                                   double pitch,
                                   double least_pitch,
                                   NudgeTick ticks[NUDGE_AXIS_TICKS]);

G_END_DECLS
