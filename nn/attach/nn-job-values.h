/* nn-job-values.h - a chain's parameters, and what there is of each, as a job sends them
 *
 * SPDX-License-Identifier: MIT
 *
 * Flat vectors in the architecture's order, of whatever type the job's tensors are. One
 * owner.
 */

#pragma once

#include "nn/attach/nn-job-model.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/run/nn-quantity.h"
#include "nn/whatif/nn-preview.h"

G_BEGIN_DECLS

typedef struct {
  const NnJobModel *model; /* not owned */
  /* (owned) (n_values) NAN: none; but values, which are 0 until the first have come */
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
