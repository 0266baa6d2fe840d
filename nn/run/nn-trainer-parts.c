/* nn-trainer-parts.c - creates the parts of a trainer that its experiment needs
 *
 * SPDX-License-Identifier: MIT
 *
 * The callers fill the parts, weights for instance: a run that begins, an edit, and a
 * state that is restored.
 */

#include "nn/run/nn-trainer-private.h"

/**
 * nn_trainer_set_guard:
 *
 * Between steps; it holds from the next one on.
 */
void
nn_trainer_set_guard (NnTrainer *self, NnGuard guard)
{
  self->guard = guard;
  nn_tape_set_guard (self->tape, guard);
  nn_tape_set_guard (self->smaller_tape, guard);
  nn_tape_set_guard (self->example_tape, guard);
}

/**
 * nn_trainer_take_initial:
 * @initial: (transfer full): (n_values) floats
 */
void
nn_trainer_take_initial (NnTrainer *self, GBytes *initial)
{
  g_clear_pointer (&self->initial, g_bytes_unref);
  self->initial = initial;
  self->w0 = g_bytes_get_data (initial, NULL);
}

static void
fit_tapes (NnTrainer *self)
{
  NnTape **const tapes[] = { &self->tape, &self->smaller_tape, &self->example_tape,
                             &self->evaluate_tape };

  for (gsize i = 0; i < G_N_ELEMENTS (tapes); i++) {
    g_clear_pointer (tapes[i], nn_tape_free);
    *tapes[i] = nn_tape_new (self->guard);
  }
}

/**
 * nn_trainer_fit_network:
 *
 * Makes a network of @architecture, unless there is one already; its values are zero, there
 * are no slow copies of them, and there is no optimizer for it yet.
 */
void
nn_trainer_fit_network (NnTrainer *self, NnArchitecture *architecture)
{
  if (self->network && nn_network_get_architecture (self->network) == architecture)
    return;
  g_clear_pointer (&self->optimizer, nn_optimizer_free);
  g_clear_pointer (&self->network, nn_network_free);
  self->network = nn_network_new (architecture);
  g_free (self->scratch);
  self->scratch = g_new (float, architecture->n_values);
  g_free (self->before);
  self->before = g_new (float, architecture->n_values);
  self->before_step = 0;
  g_clear_pointer (&self->slow, nn_slow_copies_free);
  self->slow = nn_slow_copies_new (architecture);
  nn_nudge_schedule_set_size (self->schedule, architecture->n_values);
  if (self->change) {
    nn_last_change_free (self->change);
    self->change = nn_last_change_new (architecture->n_values);
  }
  g_clear_pointer (&self->probes, nn_probes_free);
  fit_tapes (self);
}

static void
fit_optimizer (NnTrainer *self, const NnOptimizerSettings *settings)
{
  if (self->optimizer &&
      nn_optimizer_get_settings (self->optimizer)->type == settings->type) {
    nn_optimizer_set_settings (self->optimizer, settings, NULL);
    return;
  }
  g_clear_pointer (&self->optimizer, nn_optimizer_free);
  self->optimizer = nn_optimizer_new (self->network, settings);
}

static void
fit_data (NnTrainer *self, NnDataset *dataset)
{
  if (self->dataset == dataset)
    return;
  nn_dataset_ref (dataset);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  self->dataset = dataset;
  g_clear_pointer (&self->held_out, nn_batch_free);
  g_clear_pointer (&self->scored, nn_batch_free);
  self->held_out = nn_batch_new_held_out (dataset);
  g_clear_pointer (&self->probes, nn_probes_free);
  g_clear_pointer (&self->batches, nn_batches_free);
  fit_tapes (self);
}

static void
fit_batches (NnTrainer *self, const NnExperiment *experiment)
{
  const NnExperiment *before = self->experiment;

  if (self->batches && before->batch_size == experiment->batch_size &&
      before->shuffle == experiment->shuffle)
    return;
  g_clear_pointer (&self->batches, nn_batches_free);
  self->batches =
      nn_batches_new (self->dataset, experiment->batch_size, experiment->shuffle);
}

/**
 * nn_trainer_fit:
 * @experiment: gets a reference; without a log and without nudges that repeat
 * @dataset: gets a reference; of @experiment's data
 *
 * Between steps. Creates the network, the optimizer, the data and their batches again,
 * each if it does not fit @experiment; the others stay as they are.
 */
void
nn_trainer_fit (NnTrainer *self, NnExperiment *experiment, NnDataset *dataset)
{
  nn_experiment_ref (experiment);
  nn_trainer_fit_network (self, experiment->architecture);
  fit_optimizer (self, &experiment->optimizer);
  fit_data (self, dataset);
  fit_batches (self, experiment);
  if (self->probes == NULL)
    self->probes = nn_probes_new (dataset, experiment->data.source,
                                  experiment->architecture, &self->plane);
  g_clear_pointer (&self->experiment, nn_experiment_free);
  self->experiment = experiment;
  self->batch = self->input = NULL;
  self->loss_now = NULL;
}

/**
 * nn_trainer_set_plane:
 *
 * Between steps. Sets the plane on which the network's outputs are computed for
 * frames, if the data have more than two features. It stays for other data that have
 * those features.
 */
void
nn_trainer_set_plane (NnTrainer *self, const NnPlaneChoice *plane)
{
  self->plane = *plane;
  g_clear_pointer (&self->probes, nn_probes_free);
  self->probes = nn_probes_new (self->dataset, self->experiment->data.source,
                                self->experiment->architecture, plane);
}

/**
 * nn_trainer_keep_change:
 *
 * Between steps. Starts or stops recording what a step changes, from the next one on.
 */
void
nn_trainer_keep_change (NnTrainer *self, gboolean keep)
{
  if (keep && self->change == NULL)
    self->change = nn_last_change_new (self->experiment->architecture->n_values);
  else if (!keep)
    g_clear_pointer (&self->change, nn_last_change_free);
}

/**
 * nn_trainer_get_change:
 *
 * Returns: (transfer none) (nullable): valid until the next step; %NULL if it is
 *   not recorded
 */
const NnLastChange *
nn_trainer_get_change (const NnTrainer *self)
{
  return self->change;
}

/**
 * nn_trainer_clear_parts:
 *
 * Frees what nn_trainer_fit () has created.
 */
void
nn_trainer_clear_parts (NnTrainer *self)
{
  g_clear_pointer (&self->evaluate_tape, nn_tape_free);
  g_clear_pointer (&self->example_tape, nn_tape_free);
  g_clear_pointer (&self->smaller_tape, nn_tape_free);
  g_clear_pointer (&self->tape, nn_tape_free);
  g_clear_pointer (&self->probes, nn_probes_free);
  g_clear_pointer (&self->held_out, nn_batch_free);
  g_clear_pointer (&self->scored, nn_batch_free);
  g_clear_pointer (&self->batches, nn_batches_free);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_clear_pointer (&self->optimizer, nn_optimizer_free);
  g_clear_pointer (&self->network, nn_network_free);
  g_clear_pointer (&self->slow, nn_slow_copies_free);
  g_clear_pointer (&self->change, nn_last_change_free);
  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->scratch, g_free);
  g_clear_pointer (&self->initial, g_bytes_unref);
  g_clear_pointer (&self->experiment, nn_experiment_free);
}
