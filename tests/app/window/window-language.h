/* window-language.h - the window in another language than English
 *
 * SPDX-License-Identifier: MIT
 *
 * A catalogue is read once in a process, so each language has a test program of its own.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @widget: whose text it is; @what: "label", "tooltip", "name" or "description" */
typedef void (*LanguageVisit) (GtkWidget *widget,
                               const char *what,
                               const char *text,
                               gpointer data);

void language_start (const char *language);
void language_walk (GtkWidget *root, LanguageVisit visit, gpointer data);
void language_walk_all (LanguageVisit visit, gpointer data);

G_END_DECLS
