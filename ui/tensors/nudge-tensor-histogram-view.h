/* nudge-tensor-histogram-view.h - a histogram of a tensor's values, now and after a nudge
 *
 * SPDX-License-Identifier: MIT
 *
 *   "logarithmic"  (boolean) rw, the counts
 */

#pragma once

#include "nn/tensor/nn-tensor-summary.h"
#include "ui/base/nudge-picture.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_HISTOGRAM_VIEW (nudge_tensor_histogram_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorHistogramView,
                      nudge_tensor_histogram_view,
                      NUDGE,
                      TENSOR_HISTOGRAM_VIEW,
                      NudgePicture)

void nudge_tensor_histogram_view_show (NudgeTensorHistogramView *self,
                                       NnTensorSummary *now,
                                       NnTensorSummary *preview);

G_END_DECLS
