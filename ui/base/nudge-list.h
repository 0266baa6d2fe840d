/* nudge-list.h - list models that follow frames: the log, and what repeats
 *
 * SPDX-License-Identifier: MIT
 *
 * A frame has a whole list; a row on the screen should stay while it is the same thing.
 * NudgeEntry is one item, known by its nudge or, in the log, by an edit of the
 * experiment or another event that is to come. Each function below makes a list store
 * follow the newest frame, changing only what differs.
 *
 *   "changed"  (of NudgeEntry) show it again
 */

#pragma once

#include <gio/gio.h>

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_ENTRY (nudge_entry_get_type ())
G_DECLARE_FINAL_TYPE (NudgeEntry, nudge_entry, NUDGE, ENTRY, GObject)

NnNudge *nudge_entry_get_nudge (NudgeEntry *self);
const char *nudge_entry_get_words (NudgeEntry *self);
guint64 nudge_entry_get_step (NudgeEntry *self);
const NnLanding *nudge_entry_get_landing (NudgeEntry *self);
gboolean nudge_entry_get_ahead (NudgeEntry *self);
gboolean nudge_entry_get_coming (NudgeEntry *self);
guint64 nudge_entry_get_id (NudgeEntry *self);
gboolean nudge_entry_get_paused (NudgeEntry *self);
guint64 nudge_entry_get_n_times (NudgeEntry *self);
GListStore *nudge_list_new (void) G_GNUC_WARN_UNUSED_RESULT;
NudgeEntry *nudge_list_find (GListModel *list, const NnNudge *nudge, guint *position);
void nudge_list_follow_log (GListStore *list, const NnFrame *frame, const GArray *edits);
void nudge_list_follow_repeating (GListStore *list, const NnFrame *frame);

G_END_DECLS
