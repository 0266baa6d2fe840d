/* nudge-drop-down.h - a drop-down that shows words for its items
 *
 * SPDX-License-Identifier: MIT
 *
 * A GtkDropDown over a GtkStringList, whose strings say what an item is; the button and
 * the rows of the open list show words for them. An item that comes from an experiment,
 * or was typed, joins the list when it is first shown.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer full): markup for the item @text, or %NULL for no second line. */
typedef char *(*NudgeDupMarkup) (gpointer data, const char *text);

typedef struct {
  NudgeDupMarkup button;
  NudgeDupMarkup row;
  NudgeDupMarkup note; /* (nullable): a second, smaller line of the row */
  gpointer data;       /* (unowned) lives as long as the drop-down's items are shown */
} NudgeDropDownWords;

void nudge_label_set_tooltip_where_cut (GtkWidget *label);
void nudge_drop_down_set_name (GtkDropDown *self, const char *name);
void nudge_drop_down_set_words (GtkDropDown *self, const NudgeDropDownWords *words);
void nudge_drop_down_append (GtkDropDown *self, const char *text);
void nudge_drop_down_select (GtkDropDown *self, const char *text);
const char *nudge_drop_down_get (GtkDropDown *self);

G_END_DECLS
