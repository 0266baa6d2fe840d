/* nudge-preferences.h - what the user prefers, applied to all windows
 *
 * SPDX-License-Identifier: MIT
 *
 * One object for all windows. It works without a schema, too; with one its properties are
 * kept from start to start (nudge-settings.h).
 *
 *   "text-size"    (int) rw, in percent of the system's
 *   "still"        (boolean) rw, no motion, whatever the system says
 *   "pair"         (int) rw, a NudgePair: the colours of the two signs
 *   "autosave"     (boolean) rw
 *   "start-speed"  (double) rw, steps a second of a document that is opened; 0: as fast
 *                  as possible; -1: the speed that was chosen last
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_PREFERENCES (nudge_preferences_get_type ())
G_DECLARE_FINAL_TYPE (NudgePreferences, nudge_preferences, NUDGE, PREFERENCES, GObject)

NudgePreferences *nudge_preferences_get (void);
void nudge_preferences_change_text_size (int by);

G_END_DECLS
