/* nudge-pace.h - when words on the screen follow a frame
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames come faster than words can be read: words follow at most ten times a second, but
 * at once where they answer something that the user has just done. A plain value; times are
 * those of g_get_monotonic_time (). All zero: the words are up to date.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gboolean stale;       /* there is a newer frame than the words are of … */
  gboolean urgent;      /* … which shows what the user has just done */
  gint64 newest_us;     /* when the words last followed */
  gint64 hold_until_us; /* they do not follow before, however urgent */
} NudgePace;

void nudge_pace_make_stale (NudgePace *self, gboolean urgent);
gboolean nudge_pace_take (NudgePace *self, gint64 now_us);

G_END_DECLS
