/* nudge-expected-list.h - the repeating nudges, as they will be
 *
 * SPDX-License-Identifier: MIT
 *
 * Events address the list of repeating nudges by index, as it will be when the event's turn
 * comes; frames show it as it was. This is the list after all events that were given to
 * the session. A plain value with one owner.
 */

#pragma once

#include "nn/train/nn-event.h"
#include "nn/train/nn-frame.h"

G_BEGIN_DECLS

typedef struct _NudgeExpectedList NudgeExpectedList;

NudgeExpectedList *nudge_expected_list_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nudge_expected_list_free (NudgeExpectedList *self);

void nudge_expected_list_append (NudgeExpectedList *self, NnNudge *nudge);
void nudge_expected_list_follow (NudgeExpectedList *self, const NnEvent *event);
void nudge_expected_list_set_frame (NudgeExpectedList *self, const NnFrame *frame);
gboolean nudge_expected_list_agrees (const NudgeExpectedList *self, const NnFrame *frame);
gboolean nudge_expected_list_find (const NudgeExpectedList *self,
                                   const NnNudge *nudge,
                                   gsize *index);
gsize nudge_expected_list_get_length (const NudgeExpectedList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeExpectedList, nudge_expected_list_free)

G_END_DECLS
