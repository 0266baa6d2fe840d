/* nudge-tensor-reader.h - reads tensors of a file on another thread
 *
 * SPDX-License-Identifier: MIT
 *
 * Of one version of a file at a time. Summaries go to the tensors. The newest request is
 * answered first, and one that is no longer wanted never; of pictures, windows and
 * previews only the newest request counts.
 *
 * Signals:
 *
 *   "picture"  (NudgeTensor*, NnTensorPicture*)
 *   "window"   (NudgeTensor*, NnTensorWindow*)
 *   "preview"  (NnTensorSummary*) (nullable) of the tensor with the nudge; NULL: no
 *              preview
 *   "refused"  (const char*) why there is no preview
 */

#pragma once

#include "nn/patch/nn-file-version.h"
#include "ui/tensors/nudge-tensor.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_READER (nudge_tensor_reader_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorReader,
                      nudge_tensor_reader,
                      NUDGE,
                      TENSOR_READER,
                      GObject)

NudgeTensorReader *
nudge_tensor_reader_new (NnFileVersion *version) G_GNUC_WARN_UNUSED_RESULT;
void nudge_tensor_reader_close (NudgeTensorReader *self);
GListModel *nudge_tensor_reader_get_tensors (NudgeTensorReader *self);
void nudge_tensor_reader_set_version (NudgeTensorReader *self, NnFileVersion *version);

void nudge_tensor_reader_want (NudgeTensorReader *self, NudgeTensor *tensor);
void nudge_tensor_reader_unwant (NudgeTensorReader *self, NudgeTensor *tensor);
void nudge_tensor_reader_want_picture (NudgeTensorReader *self, NudgeTensor *tensor);
void nudge_tensor_reader_want_window (NudgeTensorReader *self,
                                      NudgeTensor *tensor,
                                      guint64 first_row,
                                      guint64 first_column,
                                      guint64 n_rows,
                                      guint64 n_columns);
void nudge_tensor_reader_preview (NudgeTensorReader *self,
                                  NudgeTensor *tensor,
                                  const NnNudge *nudge);

G_END_DECLS
