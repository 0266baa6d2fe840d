/* nudge-close.h - what becomes of unsaved work when its document is to go
 *
 * SPDX-License-Identifier: MIT
 *
 * Work is what the user did: nudges, edits. Steps that were trained are none, as Run
 * trains them again, to the bit. Windows of any kind that were added are asked about.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @go_on: the document is saved, or may be lost */
typedef void (*NudgeAnswered) (GtkWindow *window, gboolean go_on, gpointer data);

/* @saved: FALSE if the user decided against it, or it failed, which has been said */
typedef void (*NudgeSaved) (GtkWindow *window, gboolean saved, gpointer data);

/* What a kind of window says of its document. */
typedef struct {
  gboolean (*has_work) (GtkWindow *window); /* that would be lost with it */
  char *(*dup_name) (GtkWindow *window);
  void (*save) (GtkWindow *window, NudgeSaved saved, gpointer data);
} NudgeWorkKind;

void nudge_close_add (GtkWindow *window, const NudgeWorkKind *kind);
void nudge_close_ask (GtkWindow *window, NudgeAnswered answered, gpointer data);
void nudge_close_window (GtkWindow *window);
void nudge_close_all (GtkApplication *application);

G_END_DECLS
