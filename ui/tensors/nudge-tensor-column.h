/* nudge-tensor-column.h - a kind of column, whose cells follow their items
 *
 * SPDX-License-Identifier: MIT
 *
 * The view's items have a signal "changed"; they may be in GtkTreeListRows. A kind is a
 * constant; the same one makes the columns of several views.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @row: (nullable): where the item is in a tree */
typedef void (*NudgeTensorColumnShow) (GtkWidget *child,
                                       gpointer item,
                                       GtkTreeListRow *row);

typedef struct {
  const char *title; /* to be translated */
  gboolean expands;  /* and is at the left; else numbers at the right */
  guint width;       /* characters */
  /* A cell has this text … */
  char *(*dup_text) (gpointer item);
  /* … or something else; without either what dup_number () makes of its number. */
  GtkWidget *(*make) (void);
  NudgeTensorColumnShow show;
  /* By which it is sorted: numbers, the largest first, with NaN last; or texts. */
  double (*get_number) (gpointer item);
  char *(*dup_number) (gpointer item, double number);
  char *(*dup_key) (gpointer item);
  const char *heading; /* (nullable) above it in place of the title, where that is long */
} NudgeTensorColumn;

/* In place of a text: @get_it () makes a number of an item, and @dup_it () its text. */
#define NUDGE_TENSOR_COLUMN_OF(get_it, dup_it) .get_number = get_it, .dup_number = dup_it

GtkColumnViewColumn *
nudge_tensor_column_add (GtkColumnView *view, const NudgeTensorColumn *kind);
GtkColumnViewColumn *
nudge_tensor_column_find (GtkColumnView *view, const NudgeTensorColumn *kind);
void nudge_tensor_column_sort (GtkColumnView *view, const NudgeTensorColumn *kind);
const NudgeTensorColumn *nudge_tensor_column_find_sorted (GtkColumnView *view);
void nudge_tensor_columns_changed (GtkColumnView *view);

G_END_DECLS
