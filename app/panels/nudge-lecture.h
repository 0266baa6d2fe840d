/* nudge-lecture.h - a document for a lecture hall
 *
 * SPDX-License-Identifier: MIT
 *
 * Everything is large: text is at least 24 pixels high in a window of 1024 by 768, and as
 * much larger as the window is. It shows the sentence of the lesson, the pictures, and the
 * one control that the sentence speaks of; where there is no lesson, the pictures and one
 * card. Space goes on, by doing what the lesson waits for, or starts and pauses the run; one
 * key takes that back. B makes the screen black. A click on a picture does nothing, unless
 * a prediction is to be drawn there.
 *
 * It has no pictures of its own, but shows the window's, so that they are as they were.
 *
 *   "layer"  (string) (nullable) rw, whose card there is where there is no lesson
 *
 *   "leave"  is to be left
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LECTURE (nudge_lecture_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLecture, nudge_lecture, NUDGE, LECTURE, NudgePanel)

NudgeLecture *nudge_lecture_new (void);
void nudge_lecture_set_pictures (NudgeLecture *self, GtkWidget *network, GtkWidget *loss);

G_END_DECLS
