/* nudge-edits.h - changes of the list of repeating nudges that wait for their turn
 *
 * SPDX-License-Identifier: MIT
 *
 * An event addresses the list by index, a user means a nudge: so each waits until a frame
 * shows what came of those before it. A plain value with one owner.
 */

#pragma once

#include "nn/train/nn-event.h"
#include "nn/train/nn-frame.h"

G_BEGIN_DECLS

typedef struct _NudgeEdits NudgeEdits;

NudgeEdits *nudge_edits_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nudge_edits_free (NudgeEdits *self);
void nudge_edits_push (NudgeEdits *self, NnEventKind kind, NnNudge *nudge, int by);
gboolean nudge_edits_pop (NudgeEdits *self, const NnFrame *frame, NnEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeEdits, nudge_edits_free)

G_END_DECLS
