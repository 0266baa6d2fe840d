/* nn-job-tensors.h - looks at a job's tensors, some at a time
 *
 * SPDX-License-Identifier: MIT
 *
 * A round is of a few tensors, in turn, and of the one that is opened: their values, the same
 * again some steps later, from which follows what a step changes, and their gradients. Between
 * rounds there is a pause, the longer the more they were: a large model costs the job no more
 * than a small one. Knows no socket. One owner.
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
