/* nudge-tensor.h - a tensor in a list model, whose values may not have been read yet
 *
 * SPDX-License-Identifier: MIT
 *
 * Name, type and shape are known from the start; a summary of its values comes later, and
 * again while a job trains. Main thread only.
 *
 *   "changed"  show it again
 */

#pragma once

#include <gio/gio.h>

#include "nn/tensor/nn-tensor-summary.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR (nudge_tensor_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensor, nudge_tensor, NUDGE, TENSOR, GObject)

/* What has been done to a tensor: of a receipt. */
typedef struct {
  guint64 n_changed; /* values of other bits; 0: none, which is not said */
  double norm;       /* of the change */
} NudgeTensorChange;

NudgeTensor *nudge_tensor_new (const char *name,
                               const char *type,
                               guint rank,
                               const guint64 *shape) G_GNUC_WARN_UNUSED_RESULT;

const char *nudge_tensor_get_name (NudgeTensor *self);
const char *nudge_tensor_get_dtype (NudgeTensor *self);
guint nudge_tensor_get_rank (NudgeTensor *self);
const guint64 *nudge_tensor_get_shape (NudgeTensor *self);
guint64 nudge_tensor_get_n_values (NudgeTensor *self);
char *nudge_tensor_dup_shape_words (NudgeTensor *self);

/* "Buffer", "the same as wte.weight": beside the name. */
const char *nudge_tensor_get_note (NudgeTensor *self);
void nudge_tensor_set_note (NudgeTensor *self, const char *note);

/* Why it has no summary, and never will. */
const char *nudge_tensor_get_fault (NudgeTensor *self);
void nudge_tensor_set_fault (NudgeTensor *self, const char *fault);

NnTensorSummary *nudge_tensor_get_summary (NudgeTensor *self);
void nudge_tensor_set_summary (NudgeTensor *self, NnTensorSummary *summary);

/* NAN: not known. */
double nudge_tensor_get_gradient_norm (NudgeTensor *self);
double nudge_tensor_get_update_ratio (NudgeTensor *self);
void
nudge_tensor_set_training (NudgeTensor *self, double gradient_norm, double update_ratio);

const NudgeTensorChange *nudge_tensor_get_change (NudgeTensor *self);
void nudge_tensor_set_change (NudgeTensor *self, const NudgeTensorChange *change);

G_END_DECLS
