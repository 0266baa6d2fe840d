/* nudge-tensor-column-set.c - which columns a table of tensors shows
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-column-set.h"

#include "ui/tensors/nudge-tensor-columns.h"

/**
 * nudge_tensor_column_set_add:
 *
 * Gives an empty view all columns.
 *
 * Returns: (transfer none): the factory of the first one, which says which rows there are
 */
GtkListItemFactory *
nudge_tensor_column_set_add (GtkColumnView *view)
{
  GtkListItemFactory *first = NULL;

  for (gsize i = 0; i < nudge_tensor_columns_count (); i++) {
    const NudgeTensorColumn *kind = nudge_tensor_columns_get (i, NULL);
    GtkColumnViewColumn *column = nudge_tensor_column_add (view, kind);

    if (first == NULL)
      first = gtk_column_view_column_get_factory (column);
  }
  return first;
}

static gboolean
is_in (NudgeTensorColumns columns, NudgeTensorColumnGroup group)
{
  return group == NUDGE_TENSOR_COLUMN_USUAL || group == NUDGE_TENSOR_COLUMN_FORM ||
         (group == NUDGE_TENSOR_COLUMN_TRAINING &&
          (columns & NUDGE_TENSOR_COLUMNS_TRAINING)) ||
         (group == NUDGE_TENSOR_COLUMN_CHANGE && (columns & NUDGE_TENSOR_COLUMNS_CHANGE));
}

/* Where a column of group FORM goes: behind those of TRAINING, if these are shown. */
static guint
find_position (NudgeTensorColumns columns, gsize form)
{
  gsize position = form;

  for (gsize i = 0; i < nudge_tensor_columns_count (); i++) {
    NudgeTensorColumnGroup group;

    nudge_tensor_columns_get (i, &group);
    if (group == NUDGE_TENSOR_COLUMN_TRAINING && is_in (columns, group))
      position = i;
  }
  return (guint) position;
}

/**
 * nudge_tensor_column_set_show:
 * @view: has all columns, by nudge_tensor_column_set_add ()
 */
void
nudge_tensor_column_set_show (GtkColumnView *view, NudgeTensorColumns columns)
{
  for (gsize i = 0; i < nudge_tensor_columns_count (); i++) {
    NudgeTensorColumnGroup group;
    const NudgeTensorColumn *kind = nudge_tensor_columns_get (i, &group);
    GtkColumnViewColumn *column = nudge_tensor_column_find (view, kind);

    gtk_column_view_column_set_visible (column, is_in (columns, group));
    if (group == NUDGE_TENSOR_COLUMN_FORM)
      gtk_column_view_insert_column (view, find_position (columns, i), column);
  }
}
