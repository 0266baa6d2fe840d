/* nudge-standing-list.h - the list of repeating nudges, in their order
 *
 * SPDX-License-Identifier: MIT
 *
 * A row for each NudgeEntry of a list model: what it does, when, and how often it was
 * applied. Rows can be paused, removed and moved: the list emits that, and its owner does
 * it. Knows no session.
 *
 *   "edited"       (NnEventKind kind, guint64 id, int by) PAUSE, RESUME, REMOVE, or
 *                  MOVE by so many rows down
 *   "copy-script"  (NnNudge*) the user asks for it as PyTorch code
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/base/nudge-list.h"

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
