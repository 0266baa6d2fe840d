/* nudge-lecture.h - a document on a projector
 *
 * SPDX-License-Identifier: MIT
 *
 * Everything is large: text is at least 24 pixels high in a window of 1024 by 768, and
 * grows with the window. It shows the sentence of the lesson, the pictures, and the one
 * control that the sentence speaks of; without a lesson, the pictures and one card. Space
 * goes on, by doing what the lesson waits for, or starts and pauses the run; Page Up
 * takes that back. B makes the screen black. A click on a picture does nothing, unless
 * the lesson asks for a mark on it.
 *
 * It has no pictures of its own: nudge_lecture_set_pictures () gives it the window's, so
 * that they look as they did there.
 *
 * Property:
 *
 *   "layer"  (string) (nullable) rw, whose card is shown without a lesson
 *
 * Signal:
 *
 *   "leave"  the user wants to leave the lecture
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LECTURE (nudge_lecture_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLecture, nudge_lecture, NUDGE, LECTURE, NudgePanel)

NudgeLecture *nudge_lecture_new (void);
void nudge_lecture_set_pictures (NudgeLecture *self, GtkWidget *network, GtkWidget *loss);

G_END_DECLS
