/* nudge-tensor-column-set.h - which columns a table of tensors shows
 *
 * SPDX-License-Identifier: MIT
 *
 * The usual ones, and those of training or of a change, where these are asked for.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  NUDGE_TENSOR_COLUMNS_TRAINING = 1 << 0, /* norm of the gradient, update over weights */
  NUDGE_TENSOR_COLUMNS_CHANGE = 1 << 1,   /* values changed, norm of the change */
} NudgeTensorColumns;

GtkListItemFactory *nudge_tensor_column_set_add (GtkColumnView *view);
void nudge_tensor_column_set_show (GtkColumnView *view, NudgeTensorColumns columns);

G_END_DECLS
