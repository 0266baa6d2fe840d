/* nn-job-opened.h - a window of the open tensor's values, and its preview
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/nudge/nn-nudge.h"
#include "nn/session/nn-tensors.h"

G_BEGIN_DECLS

NnTensorWindow *
nn_job_opened_cut (const NnArray *array,
                   const NnTensorChoice *choice) G_GNUC_WARN_UNUSED_RESULT;
NnTensorSummary *
nn_job_opened_preview (const NnArray *array, NnNudge *nudge) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
