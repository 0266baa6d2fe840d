/* nudge-tensor-table.h - all tensors of a file or a job: a row for each
 *
 * SPDX-License-Identifier: MIT
 *
 * As a tree of modules, which the dots in the names make, or flat and in the file's order; a
 * module has the count of its values and, as soon as all are known, their norm. Rows are
 * filtered by a part of a name or a pattern, and sorted by any column. Knows no file.
 *
 *   "tensors"   (GListModel of NudgeTensor) in the file's order; may change at any time
 *   "selected"  (NudgeTensor, nullable)
 *   "columns"   (NudgeTensorColumns) those that are there besides the usual ones
 *   "flat"      (gboolean) no tree
 *   "filter"    (utf8) what the entry holds
 *   "wanted"    (signal, NudgeTensor) a row shows it, and it has no summary yet. It may be
 *               given one at any time after, and any other tensor, too
 *   "unwanted"  (signal, NudgeTensor) the row has gone, and it still has none
 *   "activated" (signal, NudgeTensor) a double click, or Return
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/nudge-tensor.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_TENSOR_COLUMNS_TRAINING = 1 << 0, /* norm of the gradient, update over weights */
  NUDGE_TENSOR_COLUMNS_CHANGE = 1 << 1,   /* values changed, norm of the change */
} NudgeTensorColumns;

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
