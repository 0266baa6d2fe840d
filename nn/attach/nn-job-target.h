/* nn-job-target.h - what a nudge changes, among a job's tensors
 *
 * SPDX-License-Identifier: MIT
 *
 * A target names one parameter (encoder.in_proj_weight), the parameters of a module (fc1,
 * encoder), the weight or bias of a module, or a pattern of these. A parameter of more
 * than two dimensions is flattened: rows are the first dimension, columns the product of
 * the others.
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
