/* nudge-tensor-table.h - all tensors of a file or a job: a row for each
 *
 * SPDX-License-Identifier: MIT
 *
 * A tree of modules, which the dots in the names make, or a flat list in the file's order.
 * A module has the count of its values and, as soon as every tensor in it has a summary,
 * their norm. Rows are filtered by a part of a name or a pattern, and sorted by any column.
 * Right and + open a module, Left and - close it, Return does either; Ctrl+F goes to the
 * filter. Knows no file.
 *
 * Properties, all rw:
 *
 *   "tensors"   (GListModel of NudgeTensor) (nullable) in the file's order; may change
 *   "selected"  (NudgeTensor) (nullable)
 *   "columns"   (NudgeTensorColumns) that are shown besides the usual ones
 *   "flat"      (boolean) a list, not a tree
 *   "filter"    (string) the text of the filter's entry
 *
 * Signals:
 *
 *   "wanted"    (NudgeTensor) one without a summary is in sight: compute one, and
 *               nudge_tensor_set_summary () shows it, at any time from then on
 *   "unwanted"  (NudgeTensor) it is out of sight, still without a summary
 *   "activated" (NudgeTensor) a double click, or Return
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/tensors/nudge-tensor-column-set.h"
#include "ui/tensors/nudge-tensor.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_TABLE (nudge_tensor_table_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorTable,
                      nudge_tensor_table,
                      NUDGE,
                      TENSOR_TABLE,
                      GtkWidget)

GtkWidget *nudge_tensor_table_new (void);
void nudge_tensor_table_set_tensors (NudgeTensorTable *self, GListModel *tensors);
void nudge_tensor_table_set_columns (NudgeTensorTable *self, NudgeTensorColumns columns);
NudgeTensor *nudge_tensor_table_get_selected (NudgeTensorTable *self);
void nudge_tensor_table_select (NudgeTensorTable *self, NudgeTensor *tensor);
gboolean nudge_tensor_table_get_flat (NudgeTensorTable *self);
void nudge_tensor_table_set_flat (NudgeTensorTable *self, gboolean flat);
const char *nudge_tensor_table_get_filter (NudgeTensorTable *self);
void nudge_tensor_table_set_filter (NudgeTensorTable *self, const char *filter);

G_END_DECLS
