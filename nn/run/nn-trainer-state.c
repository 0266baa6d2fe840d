/* nn-trainer-state.c - all that decides how a run goes on, saved and restored
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-state-private.h"

#include <string.h>

#include "nn/tensor/nn-grad-mode.h"

/* About the allocator's overhead for a state's parts, and the random streams, which do
 * not tell their size. */
#define STATE_OVERHEAD 6144

static gsize
count_bytes (const NnTrainer *self, const NnTrainerState *state)
{
  const NnArchitecture *architecture = self->experiment->architecture;

  return sizeof *state + STATE_OVERHEAD +
         (state->before ? 3 : 2) * architecture->n_values * sizeof (float) +
         architecture->n_parameters * sizeof (gboolean) +
         nn_slow_copies_get_size (self->slow) +
         nn_optimizer_get_state_size (self->optimizer) +
         nn_batches_get_state_size (self->batches) +
         nn_nudge_schedule_get_size (state->schedule);
}

/* A parameter without a gradient has random bytes in its place: zeros in the state. */
static void
note_grads (const NnTrainer *self, NnTrainerState *state)
{
  const NnArchitecture *architecture = self->experiment->architecture;

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    state->has_grads[i] =
        nn_tensor_get_grad (nn_network_get_parameter (self->network, i)) != NULL;
    if (!state->has_grads[i])
      memset (state->grads + shape->offset, 0, shape->n_values * sizeof (float));
  }
}

/**
 * nn_trainer_save:
 *
 * Between steps.
 *
 * Returns: (transfer full): all that decides how the run goes on: the experiment, parameters,
 *   their slow copies, gradients, optimizer, both random streams, position in the data
 *   and the number of epochs, standing nudges and guard; and the newest losses. A copy.
 */
NnTrainerState *
nn_trainer_save (const NnTrainer *self)
{
  const NnArchitecture *architecture = self->experiment->architecture;
  const gsize n_bytes = architecture->n_values * sizeof (float);
  NnTrainerState *state = g_new0 (NnTrainerState, 1);

  g_atomic_ref_count_init (&state->references);
  state->experiment = nn_experiment_ref (self->experiment);
  state->dataset = nn_dataset_ref (self->dataset);
  state->initial = g_bytes_ref (self->initial);
  state->n_steps = self->n_steps;
  state->n_epochs = self->n_epochs;
  state->loss = self->loss;
  state->step_loss = self->step_loss;
  state->values = g_memdup2 (nn_network_get_values (self->network), n_bytes);
  if (self->before_step > 0 && self->before_step == self->n_steps)
    state->before = g_memdup2 (self->before, n_bytes);
  if (nn_slow_copies_get_n (self->slow) > 0)
    state->slow = nn_slow_copies_copy (self->slow);
  state->grads = g_memdup2 (nn_network_get_grads (self->network), n_bytes);
  state->has_grads = g_new (gboolean, architecture->n_parameters);
  note_grads (self, state);
  state->settings = *nn_optimizer_get_settings (self->optimizer);
  state->optimizer = g_malloc (nn_optimizer_get_state_size (self->optimizer));
  nn_optimizer_save_state (self->optimizer, state->optimizer);
  state->layout = nn_optimizer_get_layout (self->optimizer);
  state->n_batches = nn_batches_get_state_size (self->batches) / sizeof (gsize);
  state->batches = g_new (gsize, state->n_batches);
  nn_batches_save_state (self->batches, state->batches);
  state->random = nn_random_copy (self->random);
  state->noise = nn_random_copy (nn_noise_get_random (self->noise));
  state->guard = self->guard;
  state->schedule = nn_nudge_schedule_copy (self->schedule);
  state->note = g_strdup (self->note);
  state->n_bytes = count_bytes (self, state);
  return state;
}

/**
 * nn_trainer_restore:
 * @state: of this trainer, or of another
 *
 * Continues from @state as if the run had just got there, bit for bit. The experiment of
 * @state replaces the trainer's.
 */
void
nn_trainer_restore (NnTrainer *self, const NnTrainerState *state)
{
  NN_NO_GRAD_FUNCTION ();

  nn_trainer_abandon (self);
  nn_trainer_fit (self, state->experiment, state->dataset);
  if (self->change)
    nn_last_change_forget (self->change);
  nn_trainer_take_initial (self, g_bytes_ref (state->initial));
  self->n_steps = state->n_steps;
  self->n_epochs = state->n_epochs;
  self->loss = state->loss;
  self->step_loss = state->step_loss;
  memcpy (nn_network_write_values (self->network), state->values,
          self->experiment->architecture->n_values * sizeof (float));
  self->before_step = state->before ? state->n_steps : 0;
  if (state->before)
    memcpy (self->before, state->before,
            self->experiment->architecture->n_values * sizeof (float));
  if (state->slow)
    nn_slow_copies_assign (self->slow, state->slow);
  else
    nn_slow_copies_clear (self->slow);
  nn_network_set_grads (self->network, state->grads, state->has_grads);
  nn_optimizer_set_settings (self->optimizer, &state->settings, NULL);
  nn_optimizer_restore_state (self->optimizer, state->optimizer);
  nn_batches_restore_state (self->batches, state->batches);
  nn_random_assign (self->random, state->random);
  nn_random_assign (nn_noise_get_random (self->noise), state->noise);
  nn_trainer_set_guard (self, state->guard);
  nn_nudge_schedule_assign (self->schedule, state->schedule);
  g_free (self->note);
  self->note = g_strdup (state->note);
}

guint64
nn_trainer_state_get_n_steps (const NnTrainerState *state)
{
  return state->n_steps;
}

/**
 * nn_trainer_state_get_size:
 *
 * Returns: about how many bytes @state takes up, without what it may share with others
 */
gsize
nn_trainer_state_get_size (const NnTrainerState *state)
{
  return state->n_bytes;
}

/**
 * nn_trainer_state_get_unshared_size:
 *
 * Returns: about how many bytes @state has of data and first weights, which states may
 *   share, but which it does not share with @other
 */
gsize
nn_trainer_state_get_unshared_size (const NnTrainerState *state,
                                    const NnTrainerState *other)
{
  const NnDataset *dataset = state->dataset;
  gsize n_bytes = 0;

  if (dataset->table != other->dataset->table)
    n_bytes +=
        dataset->n_examples * (dataset->n_features + dataset->n_targets) * sizeof (float);
  if (state->initial != other->initial)
    n_bytes += g_bytes_get_size (state->initial);
  return n_bytes;
}

/**
 * nn_trainer_state_ref:
 *
 * A state is immutable, so threads may share it; each reference is dropped with
 * nn_trainer_state_free ().
 */
NnTrainerState *
nn_trainer_state_ref (NnTrainerState *state)
{
  g_atomic_ref_count_inc (&state->references);
  return state;
}

void
nn_trainer_state_free (NnTrainerState *state)
{
  if (!g_atomic_ref_count_dec (&state->references))
    return;
  nn_experiment_free (state->experiment);
  nn_dataset_unref (state->dataset);
  g_bytes_unref (state->initial);
  g_free (state->note);
  g_free (state->values);
  g_free (state->before);
  g_clear_pointer (&state->slow, nn_slow_copies_free);
  g_free (state->grads);
  g_free (state->has_grads);
  g_free (state->optimizer);
  g_free (state->batches);
  nn_random_free (state->random);
  nn_random_free (state->noise);
  nn_nudge_schedule_free (state->schedule);
  g_free (state);
}
