/* nudge-tensor-pair-columns.h - the columns of a table of what differs between two files
 *
 * SPDX-License-Identifier: MIT
 *
 * Items are NudgeTensorPair.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nudge_tensor_pair_add_columns (GtkColumnView *view);

G_END_DECLS
