/* nudge-close.h - the question about unsaved work before its window closes
 *
 * SPDX-License-Identifier: MIT
 *
 * Unsaved work is what the user did, nudges and edits. Trained steps are not: Run trains
 * them again, to the bit. Windows that were given to nudge_close_add () are asked about;
 * any kind of window may be, with a NudgeWorkKind.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @go_on: whether to close: the document is saved, or its work may be lost */
typedef void (*NudgeAnsweredFunc) (GtkWindow *window, gboolean go_on, gpointer data);

/* @saved: %FALSE if the user decided against it, or it failed, which a dialog has said */
typedef void (*NudgeSavedFunc) (GtkWindow *window, gboolean saved, gpointer data);

/* The document of a kind of window. */
typedef struct {
  gboolean (*has_work) (GtkWindow *window); /* that is unsaved */
  char *(*dup_name) (GtkWindow *window);
  void (*save) (GtkWindow *window, NudgeSavedFunc saved, gpointer data);
} NudgeWorkKind;

void nudge_close_add (GtkWindow *window, const NudgeWorkKind *kind);
void nudge_close_ask (GtkWindow *window, NudgeAnsweredFunc answered, gpointer data);
void nudge_close_all (GtkApplication *application);
void nudge_close_begin_writing (GtkApplication *application);
void nudge_close_end_writing (GtkApplication *application);

G_END_DECLS
