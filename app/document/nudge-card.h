/* nudge-card.h - the state of one card, and what it waits for
 *
 * SPDX-License-Identifier: MIT
 *
 * A plain value with one owner, NudgeCards, which reads and writes its fields. Knows no
 * session: the owner gives commands to that, says so with nudge_card_await (), and hands
 * in each frame.
 */

#pragma once

#include "ui/cards/nudge-card-state.h"

G_BEGIN_DECLS

typedef struct _NudgeCard NudgeCard;

typedef void (*NudgeCardFunc) (NudgeCard *card, gpointer data);

struct _NudgeCard {
  NudgeCardState state;
  gboolean shown;        /* only a card that is shown asks for a loss curve */
  guint64 repeating;     /* id of its repeating nudge; 0: none */
  NnNudge *applied;      /* (owned) (nullable) applied manually, not landed yet … */
  guint64 applied_until; /* … but it will have when so many commands are done */
  guint timer;           /* until a badge appears, or a border disappears */
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
