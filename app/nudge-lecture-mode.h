/* nudge-lecture-mode.h - a window that shows a lecture, and then is as it was
 *
 * SPDX-License-Identifier: MIT
 *
 * The window's action "lecture" takes its pictures into a NudgeLecture, which fills the
 * screen in place of all that was in the window; and gives them back. Nothing of it is
 * remembered.
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
