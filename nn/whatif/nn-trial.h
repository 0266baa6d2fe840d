/* nn-trial.h - one state of a run, kept aside, in which nudges are tried
 *
 * SPDX-License-Identifier: MIT
 *
 * Holds a copy of all that a manual nudge and the loss after it depend on: the weights,
 * the next step's batch, the state of the nudges' random numbers. Trying reads and writes
 * nothing of the run itself, which may go on meanwhile: not its weights and versions, its
 * gradients and moments, its streams of random numbers, nor its position in the data.
 *
 * Belongs to one trainer, on the trainer's thread, and goes before it does. Once the
 * first amounts were tried, trying allocates nothing but what says why one is refused.
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
