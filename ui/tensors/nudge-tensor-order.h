/* nudge-tensor-order.h - the order of a table's rows: a drop-down, and the columns' titles
 *
 * SPDX-License-Identifier: MIT
 *
 * "Sort by" has the file's order and every column that rows can be sorted by. It says the
 * same as the arrow in a title, whichever of them the user has clicked on.
 *
 * Owned by the widget that has both as children, which frees it before them.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _NudgeTensorOrder NudgeTensorOrder;

NudgeTensorOrder *
nudge_tensor_order_new (GtkColumnView *view,
                        GtkDropDown *drop_down) G_GNUC_WARN_UNUSED_RESULT;
void nudge_tensor_order_free (NudgeTensorOrder *self);

void nudge_tensor_order_values_changed (NudgeTensorOrder *self);

G_END_DECLS
