/* nudge-standing-list.h - the nudges that are applied again and again, in their order
 *
 * SPDX-License-Identifier: MIT
 *
 * A row for each entry of a list: what it does, when, and how often it was applied. A row
 * can be paused, removed or moved; the list only says so, and its owner does it:
 *
 *   "edited"  (NnEventKind kind, guint64 id, int by): PAUSE, RESUME and REMOVE, or MOVE
 *             by so many places down
 *   "copy-script"  (NnNudge): is to be copied as lines of PyTorch
 *
 * Knows no session.
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/nudge-list.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_STANDING_LIST (nudge_standing_list_get_type ())
G_DECLARE_FINAL_TYPE (NudgeStandingList,
                      nudge_standing_list,
                      NUDGE,
                      STANDING_LIST,
                      GtkWidget)

GtkWidget *nudge_standing_list_new (void);
void nudge_standing_list_set_model (NudgeStandingList *self, GListModel *repeating);

G_END_DECLS
