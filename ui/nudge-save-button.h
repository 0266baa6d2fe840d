/* nudge-save-button.h - asks for the name under which a function is kept
 *
 * SPDX-License-Identifier: MIT
 *
 *   "save"  (const char *name): keep it; the listener returns what is wrong, if anything
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_SAVE_BUTTON (nudge_save_button_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSaveButton, nudge_save_button, NUDGE, SAVE_BUTTON, GtkWidget)

void nudge_save_button_set_name (NudgeSaveButton *self, const char *name);

G_END_DECLS
