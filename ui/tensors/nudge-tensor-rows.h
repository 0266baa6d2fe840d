/* nudge-tensor-rows.h - the model of a table of tensors: tree or list, filtered, sorted
 *
 * SPDX-License-Identifier: MIT
 *
 * Sets the model of NudgeTensorTable's GtkColumnView. Private to the table.
 *
 *   "selected"  another row is selected
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/tensors/nudge-tensor.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_ROWS (nudge_tensor_rows_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorRows, nudge_tensor_rows, NUDGE, TENSOR_ROWS, GObject)

NudgeTensorRows *nudge_tensor_rows_new (GtkColumnView *view) G_GNUC_WARN_UNUSED_RESULT;
void nudge_tensor_rows_fill (NudgeTensorRows *self,
                             GListModel *tensors,
                             const char *filter,
                             gboolean flat);
guint nudge_tensor_rows_get_n_tensors (NudgeTensorRows *self);
guint64 nudge_tensor_rows_get_n_values (NudgeTensorRows *self);

NudgeTensor *nudge_tensor_rows_dup_tensor (NudgeTensorRows *self, guint position);
NudgeTensor *nudge_tensor_rows_get_selected (NudgeTensorRows *self);
void nudge_tensor_rows_select (NudgeTensorRows *self, NudgeTensor *tensor);
void nudge_tensor_rows_reveal (NudgeTensorRows *self, NudgeTensor *tensor);
gboolean nudge_tensor_rows_expand (NudgeTensorRows *self, gboolean expanded);
void nudge_tensor_rows_toggle (NudgeTensorRows *self, guint position);

G_END_DECLS
