/* nudge-tensor-module.h - a module of a tree of tensors: those whose names begin alike
 *
 * SPDX-License-Identifier: MIT
 *
 * The dots in the names make the tree: encoder.0.weight is the tensor weight of the
 * module 0 of encoder. A module with only one child is shown as that child, by the
 * longer name encoder.0.weight. Main thread only.
 *
 *   "changed"  show it again
 */

#pragma once

#include "ui/tensors/nudge-tensor.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_MODULE (nudge_tensor_module_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorModule,
                      nudge_tensor_module,
                      NUDGE,
                      TENSOR_MODULE,
                      GObject)

GListModel *nudge_tensor_module_build (GListModel *tensors) G_GNUC_WARN_UNUSED_RESULT;

const char *nudge_tensor_module_get_name (NudgeTensorModule *self);
const char *nudge_tensor_module_get_path (NudgeTensorModule *self);
GListModel *nudge_tensor_module_get_children (NudgeTensorModule *self);
guint nudge_tensor_module_get_n_tensors (NudgeTensorModule *self);
guint64 nudge_tensor_module_get_n_values (NudgeTensorModule *self);
double nudge_tensor_module_get_norm (NudgeTensorModule *self);
double nudge_tensor_module_get_gradient_norm (NudgeTensorModule *self);
guint64 nudge_tensor_module_get_n_changed (NudgeTensorModule *self);

const char *
nudge_tensor_module_get_name_of (NudgeTensorModule *self, NudgeTensor *tensor);

G_END_DECLS
