/* nudge-lecture-keys.h - what a key does in a lecture
 *
 * SPDX-License-Identifier: MIT
 *
 * The keys of a presentation, and of a presenter's remote control: space and Page Down go
 * on, Page Up and Backspace go back, B and . make the screen black. Any other key without
 * Ctrl or Alt does nothing, except for a control that has the focus.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  NUDGE_LECTURE_PASS,    /* it is not the lecture's, and does what it always does */
  NUDGE_LECTURE_NOTHING, /* it was a stray one */
  NUDGE_LECTURE_NEXT,
  NUDGE_LECTURE_BACK,
  NUDGE_LECTURE_BLANK,
  NUDGE_LECTURE_LEAVE,
  NUDGE_LECTURE_CARD_ABOVE,
  NUDGE_LECTURE_CARD_BELOW,
  NUDGE_LECTURE_CHOOSE, /* one more for each choice after the first */
} NudgeLectureDeed;

/* As many as have a key. */
#define NUDGE_LECTURE_CHOICES 9

NudgeLectureDeed
nudge_lecture_keys_find (guint key, GdkModifierType state, GtkWidget *focus);

G_END_DECLS
