/* nn-trainer.c - one run: a network, its data, its optimizer and its nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include <math.h>

#include "nn/run/nn-footprint.h"
#include "nn/tensor/nn-grad-mode.h"

/* Draws parameters, then data, in the order of a PyTorch script. Given parameters replace
 * drawn ones, so that the numbers drawn after them stay the same. The nudges' random
 * stream restarts, too. */
static void
draw (NnTrainer *self, NnExperiment *e)
{
  g_autoptr (NnDataset) dataset = NULL;

  g_clear_pointer (&self->random, nn_random_free);
  self->random = nn_random_new (e->seed);
  g_clear_pointer (&self->noise, nn_noise_free);
  self->noise = nn_noise_new (e->seed);
  nn_trainer_fit_network (self, e->architecture);
  nn_init_network (&e->init, self->network, self->random);
  if (e->parameters != NULL)
    NN_NO_GRAD ()
    {
      nn_parameters_put (e->parameters, e->architecture,
                         nn_network_write_values (self->network));
    }
  nn_trainer_take_initial (self,
                           g_bytes_new (nn_network_get_values (self->network),
                                        e->architecture->n_values * sizeof (float)));
  self->before_step = 0;
  if (self->change)
    nn_last_change_forget (self->change);
  nn_slow_copies_clear (self->slow);
  nn_network_clear_grads (self->network);
  if (e->data.seed.given) {
    nn_random_free (self->random);
    self->random = nn_random_new (e->data.seed.value);
  }
  dataset = nn_dataset_new (&e->data, self->random);
  g_clear_pointer (&self->optimizer, nn_optimizer_free);
  /* After a reset the data are usually equal: the old ones stay, and what is made
   * of them. */
  if (self->dataset && nn_dataset_is_equal (self->dataset, dataset))
    nn_trainer_fit (self, e, self->dataset);
  else
    nn_trainer_fit (self, e, dataset);
  nn_batches_restart (self->batches);
}

/* Manual nudges are not scheduled. */
static void
schedule_all (NnTrainer *self, const NnExperiment *experiment)
{
  const GPtrArray *nudges = experiment->nudges;

  for (guint i = 0; i < nudges->len; i++) {
    NnNudge *nudge = nudges->pdata[i];

    if (nudge->time.when != NN_WHEN_MANUAL)
      nn_nudge_schedule_insert (
          self->schedule, nn_experiment_get_nudge_id (experiment, i), nudge, G_MAXSIZE);
  }
}

/* The first weights are those after the nudges that are due at the start. */
static void
begin (NnTrainer *self)
{
  const NnSection start = { .kind = NN_SECTION_AFTER_STEP, .first_example = TRUE };

  if (self->demands->at_start) {
    nn_nudge_schedule_apply_due (self->schedule, &start);
    nn_trainer_take_initial (
        self, g_bytes_new (nn_network_get_values (self->network),
                           self->experiment->architecture->n_values * sizeof (float)));
  }
  self->loss = nn_trainer_evaluate (self);
  self->step_loss = (float) NAN;
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
  return nn_trainer_new_deviating (experiment, NULL, error);
}

/**
 * nn_trainer_new_deviating:
 * @deviations: (nullable) (element-type NnDeviation): gets a reference; how the run
 *   deviates from @experiment, from step 0 on
 *
 * As nn_trainer_new ().
 */
NnTrainer *
nn_trainer_new_deviating (const NnExperiment *experiment,
                          GArray *deviations,
                          GError **error)
{
  g_autoptr (NnExperiment) plain = NULL;
  NnTrainer *self;
  NnFootprint footprint;

  if (!nn_experiment_check (experiment, error))
    return NULL;
  footprint = nn_footprint_of_run (experiment);
  if (!nn_footprint_check (&footprint, error))
    return NULL;

  self = g_new0 (NnTrainer, 1);
  self->kernels = nn_kernels_get ();
  self->guard = experiment->guard;
  self->schedule = nn_trainer_new_schedule (self);
  self->demands = nn_nudge_schedule_get_demands (self->schedule);
  nn_trainer_set_deviations (self, deviations);
  schedule_all (self, experiment);
  plain = nn_experiment_copy_plain (experiment);
  draw (self, plain);
  begin (self);
  return self;
}

/**
 * nn_trainer_set_deviations:
 * @deviations: (nullable) (element-type NnDeviation): gets a reference
 *
 * Between steps. They replace any others from now on.
 */
void
nn_trainer_set_deviations (NnTrainer *self, GArray *deviations)
{
  if (deviations)
    g_array_ref (deviations);
  g_clear_pointer (&self->deviations, g_array_unref);
  self->deviations = deviations;
  nn_nudge_schedule_set_deviations (self->schedule, deviations);
}

void
nn_trainer_free (NnTrainer *self)
{
  nn_trainer_end_swap (self);
  nn_trainer_clear_parts (self);
  g_clear_pointer (&self->deviations, g_array_unref);
  nn_nudge_schedule_free (self->schedule);
  nn_noise_free (self->noise);
  nn_random_free (self->random);
  g_free (self->note);
  g_free (self);
}

/**
 * nn_trainer_reset:
 *
 * Goes to step 0 of the experiment as it is now: same seed, same bits. Standing nudges
 * and the guard stay as they are; the log is emptied.
 */
void
nn_trainer_reset (NnTrainer *self)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_ref (self->experiment);

  nn_trainer_abandon (self);
  draw (self, experiment);
  nn_nudge_schedule_reset (self->schedule);
  g_clear_pointer (&self->note, g_free);
  self->n_steps = self->n_epochs = 0;
  begin (self);
}

/**
 * nn_trainer_dup_experiment:
 *
 * Returns: (transfer full): the experiment as it is now, with the nudges that repeat now
 *   and the present guard: what nn_trainer_reset () starts from
 */
NnExperiment *
nn_trainer_dup_experiment (const NnTrainer *self)
{
  NnExperiment *copy = nn_experiment_copy (self->experiment);

  copy->guard = self->guard;
  for (gsize i = 0; i < nn_nudge_schedule_get_n (self->schedule); i++)
    g_ptr_array_add (copy->nudges,
                     nn_nudge_ref (nn_nudge_schedule_get (self->schedule, i)->nudge));
  return copy;
}

/**
 * nn_trainer_get_experiment:
 *
 * Returns: (transfer none): what is being trained now, edits included. It has no log, and
 *   no repeating nudges: the schedule has those. Shared and immutable
 */
NnExperiment *
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
 * nn_trainer_get_clock:
 *
 * Returns: how far it has come, and where its epochs end from here on
 */
NnClock
nn_trainer_get_clock (const NnTrainer *self)
{
  return (NnClock){ .step = self->n_steps,
                    .epoch = self->n_epochs,
                    .n_left = nn_batches_count_left (self->batches),
                    .n_per_epoch = nn_batches_count_per_epoch (self->batches) };
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
 * nn_trainer_get_step_loss:
 *
 * Returns: the loss that the newest step's forward pass computed, whatever was done after
 *   it; NAN at step 0
 */
float
nn_trainer_get_step_loss (const NnTrainer *self)
{
  return self->step_loss;
}

/**
 * nn_trainer_get_initial:
 *
 * Returns: (transfer none): (n_values) the first values, of step 0 or of an edit
 */
GBytes *
nn_trainer_get_initial (const NnTrainer *self)
{
  return self->initial;
}

NnNetwork *
nn_trainer_get_network (const NnTrainer *self)
{
  return self->network;
}

/**
 * nn_trainer_get_slow:
 *
 * Returns: (transfer none): the slow copies that nudges have made, until the next step
 */
const NnSlowCopies *
nn_trainer_get_slow (const NnTrainer *self)
{
  return self->slow;
}

NnOptimizer *
nn_trainer_get_optimizer (const NnTrainer *self)
{
  return self->optimizer;
}

NnDataset *
nn_trainer_get_dataset (const NnTrainer *self)
{
  return self->dataset;
}

/**
 * nn_trainer_get_note:
 *
 * Returns: (transfer none) (nullable): what the newest edit could not keep, and why
 */
const char *
nn_trainer_get_note (const NnTrainer *self)
{
  return self->note;
}
