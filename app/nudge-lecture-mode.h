/* nudge-lecture-mode.h - shows a lecture in place of what is in a window
 *
 * SPDX-License-Identifier: MIT
 *
 * Adds the window's action "lecture", which moves the window's pictures into a
 * NudgeLecture that fills the screen, and back again at its end. Settings remember
 * nothing of it.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _NudgeLectureMode NudgeLectureMode;

/* What is shown in both; all of them are the window's. */
typedef struct {
  GtkPaned *pictures;       /* which has them … */
  GtkWidget *network;       /* … as its first child, */
  GtkWidget *loss;          /* … and as its second: a NudgePanel */
  GtkWidget *network_panel; /* in the network */
} NudgeLecturePictures;

NudgeLectureMode *
nudge_lecture_mode_new (AdwApplicationWindow *window,
                        const NudgeLecturePictures *pictures) G_GNUC_WARN_UNUSED_RESULT;
void nudge_lecture_mode_free (NudgeLectureMode *self);

G_END_DECLS
