/* nudge-close.h - what becomes of unsaved work when its document is to go
 *
 * SPDX-License-Identifier: MIT
 *
 * Work is what the user did: nudges, edits. Steps that were trained are none, as Run
 * trains them again, to the bit.
 */

#pragma once

#include "app/nudge-window.h"

G_BEGIN_DECLS

/* @go_on: the document is saved, or may be lost */
typedef void (*NudgeAnswered) (NudgeWindow *window, gboolean go_on, gpointer data);

void nudge_close_ask (NudgeWindow *window, NudgeAnswered answered, gpointer data);
void nudge_close_window (NudgeWindow *window);
void nudge_close_all (GtkApplication *application);

G_END_DECLS
