/* nudge-timeline.h - a slider over the steps of a run, with a diamond at each nudge
 *
 * SPDX-License-Identifier: MIT
 *
 * Under the loss plot and aligned with it, zoomed as it is. Between frames it follows the
 * newest step by nudge_timeline_follow (). Knows no session.
 *
 *   "grabbed"  the user has pressed on it: the frame should be the newest, and the run
 *              should pause
 *   "go-to"    (guint64 step) the user wants to see the run after it
 *
 * From then on the slider stays where the user has put it, until a frame of that step has
 * come, or the listener says that none will.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/session/nn-frame.h"
#include "ui/loss/nudge-time.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TIMELINE (nudge_timeline_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTimeline, nudge_timeline, NUDGE, TIMELINE, GtkWidget)

GtkWidget *nudge_timeline_new (void);
void nudge_timeline_set_time (NudgeTimeline *self, NudgeTime *time);
void nudge_timeline_follow (NudgeTimeline *self, NnFrame *frame);
void nudge_timeline_set_frame (NudgeTimeline *self, NnFrame *frame);
void nudge_timeline_settle (NudgeTimeline *self);

G_END_DECLS
