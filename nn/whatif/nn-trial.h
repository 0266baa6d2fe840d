/* nn-trial.h - a copy of a run's state, in which nudges are tried
 *
 * SPDX-License-Identifier: MIT
 *
 * It copies all that a one-off nudge and the loss after it depend on: the weights, the
 * next step's mini-batch, the state of the nudges' random numbers. Trying a nudge reads
 * and writes nothing of the run, which may go on meanwhile.
 *
 * Of one trainer, on its thread; freed before it. After the first amounts, trying
 * allocates nothing but the message of a refusal.
 */

#pragma once

#include "nn/run/nn-trainer.h"
#include "nn/whatif/nn-preview.h"

G_BEGIN_DECLS

typedef struct _NnTrial NnTrial;

NnTrial *nn_trial_new (NnTrainer *trainer) G_GNUC_WARN_UNUSED_RESULT;
void nn_trial_free (NnTrial *self);

void nn_trial_begin (NnTrial *self);
guint64 nn_trial_get_step (const NnTrial *self);
float nn_trial_evaluate (NnTrial *self);
float nn_trial_try (NnTrial *self, const NnNudge *nudge, float amount, GError **error);
NnPreview *nn_trial_preview (NnTrial *self, NnNudge *nudge) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTrial, nn_trial_free)

G_END_DECLS
