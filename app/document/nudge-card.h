/* nudge-card.h - one card: what it shows, and what of it has gone to the session
 *
 * SPDX-License-Identifier: MIT
 *
 * A plain value with one owner, which reads and writes its fields. Knows no session: the
 * owner says what was asked of it, and hands in frames.
 */

#pragma once

#include "ui/nudge-card-state.h"

G_BEGIN_DECLS

typedef struct _NudgeCard NudgeCard;

typedef void (*NudgeCardFunc) (NudgeCard *card, gpointer data);

struct _NudgeCard {
  NudgeCardState state;
  gboolean shown;        /* a card that is not seen asks nothing */
  guint64 repeating;     /* id of its own of those that repeat; 0: none does */
  NnNudge *applied;      /* (owned) (nullable) once, and not landed yet … */
  guint64 applied_until; /* … but so many commands done it will have */
  guint timer;           /* until a badge comes, or a border goes */
  NudgeCardFunc changed; /* called when the timer has changed the state */
  gpointer data;
};

NudgeCard *nudge_card_new (const char *layer,
                           guint key,
                           NudgeCardFunc changed,
                           gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void nudge_card_free (NudgeCard *self);
void nudge_card_await (NudgeCard *self, NnNudge *applied, guint64 until);
void nudge_card_set_frame (NudgeCard *self, const NnFrame *frame);

G_END_DECLS
