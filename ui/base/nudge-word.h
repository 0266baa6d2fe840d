/* nudge-word.h - a word on the screen that the help explains
 *
 * SPDX-License-Identifier: MIT
 *
 * A click on it opens the help there. With the keyboard F1 does, while the focus is on a
 * control that the word is about.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nudge_word_explain (GtkWidget *label, const char *address);
void nudge_word_set_address (GtkWidget *control, const char *address);
const char *nudge_word_find_address (GtkWidget *widget);

G_END_DECLS
