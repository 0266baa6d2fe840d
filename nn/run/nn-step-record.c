/* nn-step-record.c - one step, phase by phase, in numbers
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-step-record.h"

#include <string.h>

static void
keep_values (NnStepRecord *self, NnStepState state, NnTrainer *trainer)
{
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));

  self->values[state] = g_memdup2 (values, self->architecture->n_values * sizeof (float));
  self->activations[state] = g_new (float, self->architecture->n_units * self->probes.n);
  nn_trainer_compute_activations (trainer, self->activations[state]);
}

static void
keep_gradients (NnStepRecord *self, NnTrainer *trainer)
{
  const NnArchitecture *architecture = self->architecture;
  NnNetwork *network = nn_trainer_get_network (trainer);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnTensor *grad = nn_tensor_get_grad (nn_network_get_parameter (network, i));

    if (grad)
      memcpy (self->gradients + architecture->parameters[i].offset,
              nn_tensor_get_values (grad), nn_tensor_get_size (grad) * sizeof (float));
  }
}

static void
keep_landings (NnStepRecord *self, NnTrainer *trainer)
{
  const NnLanding *landings = nn_trainer_get_landings (trainer, &self->n_landings);

  self->landings = nn_landing_copy_newest (landings, &self->n_landings);
}

static void
watch (NnTrainer *trainer, NnPhase phase, gpointer data)
{
  NnStepRecord *self = data;

  switch (phase) {
  case NN_PHASE_FORWARD:
    if (self->n_examples > 0)
      return; /* another example of the batch */
    self->n_examples = nn_trainer_get_batch (trainer)->n_examples;
    nn_trainer_compute_example (trainer, self->example);
    return;
  case NN_PHASE_BACKWARD:
    if (nn_trainer_get_phase (trainer) != NN_PHASE_OPTIMIZER)
      return;
    keep_gradients (self, trainer);
    keep_values (self, NN_STEP_BACKWARD, trainer);
    return;
  case NN_PHASE_OPTIMIZER:
    keep_values (self, NN_STEP_OPTIMIZER, trainer);
    keep_landings (self, trainer);
    return;
  case NN_PHASE_SECTION:
    self->loss = nn_trainer_get_loss (trainer);
    keep_values (self, NN_STEP_SECTION, trainer);
    return;
  case NN_PHASE_BEFORE_BACKWARD:
    return;
  }
}

/**
 * nn_step_record_new:
 *
 * Takes one step, as nn_timeline_step (), and records it.
 *
 * Returns: (transfer full) (nullable): %NULL if it failed
 */
NnStepRecord *
nn_step_record_new (NnTimeline *timeline, GError **error)
{
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  NnArchitecture *architecture =
      nn_network_get_architecture (nn_trainer_get_network (trainer));
  g_autoptr (NnStepRecord) self = g_atomic_rc_box_new0 (NnStepRecord);

  self->step = nn_trainer_get_n_steps (trainer) + 1;
  self->architecture = nn_architecture_ref (architecture);
  self->one_by_one = nn_trainer_walks_examples (trainer);
  self->probes = *nn_probes_get_shape (nn_trainer_get_probes (trainer));
  self->example = g_new0 (float, architecture->n_units);
  self->gradients = g_new0 (float, architecture->n_values);
  keep_values (self, NN_STEP_FORWARD, trainer);
  if (!nn_timeline_step_watched (timeline, watch, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

NnStepRecord *
nn_step_record_ref (NnStepRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnStepRecord *self = data;

  for (gsize i = 0; i < NN_N_STEP_STATES; i++) {
    g_free (self->activations[i]);
    g_free (self->values[i]);
  }
  for (gsize i = 0; i < self->n_landings; i++)
    nn_landing_clear (&self->landings[i]);
  g_free (self->landings);
  g_free (self->gradients);
  g_free (self->example);
  nn_architecture_unref (self->architecture);
}

void
nn_step_record_unref (NnStepRecord *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
