/* nn-job-model.h - what a job trains, as a network
 *
 * SPDX-License-Identifier: MIT
 *
 * Layers, each with a weight and perhaps a bias, as cards and targets name them. Where the
 * script's model is a chain of linear layers with activations that Nudge knows, the
 * architecture is that chain; else its layers are loose: a convolution's weight has its outputs
 * as rows and all the rest, side by side, as columns; a parameter that is no weight or bias is
 * a layer of its own. Immutable; one owner.
 */

#pragma once

#include "nn/attach/nn-job.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/run/nn-quantity.h"

G_BEGIN_DECLS

typedef struct {
  NnMessage reply; /* (owned) the job's, from which names are borrowed */
  GArray *tensors; /* (owned) (element-type NnJobTensor) in state_dict ()'s order */
  NnArchitecture *architecture; /* (owned) */
  int *parameters;  /* (owned) [n_parameters of the architecture]: index of its tensor */
  GPtrArray *notes; /* (owned) (element-type utf8) what is to be known of it */
  NnQuantities known;        /* what the job can tell of each value of a chain … */
  NnOptimizerType optimizer; /* … whose moments are called as this one's */
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
