/* nudge-deed.h - what a lesson's step does to a run, or waits for
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/document/nudge-session.h"
#include "nn/experiment/nn-lesson.h"

G_BEGIN_DECLS

/* Where a run is, and whether it had stopped there by itself. */
typedef struct {
  gboolean known;
  guint64 step;
  gsize n_events; /* that the user has done */
  gboolean failed;
} NudgePlace;

/* The way back to a place. */
typedef struct {
  NudgePlace place;
  guint n_resets; /* since, which are to be taken back */
  guint n_asked;  /* how often something was asked on the way */
} NudgeWayBack;

NudgePlace nudge_place_of (const NnFrame *frame);
gboolean nudge_way_back_go_on (NudgeWayBack *self, NudgeSession *session);

gboolean nudge_deed_is_one (const NnLessonStep *step);
void nudge_deed_do (const NnLessonStep *step, NudgeSession *session);
gboolean nudge_deed_is_done (const NnLessonStep *step,
                             const NudgePlace *before,
                             NudgeSession *session);

G_END_DECLS
