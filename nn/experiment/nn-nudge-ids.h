/* nn-nudge-ids.h - which nudges repeat, and in which order, as a log goes on
 *
 * SPDX-License-Identifier: MIT
 *
 * A nudge that repeats has an id, which it keeps when it moves in the list or another
 * takes over from it, and which no other nudge of the run ever gets. An experiment's own
 * have 1, 2, … in their order, and those that its log adds have the next ones. Events
 * name ids; a file has indices into the list as it is just before, and this turns the one
 * into the other. It knows which nudge has which id, too.
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
