/* nn-job-target.h - what a nudge changes, among a job's tensors
 *
 * SPDX-License-Identifier: MIT
 *
 * A target names a parameter whole (encoder.in_proj_weight), the parameters of a module
 * (fc1, encoder), weight or bias of one, or a pattern of these. Of a parameter with more
 * dimensions than two, the rows are the first one and the columns the rest, side by side.
 */

#pragma once

#include "nn/attach/nn-job.h"
#include "nn/nudge/nn-target.h"

G_BEGIN_DECLS

json_t *nn_job_target_resolve (const NnTarget *target,
                               const GArray *tensors,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_job_target_names (const NnTarget *target, const char *name);

G_END_DECLS
