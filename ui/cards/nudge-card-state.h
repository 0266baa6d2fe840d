/* nudge-card-state.h - the state of a card, as one value
 *
 * SPDX-License-Identifier: MIT
 *
 * A card is about one nudge. What a user does there is an action, with the nudge that the
 * card is about from then on. On the way from the slider to the session it is:
 *
 *   NudgeAmount        "preview", "set", "apply", "cancel"
 *   NudgeLayerCard     "changed" with NUDGE_ACTION_PREVIEW, _SET, _APPLY, _CANCEL
 *   the state's owner  nudge_card_state_act (), and a command to the session
 *
 * Frames bring the result: the owner writes it into the state, which the card shows. A
 * plain value with one owner; it knows neither session nor widget.
 */

#pragma once

#include <gio/gio.h>

#include "nn/expression/nn-functions.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_ACTION_PREVIEW, /* show what the nudge would do */
  NUDGE_ACTION_SET,     /* the card's nudge has changed; if it repeats, from now on */
  NUDGE_ACTION_APPLY,   /* apply it once, in the next gradient-free section */
  NUDGE_ACTION_CANCEL,  /* the preview was given up */
} NudgeAction;

/* What the owner has to do when the state has changed. */
typedef enum {
  NUDGE_CHANGED_QUESTION = 1 << 0,  /* ask the session */
  NUDGE_CHANGED_PREVIEW = 1 << 1,   /* have frames show it, or end it */
  NUDGE_CHANGED_REPEATING = 1 << 2, /* the repeating nudge is new, another or gone */
} NudgeChanges;

typedef struct {
  NnNudge *nudge; /* (owned) what the card is about; manual while it does not repeat */
  guint key;      /* of the answers to its question in a frame */
  NnQuestion question; /* (owned) what the curve is of; its range is the slider's */
  NnNudge *preview;    /* (owned) (nullable) shown, but not applied */
  float in_force;      /* the amount that repeats; NAN: none */
  float landed;        /* the amount that was applied last; NAN: none */
  gboolean pending;    /* it waits for a gradient-free section */
  gboolean nudged;     /* one has just landed */
  gboolean folded;     /* only its first line is shown, and nothing is asked */
} NudgeCardState;

void nudge_card_state_init (NudgeCardState *self, const char *layer, guint key);
void nudge_card_state_init_of_file (NudgeCardState *self, const char *target);
void nudge_card_state_copy (NudgeCardState *self, const NudgeCardState *from);
void nudge_card_state_clear (NudgeCardState *self);

NudgeChanges nudge_card_state_act (NudgeCardState *self,
                                   NudgeAction action,
                                   NnNudge *nudge,
                                   const NnFunctions *own);
NudgeChanges
nudge_card_state_set_nudge (NudgeCardState *self, NnNudge *nudge, const NnFunctions *own);
NudgeChanges nudge_card_state_set_repeating (NudgeCardState *self,
                                             NnNudge *repeating,
                                             const NnFunctions *own);
gboolean nudge_card_state_aim (NudgeCardState *self,
                               const char *target,
                               NudgeChanges *changes,
                               GError **error);
void nudge_card_state_follow_landings (NudgeCardState *self, const NnFrame *frame);
NnFunction nudge_card_state_name (const NudgeCardState *self,
                                  const char *name,
                                  const char *expression);
gboolean nudge_card_state_repeats (const NudgeCardState *self);

G_END_DECLS
