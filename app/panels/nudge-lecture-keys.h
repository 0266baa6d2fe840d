/* nudge-lecture-keys.h - what a key does in a lecture
 *
 * SPDX-License-Identifier: MIT
 *
 * The keys of a presentation, and of a presenter's remote control: space and Page Down go
 * on, Page Up and Backspace go back, B and . make the screen black. Any other key without
 * Ctrl or Alt does nothing, unless a control that has the focus uses it.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  NUDGE_LECTURE_PROPAGATE, /* not a key of the lecture: it does what it always does */
  NUDGE_LECTURE_IGNORE,    /* typed by mistake */
  NUDGE_LECTURE_NEXT,
  NUDGE_LECTURE_BACK,
  NUDGE_LECTURE_BLANK,
  NUDGE_LECTURE_LEAVE,
  NUDGE_LECTURE_CARD_ABOVE,
  NUDGE_LECTURE_CARD_BELOW,
  NUDGE_LECTURE_CHOOSE, /* the first choice; + 1 for each after it */
} NudgeLectureAction;

/* As many as have a key. */
#define NUDGE_LECTURE_CHOICES 9

NudgeLectureAction
nudge_lecture_keys_find (guint key, GdkModifierType state, GtkWidget *focus);

G_END_DECLS
