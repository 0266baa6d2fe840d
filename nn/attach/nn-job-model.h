/* nn-job-model.h - what a job trains, as a network
 *
 * SPDX-License-Identifier: MIT
 *
 * An architecture whose layers each have a weight and perhaps a bias, named as cards and
 * targets name them. If the model is a chain of linear layers and activations that Nudge
 * knows, the architecture is that chain. If not, its layers are independent: a weight of
 * more than two dimensions is flattened to [first, product of the others]; a parameter
 * that is neither weight nor bias is a layer of its own. Immutable; one owner.
 */

#pragma once

#include "nn/attach/nn-job.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/run/nn-quantity.h"

G_BEGIN_DECLS

typedef struct {
  NnMessage reply; /* (owned) of the job: the names point into it */
  GArray *tensors; /* (owned) (element-type NnJobTensor) in state_dict ()'s order */
  NnArchitecture *architecture; /* (owned) */
  int *parameters;  /* (owned) [n_parameters of the architecture]: index of the tensor */
  GPtrArray *notes; /* (owned) (element-type utf8) remarks for the user */
  NnQuantities known;        /* of a chain: what the job can send for each value */
  NnOptimizerType optimizer; /* of a chain: names the moments */
} NnJobModel;

NnJobModel *
nn_job_model_new (NnJob *job, gint64 until_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnJobModel *
nn_job_model_new_of (NnMessage *reply, GArray *tensors) G_GNUC_WARN_UNUSED_RESULT;
void nn_job_model_free (NnJobModel *self);

NnExperiment *
nn_job_model_make_experiment (const NnJobModel *self,
                              const NnJobFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
const NnJobTensor *nn_job_model_get_tensor (const NnJobModel *self, gsize parameter);
gssize nn_job_model_find_parameter (const NnJobModel *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnJobModel, nn_job_model_free)

G_END_DECLS
