/* nudge-course.h - Next and Back of a lecture, along a lesson or else along the run
 *
 * SPDX-License-Identifier: MIT
 *
 * With a lesson, going on does what the step waits for, at the run's speed, so that it
 * can be watched; going on once more meanwhile skips the rest. Going back takes that
 * back. The last step of a lesson stays.
 *
 * Without a lesson, going on runs and pauses, and going back is undo.
 */

#pragma once

#include "app/document/nudge-document.h"

G_BEGIN_DECLS

NudgeLearner *nudge_course_get_learner (NudgeDocument *document);
gboolean nudge_course_is_at_end (NudgeDocument *document);
gboolean nudge_course_asks (NudgeDocument *document, NnLessonQuestion how);
void nudge_course_go_on (NudgeDocument *document);
void nudge_course_go_back (NudgeDocument *document);
void nudge_course_choose (NudgeDocument *document, gsize choice);

G_END_DECLS
