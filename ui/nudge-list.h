/* nudge-list.h - lists that follow frames
 *
 * SPDX-License-Identifier: MIT
 *
 * A frame says the whole of a list; a row on the screen wants to stay what it is while
 * it is the same thing. NudgeEntry is one thing of such a list, known by its nudge, and
 * nudge_list_follow () brings a list store in line with the newest frame by changing
 * only what differs.
 *
 *   "changed"  something of it is to be shown anew
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/run/nn-landing.h"
#include "nn/run/nn-standing.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_ENTRY (nudge_entry_get_type ())
G_DECLARE_FINAL_TYPE (NudgeEntry, nudge_entry, NUDGE, ENTRY, GObject)

NudgeEntry *nudge_entry_new (NnNudge *nudge);
NnNudge *nudge_entry_get_nudge (NudgeEntry *self);
const NnLanding *nudge_entry_get_landing (NudgeEntry *self);
gboolean nudge_entry_get_ahead (NudgeEntry *self);
guint64 nudge_entry_get_id (NudgeEntry *self);
gboolean nudge_entry_get_paused (NudgeEntry *self);
guint64 nudge_entry_get_n_times (NudgeEntry *self);
void nudge_entry_set_landing (NudgeEntry *self, const NnLanding *landing);
void nudge_entry_set_ahead (NudgeEntry *self, gboolean ahead);
void nudge_entry_set_standing (NudgeEntry *self, const NnStanding *standing);

NudgeEntry *nudge_list_find (GListModel *list, const NnNudge *nudge, guint *position);
GHashTable *nudge_list_index (GListModel *list) G_GNUC_WARN_UNUSED_RESULT;
void nudge_list_follow (GListStore *list, GPtrArray *entries);

G_END_DECLS
