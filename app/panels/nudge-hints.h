/* nudge-hints.h - bubbles that point, in turn, at what a newcomer needs first
 *
 * SPDX-License-Identifier: MIT
 *
 * A bubble takes no focus and locks nothing. The next one comes with its button, a click
 * on it, Alt+N, or by itself once the user has done what it says; Escape ends them.
 * Settings remember which ones were seen, so that they are shown again only on request.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-document.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_HINTS (nudge_hints_get_type ())
G_DECLARE_FINAL_TYPE (NudgeHints, nudge_hints, NUDGE, HINTS, GtkPopover)

gboolean nudge_hints_are_new (void);
void nudge_hints_offer (GtkWindow *window, NudgeDocument *document);
void nudge_hints_show (GtkWindow *window, NudgeDocument *document);
NudgeHints *nudge_hints_find (GtkWindow *window);

G_END_DECLS
