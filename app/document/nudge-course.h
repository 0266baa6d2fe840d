/* nudge-course.h - how a lecture goes on and back: along a lesson, or else along the run
 *
 * SPDX-License-Identifier: MIT
 *
 * With a lesson, going on does what the present step waits for. What takes steps of the run
 * is first seen at the run's speed; going on meanwhile is not to see the rest. Going back
 * takes that back. The last step of a lesson is not left.
 *
 * Without one, going on runs and pauses, and going back is undo.
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
