/* nudge-save-button.h - asks for the name to save a function under
 *
 * SPDX-License-Identifier: MIT
 *
 *   "save"  (const char *name) the listener returns what is wrong: a string
 *           (transfer full) (nullable)
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_SAVE_BUTTON (nudge_save_button_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSaveButton, nudge_save_button, NUDGE, SAVE_BUTTON, GtkWidget)

void nudge_save_button_set_name (NudgeSaveButton *self, const char *name);

G_END_DECLS
