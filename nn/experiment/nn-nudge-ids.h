/* nn-nudge-ids.h - the ids of repeating nudges
 *
 * SPDX-License-Identifier: MIT
 *
 * A repeating nudge has an id, which it keeps when it is moved or replaced, and which no
 * other nudge of the run ever gets. The experiment's own have 1, 2, … in their order, and
 * those that the log adds have the next ones. Events have ids; a file has indices into
 * the list just before the event. This follows the list event by event, and maps the one
 * to the other.
 *
 * A plain value with one owner.
 */

#pragma once

#include "nn/experiment/nn-event.h"

G_BEGIN_DECLS

typedef struct _NnNudgeIds NnNudgeIds;

NnNudgeIds *nn_nudge_ids_new (const GPtrArray *nudges) G_GNUC_WARN_UNUSED_RESULT;
void nn_nudge_ids_free (NnNudgeIds *self);

gsize nn_nudge_ids_get_n (const NnNudgeIds *self);
guint64 nn_nudge_ids_get (const NnNudgeIds *self, gsize index);
NnNudge *nn_nudge_ids_get_nudge (const NnNudgeIds *self, gsize index);
void nn_nudge_ids_take_nudge (NnNudgeIds *self, gsize index, NnNudge *nudge);
gssize nn_nudge_ids_find (const NnNudgeIds *self, guint64 id);
guint64 nn_nudge_ids_get_next (const NnNudgeIds *self);
void nn_nudge_ids_follow (NnNudgeIds *self, const NnEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNudgeIds, nn_nudge_ids_free)

G_END_DECLS
