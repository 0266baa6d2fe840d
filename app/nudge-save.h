/* nudge-save.h - saves a window's document to its file
 *
 * SPDX-License-Identifier: MIT
 *
 * The experiment with its log, written on another thread, as a whole or not at all. A
 * document without a file, such as a demo, asks for one.
 */

#pragma once

#include "app/base/nudge-close.h"
#include "app/nudge-window.h"

G_BEGIN_DECLS

void nudge_save (NudgeWindow *window, NudgeSavedFunc saved, gpointer data);
void nudge_save_as (NudgeWindow *window, NudgeSavedFunc saved, gpointer data);

G_END_DECLS
