/* nudge-help-window.h - what there is, and how to use it
 *
 * SPDX-License-Identifier: MIT
 *
 * Two pages that can be searched: the window, from its template, and the functions, from
 * their table.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_HELP_WINDOW (nudge_help_window_get_type ())
G_DECLARE_FINAL_TYPE (NudgeHelpWindow,
                      nudge_help_window,
                      NUDGE,
                      HELP_WINDOW,
                      AdwPreferencesWindow)

GtkWidget *nudge_help_window_new (GtkWindow *parent);

G_END_DECLS
