/* nudge-deed.h - what a step of a lesson does to a run, or waits for
 *
 * SPDX-License-Identifier: MIT
 *
 * And the way back to where a run was before. A plain value; the learner owns it.
 */

#pragma once

#include "app/document/nudge-session.h"
#include "nn/experiment/nn-lesson.h"

G_BEGIN_DECLS

/* A point of a run: after a step and so many of the user's actions. */
typedef struct {
  gboolean known;
  guint64 step;
  gsize n_events;  /* of the user */
  gboolean failed; /* the run had stopped there by itself */
} NudgePlace;

/* On the way back to such a point. */
typedef struct {
  NudgePlace place;
  guint n_resets; /* since then, which have to be undone */
  guint n_asked;  /* how many commands were given on the way */
} NudgeWayBack;

NudgePlace nudge_place_of (const NnFrame *frame);
gboolean nudge_way_back_go_on (NudgeWayBack *self, NudgeSession *session);

gboolean nudge_deed_is_one (const NnLessonStep *step);
void nudge_deed_do (const NnLessonStep *step, NudgeSession *session);
gboolean nudge_deed_is_done (const NnLessonStep *step,
                             const NudgePlace *before,
                             NudgeSession *session);

G_END_DECLS
