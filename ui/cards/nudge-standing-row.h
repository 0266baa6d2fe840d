/* nudge-standing-row.h - a row of the list of repeating nudges
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the list.
 *
 *   "edited"       as the list's, of the shown entry
 *   "copy-script"  likewise
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/base/nudge-list.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_STANDING_ROW (nudge_standing_row_get_type ())
G_DECLARE_FINAL_TYPE (NudgeStandingRow,
                      nudge_standing_row,
                      NUDGE,
                      STANDING_ROW,
                      GtkWidget)

GtkWidget *nudge_standing_row_new (void);
NudgeEntry *nudge_standing_row_get_entry (NudgeStandingRow *self);
void nudge_standing_row_set_entry (NudgeStandingRow *self, NudgeEntry *entry);

G_END_DECLS
