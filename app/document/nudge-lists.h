/* nudge-lists.h - what landed and what repeats, as lists that can be shown
 *
 * SPDX-License-Identifier: MIT
 *
 * Two models of NudgeEntry, which follow the session's frames as often as words can be
 * read, and the one landing that is set off.
 *
 *   "marked"  (property, NnNudge) (nullable) rw, whose landing is set off in plot and log
 */

#pragma once

#include <gio/gio.h>

#include "app/document/nudge-session.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LISTS (nudge_lists_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLists, nudge_lists, NUDGE, LISTS, GObject)

NudgeLists *nudge_lists_new (NudgeSession *session) G_GNUC_WARN_UNUSED_RESULT;
GListModel *nudge_lists_get_landings (NudgeLists *self);
GListModel *nudge_lists_get_repeating (NudgeLists *self);
NnNudge *nudge_lists_get_marked (NudgeLists *self);

void nudge_lists_set_marked (NudgeLists *self, NnNudge *nudge);
void nudge_lists_edit (NudgeLists *self, NnEventKind kind, guint64 id, int by);
void nudge_lists_follow (NudgeLists *self);

G_END_DECLS
