/* nn-job-tensors.h - reads a job's tensors, a few at a time
 *
 * SPDX-License-Identifier: MIT
 *
 * For a model that is not a chain of layers. Each round requests the open tensor and the
 * next few of the others: their values, the values again some steps later, which gives
 * the change of a step, and their gradients. The pause after a round grows with its
 * bytes, so that a large model does not slow the job down more than a small one. It
 * builds requests and reads replies; the caller has the socket. One owner, one thread.
 */

#pragma once

#include "nn/attach/nn-job-model.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/session/nn-tensors.h"

G_BEGIN_DECLS

typedef struct _NnJobTensors NnJobTensors;

NnJobTensors *nn_job_tensors_new (const NnJobModel *model) G_GNUC_WARN_UNUSED_RESULT;
void nn_job_tensors_free (NnJobTensors *self);

NnTensors *nn_job_tensors_get (const NnJobTensors *self);
void nn_job_tensors_open (NnJobTensors *self, const NnTensorChoice *choice);
void nn_job_tensors_preview (NnJobTensors *self, NnNudge *nudge);

gint64 nn_job_tensors_get_due (const NnJobTensors *self);
json_t *nn_job_tensors_make_request (NnJobTensors *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_job_tensors_take (NnJobTensors *self, const NnMessage *reply, GError **error);
void nn_job_tensors_give_up (NnJobTensors *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnJobTensors, nn_job_tensors_free)

G_END_DECLS
