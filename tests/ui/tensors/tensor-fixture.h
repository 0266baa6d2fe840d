/* tensor-fixture.h - tensors as of a small transformer, for tests of what shows them
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/patch/nn-file-difference.h"
#include "nn/tensor/nn-tensor-window.h"
#include "ui/tensors/nudge-tensor.h"

G_BEGIN_DECLS

/* Of NudgeTensor, in the order of a file, without a summary: 12 blocks of attention. */
GListModel *fixture_tensors_new (void) G_GNUC_WARN_UNUSED_RESULT;
NudgeTensor *fixture_tensors_find (GListModel *tensors, const char *name);

/* What a file would say of one; its values are always the same. @add: to each of them. */
NnTensorSummary *
fixture_tensor_summarize (NudgeTensor *tensor, double add, gboolean with_picture);
NnTensorWindow *fixture_tensor_window (NudgeTensor *tensor,
                                       guint64 first_row,
                                       guint64 first_column,
                                       guint64 n_rows,
                                       guint64 n_columns);
double fixture_tensor_value (NudgeTensor *tensor, guint64 row, guint64 column);
void fixture_tensors_fill (GListModel *tensors);

/* Two files of some of them, in a folder of their own. In B: head.weight has three other
 * values, encoder.blocks.0.mlp.up.weight many, head.bias another shape, and steps another
 * type; embedding.weight is only in A, new.weight only in B. */
typedef struct {
  char *folder; /* (owned) removed in the end */
  char *paths[2];
  NnFileVersion *versions[2];
} FixtureFiles;

void fixture_files_init (FixtureFiles *self);
void fixture_files_clear (FixtureFiles *self);
NnTensorPicture *fixture_files_difference_picture (FixtureFiles *self, const char *name);
NnTensorWindow *fixture_files_difference_window (FixtureFiles *self,
                                                 const char *name,
                                                 guint64 first_row,
                                                 guint64 first_column,
                                                 guint64 n_rows,
                                                 guint64 n_columns);

G_END_DECLS
