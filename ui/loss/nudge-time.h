/* nudge-time.h - the steps that the plots of a window show
 *
 * SPDX-License-Identifier: MIT
 *
 * A NudgeTimeSpan that several widgets share, so that they zoom and pan as one.
 * nudge_time_add_gestures () has a picture zoom by wheel and pinch and pan by dragging;
 * nudge_time_handle_key () does so by keys: plus and minus, 0 for all, F to follow, and
 * Shift with an arrow to pan.
 *
 *   "changed"  it shows other steps
 */

#pragma once

#include "ui/base/nudge-picture.h"
#include "ui/draw/base/nudge-time-span.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TIME (nudge_time_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTime, nudge_time, NUDGE, TIME, GObject)

NudgeTime *nudge_time_new (void) G_GNUC_WARN_UNUSED_RESULT;

const NudgeTimeSpan *nudge_time_get_span (NudgeTime *self);
void nudge_time_set_span (NudgeTime *self, const NudgeTimeSpan *span);

void nudge_time_zoom (NudgeTime *self, const NnFrame *frame, double factor, double step);
void nudge_time_pan (NudgeTime *self, const NnFrame *frame, double share);
void nudge_time_reveal (NudgeTime *self, const NnFrame *frame, double step);
void nudge_time_follow (NudgeTime *self, const NnFrame *frame);
void nudge_time_show_all (NudgeTime *self);

void nudge_time_add_gestures (NudgeTime *self, NudgePicture *picture);
gboolean nudge_time_handle_key (NudgeTime *self,
                                const NnFrame *frame,
                                double step,
                                guint key,
                                GdkModifierType state);

G_END_DECLS
