/* nudge-tensor-watch.h - follows a list of tensors, and each tensor in it
 *
 * SPDX-License-Identifier: MIT
 *
 * A plain value with one owner.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _NudgeTensorWatch NudgeTensorWatch;

NudgeTensorWatch *nudge_tensor_watch_new (GFunc list_changed,
                                          GFunc values_changed,
                                          gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void nudge_tensor_watch_free (NudgeTensorWatch *self);

void nudge_tensor_watch_set (NudgeTensorWatch *self, GListModel *tensors);
GListModel *nudge_tensor_watch_get (NudgeTensorWatch *self);

G_END_DECLS
