/* nudge-help-window.h - the window of the help
 *
 * SPDX-License-Identifier: MIT
 *
 * The pages of resources/help in the user's language, and a page with all functions of
 * the catalogue. The same pages are installed for Yelp.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_HELP_WINDOW (nudge_help_window_get_type ())
G_DECLARE_FINAL_TYPE (NudgeHelpWindow, nudge_help_window, NUDGE, HELP_WINDOW, AdwWindow)

GtkWidget *nudge_help_window_new (GtkWindow *parent);
void nudge_help_window_open (NudgeHelpWindow *self, const char *address);

G_END_DECLS
