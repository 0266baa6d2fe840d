/* nudge-window.h - the laboratory: a document, and panels that show it
 *
 * SPDX-License-Identifier: MIT
 *
 * Puts the panels beside each other, and gives menus, buttons and keys their actions. It
 * holds no fact of the run: that is the document's, which may be shown in several
 * windows, and be replaced by another one.
 */

#pragma once

#include <adwaita.h>

#include "app/document/nudge-document.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_WINDOW (nudge_window_get_type ())
G_DECLARE_FINAL_TYPE (NudgeWindow, nudge_window, NUDGE, WINDOW, AdwApplicationWindow)

NudgeWindow *nudge_window_new (GtkApplication *application);
void nudge_window_set_document (NudgeWindow *self, NudgeDocument *document);
NudgeDocument *nudge_window_get_document (NudgeWindow *self);

G_END_DECLS
