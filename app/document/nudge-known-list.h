/* nudge-known-list.h - the repeating nudges, as the cards have shown them
 *
 * SPDX-License-Identifier: MIT
 *
 * Those of the last frame, and those that were asked for on a card since. What another
 * frame has besides came by undo or redo, so that the cards have to follow. A plain value
 * with one owner.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

typedef struct _NudgeKnownList NudgeKnownList;

NudgeKnownList *nudge_known_list_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nudge_known_list_free (NudgeKnownList *self);

void nudge_known_list_clear (NudgeKnownList *self);
void nudge_known_list_append (NudgeKnownList *self,
                              guint64 id,
                              NnNudge *nudge,
                              gboolean alone);
gboolean nudge_known_list_agrees (const NudgeKnownList *self, const NnFrame *frame);
gboolean nudge_known_list_has_alone (const NudgeKnownList *self, guint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeKnownList, nudge_known_list_free)

G_END_DECLS
