/* nn-job-values.h - the parameters of a job's chain, their gradients and moments
 *
 * SPDX-License-Identifier: MIT
 *
 * Flat vectors of float32 in the architecture's order, whatever the dtypes of the job's
 * tensors. One owner, one thread.
 */

#pragma once

#include "nn/attach/nn-job-model.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/run/nn-quantity.h"
#include "nn/whatif/nn-preview.h"

G_BEGIN_DECLS

typedef struct {
  const NnJobModel *model; /* (not owned) */
  /* (owned) (n_values) NAN where unknown; values are 0 until the first message. */
  float *numbers[NN_N_QUANTITIES];
} NnJobValues;

NnJobValues *nn_job_values_new (const NnJobModel *model) G_GNUC_WARN_UNUSED_RESULT;
void nn_job_values_free (NnJobValues *self);

const char *nn_job_values_get_kind (const NnJobModel *model, NnQuantity quantity);
gboolean nn_job_values_take (NnJobValues *self, const NnMessage *message, GError **error);
NnPreview *nn_job_values_preview (const NnJobValues *self,
                                  NnNudge *nudge,
                                  guint64 step) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnJobValues, nn_job_values_free)

G_END_DECLS
