/* nn-job-tensors.h - reads a job's tensors, a few at a time
 *
 * SPDX-License-Identifier: MIT
 *
 * For a model that is no chain of layers. Each round requests a few tensors, in turn, and
 * the open one: their values, the values again some steps later, which gives the change
 * of a step, and their gradients. After a round it pauses, the longer the more bytes
 * there were, so that a large model costs the job no more than a small one. It knows no
 * socket. One owner, one thread.
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
