/* nudge-timeline.h - a slider over the steps of a run, with a diamond at each nudge
 *
 * SPDX-License-Identifier: MIT
 *
 * Lies under the loss plot and in line with it, zoomed as it is, also between the frames that it is set to,
 * as far as nudge_timeline_follow () tells. Frames in, a place out:
 *
 *   "grabbed"  the user has pressed on it: what it shows is to be the newest, and the
 *              run had better not run away from it
 *   "go-to"    a person wants to see the run after that step (guint64)
 *
 * From then on the thumb stays where the user put it, until a frame of that step has
 * come or the listener says that none will. Knows no session.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/session/nn-frame.h"
#include "ui/nudge-time.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TIMELINE (nudge_timeline_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTimeline, nudge_timeline, NUDGE, TIMELINE, GtkWidget)

GtkWidget *nudge_timeline_new (void);
void nudge_timeline_set_time (NudgeTimeline *self, NudgeTime *time);
void nudge_timeline_follow (NudgeTimeline *self, NnFrame *frame);
void nudge_timeline_set_frame (NudgeTimeline *self, NnFrame *frame);
void nudge_timeline_settle (NudgeTimeline *self);

G_END_DECLS
