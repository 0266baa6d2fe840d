/* nudge-pace.c - when words on the screen follow a frame
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-pace.h"

/* Words that change faster than this cannot be read. */
#define WORDS_US (G_USEC_PER_SEC / 10)

void
nudge_pace_make_stale (NudgePace *self, gboolean urgent)
{
  self->stale = TRUE;
  self->urgent |= urgent;
}

/* Returns: whether the words are to follow now; they count as up to date then */
gboolean
nudge_pace_take (NudgePace *self, gint64 now_us)
{
  if (!self->stale || now_us < self->hold_until_us ||
      (!self->urgent && now_us - self->newest_us < WORDS_US))
    return FALSE;
  self->stale = FALSE;
  self->urgent = FALSE;
  self->newest_us = now_us;
  return TRUE;
}
