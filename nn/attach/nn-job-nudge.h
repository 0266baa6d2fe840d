/* nn-job-nudge.h - a nudge as a request to a job
 *
 * SPDX-License-Identifier: MIT
 *
 * The nudge is parsed and checked here; the job gets the names of parameters, and a list
 * of operations (nn/expression/nn-operations.h), so that it need not know the nudge
 * language.
 */

#pragma once

#include "nn/attach/nn-job.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

json_t *nn_job_nudge_new (const NnNudge *nudge,
                          const GArray *tensors,
                          gboolean repeats,
                          guint32 seed,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
