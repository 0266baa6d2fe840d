/* nn-job-values.h - a chain's parameters, and their gradients, as a job sends them
 *
 * SPDX-License-Identifier: MIT
 *
 * Flat vectors in the architecture's order, of whatever type the job's tensors are. One
 * owner.
 */

#pragma once

#include "nn/attach/nn-job-model.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/whatif/nn-preview.h"

G_BEGIN_DECLS

typedef struct {
  const NnJobModel *model; /* not owned */
  float *values;           /* (owned) (n_values) 0 until the first have come */
  float *gradients;        /* (owned) (n_values) NAN: none */
} NnJobValues;

NnJobValues *nn_job_values_new (const NnJobModel *model) G_GNUC_WARN_UNUSED_RESULT;
void nn_job_values_free (NnJobValues *self);

gboolean nn_job_values_take (NnJobValues *self, const NnMessage *message, GError **error);
NnPreview *nn_job_values_preview (const NnJobValues *self,
                                  NnNudge *nudge,
                                  guint64 step) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnJobValues, nn_job_values_free)

G_END_DECLS
