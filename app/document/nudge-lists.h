/* nudge-lists.h - the log and the repeating nudges, as list models
 *
 * SPDX-License-Identifier: MIT
 *
 * Two GListModels of NudgeEntry, which follow the session's newest frame at each
 * nudge_lists_follow (), and the one landing that plot and log highlight.
 *
 *   "marked"  (NnNudge) (nullable) rw, whose landing is highlighted
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
