/* nudge-preferences-window.h - the preferences window
 *
 * SPDX-License-Identifier: MIT
 *
 * Each control is bound to a property of nudge-preferences.h.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_PREFERENCES_WINDOW (nudge_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (NudgePreferencesWindow,
                      nudge_preferences_window,
                      NUDGE,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

GtkWidget *nudge_preferences_window_new (GtkWindow *parent);

G_END_DECLS
