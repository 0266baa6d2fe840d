/* nudge-word.h - a word on the screen that the help explains
 *
 * SPDX-License-Identifier: MIT
 *
 * By keys the same page is reached through the help itself (F1).
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nudge_word_explain (GtkWidget *label, const char *address);

G_END_DECLS
