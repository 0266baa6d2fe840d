/* nudge-tensor-columns.h - the columns of a table of tensors and of their modules
 *
 * SPDX-License-Identifier: MIT
 *
 * Items are NudgeTensor and NudgeTensorModule.
 */

#pragma once

#include "ui/tensors/nudge-tensor-column.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_TENSOR_COLUMN_USUAL,
  NUDGE_TENSOR_COLUMN_FORM, /* as usual; in training behind what training changes */
  NUDGE_TENSOR_COLUMN_TRAINING,
  NUDGE_TENSOR_COLUMN_CHANGE,
} NudgeTensorColumnGroup;

gsize nudge_tensor_columns_count (void);
const NudgeTensorColumn *
nudge_tensor_columns_get (gsize i, NudgeTensorColumnGroup *group);

G_END_DECLS
