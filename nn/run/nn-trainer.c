/* nn-trainer.c - one run: a network, its data, its optimizer and its nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include <string.h>

#include "nn/run/nn-footprint.h"
#include "nn/tensor/nn-grad-mode.h"

/* Draws parameters, then data: the order in which a PyTorch script does. Parameters that
 * are given are put in place of drawn ones, so that they do not change what is drawn
 * behind them. The nudges' stream begins anew, too. */
static void
draw (NnTrainer *self)
{
  const NnExperiment *e = self->experiment;

  g_clear_pointer (&self->random, nn_random_free);
  self->random = nn_random_new (e->seed);
  g_clear_pointer (&self->noise, nn_noise_free);
  self->noise = nn_noise_new (e->seed);
  nn_init_network (&e->init, self->network, self->random);
  if (e->parameters != NULL)
    NN_NO_GRAD ()
    {
      nn_parameters_put (e->parameters, e->architecture,
                         nn_network_write_values (self->network));
    }
  memcpy (self->initial, nn_network_get_values (self->network),
          e->architecture->n_values * sizeof (float));
  self->before_step = 0;
  nn_network_clear_grads (self->network);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  self->dataset = nn_dataset_new (&e->data, self->random);
  g_clear_pointer (&self->optimizer, nn_optimizer_free);
  self->optimizer = nn_optimizer_new (self->network, &e->optimizer);
}

/* Those that are applied manually alone do not repeat. */
static void
schedule_all (NnTrainer *self)
{
  const GPtrArray *nudges = self->experiment->nudges;

  for (guint i = 0; i < nudges->len; i++) {
    NnNudge *nudge = nudges->pdata[i];

    if (nudge->when != NN_WHEN_MANUAL)
      nn_nudge_schedule_insert (self->schedule,
                                nn_experiment_get_nudge_id (self->experiment, i), nudge,
                                G_MAXSIZE);
  }
}

/* The nudges at the start, which the first weights are what they make of. */
static void
begin (NnTrainer *self)
{
  const NnSection start = { .kind = NN_SECTION_AFTER_STEP, .first_example = TRUE };

  if (self->demands->at_start) {
    nn_nudge_schedule_apply_due (self->schedule, &start);
    memcpy (self->initial, nn_network_get_values (self->network),
            self->experiment->architecture->n_values * sizeof (float));
  }
  self->loss = nn_trainer_evaluate (self);
}

/**
 * nn_trainer_new:
 * @experiment: copied
 *
 * Returns: (nullable): the run at step 0; NULL if the experiment cannot be run, as
 *   nn_experiment_check () says, or there is too little memory for it
 */
NnTrainer *
nn_trainer_new (const NnExperiment *experiment, GError **error)
{
  const gsize n_values = experiment->architecture->n_values;
  NnTrainer *self;
  NnFootprint footprint;

  if (!nn_experiment_check (experiment, error))
    return NULL;
  footprint = nn_footprint_of_run (experiment);
  if (!nn_footprint_check (&footprint, error))
    return NULL;

  self = g_new0 (NnTrainer, 1);
  self->experiment = nn_experiment_copy (experiment);
  self->kernels = nn_kernels_get ();
  self->network = nn_network_new (experiment->architecture);
  self->tape = nn_tape_new (experiment->guard);
  self->smaller_tape = nn_tape_new (experiment->guard);
  self->example_tape = nn_tape_new (experiment->guard);
  self->evaluate_tape = nn_tape_new (experiment->guard);
  self->scratch = g_new (float, n_values);
  self->initial = g_new (float, n_values);
  self->before = g_new (float, n_values);
  self->guard = experiment->guard;
  self->schedule = nn_trainer_new_schedule (self);
  self->demands = nn_nudge_schedule_get_demands (self->schedule);
  self->curve = nn_curve_new ();
  schedule_all (self);
  draw (self);
  self->batches =
      nn_batches_new (self->dataset, experiment->batch_size, experiment->shuffle);
  self->held_out = nn_batch_new_held_out (self->dataset);
  self->probes = nn_probes_new (self->dataset, experiment->data.source);
  begin (self);
  return self;
}

void
nn_trainer_free (NnTrainer *self)
{
  nn_nudge_schedule_free (self->schedule);
  nn_curve_free (self->curve);
  g_free (self->before);
  g_free (self->initial);
  g_free (self->scratch);
  nn_tape_free (self->evaluate_tape);
  nn_tape_free (self->example_tape);
  nn_tape_free (self->smaller_tape);
  nn_tape_free (self->tape);
  nn_probes_free (self->probes);
  nn_noise_free (self->noise);
  nn_random_free (self->random);
  g_clear_pointer (&self->held_out, nn_batch_free);
  nn_batches_free (self->batches);
  nn_dataset_unref (self->dataset);
  nn_optimizer_free (self->optimizer);
  nn_network_free (self->network);
  nn_experiment_free (self->experiment);
  g_free (self);
}

/**
 * nn_trainer_reset:
 *
 * Goes back to step 0 of the same run: same seed, same bits. Standing nudges and
 * the guard stay as they are; the log and the curve begin anew.
 */
void
nn_trainer_reset (NnTrainer *self)
{
  nn_trainer_abandon (self);
  draw (self);
  nn_batches_restart (self->batches);
  nn_nudge_schedule_reset (self->schedule);
  nn_curve_clear (self->curve);
  self->n_steps = 0;
  begin (self);
}

/**
 * nn_trainer_get_experiment:
 *
 * Returns: (transfer none): what the run was made of
 */
const NnExperiment *
nn_trainer_get_experiment (const NnTrainer *self)
{
  return self->experiment;
}

guint64
nn_trainer_get_n_steps (const NnTrainer *self)
{
  return self->n_steps;
}

/**
 * nn_trainer_get_loss:
 *
 * Returns: the loss that the newest step's forward pass computed; at step 0 and
 *   after a manual nudge, that of the present weights
 */
float
nn_trainer_get_loss (const NnTrainer *self)
{
  return self->loss;
}

/**
 * nn_trainer_get_curve:
 *
 * Returns: (transfer none): the losses that the steps' forward passes computed, whatever
 *   the user did after them
 */
const NnCurve *
nn_trainer_get_curve (const NnTrainer *self)
{
  return self->curve;
}

NnNetwork *
nn_trainer_get_network (const NnTrainer *self)
{
  return self->network;
}

NnOptimizer *
nn_trainer_get_optimizer (const NnTrainer *self)
{
  return self->optimizer;
}

const NnDataset *
nn_trainer_get_dataset (const NnTrainer *self)
{
  return self->dataset;
}
