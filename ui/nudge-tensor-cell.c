/* nudge-tensor-cell.c - a cell of a table, which follows the item of its row
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-tensor-cell.h"

struct _NudgeTensorCell {
  GtkWidget parent_instance;

  GtkWidget *child;
  NudgeTensorCellShow show;
  GObject *item;       /* (owned) (nullable) */
  GtkTreeListRow *row; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (NudgeTensorCell, nudge_tensor_cell, GTK_TYPE_WIDGET)

static void
changed_cb (NudgeTensorCell *self)
{
  self->show (self->child, self->item, self->row);
}

GtkWidget *
nudge_tensor_cell_get_child (NudgeTensorCell *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_CELL (self), NULL);

  return self->child;
}

/**
 * nudge_tensor_cell_bind:
 * @item: (nullable): an object with a signal "changed"; NULL: nothing is shown any more
 * @row: (nullable)
 */
void
nudge_tensor_cell_bind (NudgeTensorCell *self, gpointer item, GtkTreeListRow *row)
{
  g_return_if_fail (NUDGE_IS_TENSOR_CELL (self));

  if (self->item)
    g_signal_handlers_disconnect_by_func (self->item, changed_cb, self);
  g_set_object (&self->item, item);
  g_set_object (&self->row, row);
  if (item == NULL)
    return;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (changed_cb), self);
  changed_cb (self);
}

static void
nudge_tensor_cell_dispose (GObject *object)
{
  NudgeTensorCell *self = NUDGE_TENSOR_CELL (object);

  nudge_tensor_cell_bind (self, NULL, NULL);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_tensor_cell_parent_class)->dispose (object);
}

static void
nudge_tensor_cell_class_init (NudgeTensorCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_tensor_cell_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tensor-cell");
}

static void
nudge_tensor_cell_init (NudgeTensorCell *self)
{
}

/* @child: (transfer floating) */
GtkWidget *
nudge_tensor_cell_new (GtkWidget *child, NudgeTensorCellShow show)
{
  NudgeTensorCell *self = g_object_new (NUDGE_TYPE_TENSOR_CELL, NULL);

  self->child = child;
  self->show = show;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
