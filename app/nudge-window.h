/* nudge-window.h - the main window: a document, and the panels that show it
 *
 * SPDX-License-Identifier: MIT
 *
 * Arranges the panels, and gives menus, buttons and keys their actions. All facts of the
 * run are the document's, which several windows may show, and which may be replaced by
 * another one.
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
