/* nudge-tensor-cell.h - a cell of a table, which follows the item of its row
 *
 * SPDX-License-Identifier: MIT
 *
 * Shows it anew at each "changed" of the item.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @row: (nullable): where the item is in a tree */
typedef void (*NudgeTensorCellShow) (GtkWidget *child,
                                     gpointer item,
                                     GtkTreeListRow *row);

#define NUDGE_TYPE_TENSOR_CELL (nudge_tensor_cell_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorCell, nudge_tensor_cell, NUDGE, TENSOR_CELL, GtkWidget)

GtkWidget *nudge_tensor_cell_new (GtkWidget *child, NudgeTensorCellShow show);
GtkWidget *nudge_tensor_cell_get_child (NudgeTensorCell *self);
void nudge_tensor_cell_bind (NudgeTensorCell *self, gpointer item, GtkTreeListRow *row);

G_END_DECLS
