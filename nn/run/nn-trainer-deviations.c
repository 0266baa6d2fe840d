/* nn-trainer-deviations.c - steps that deviate from the experiment
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include <string.h>

#include "nn/tensor/nn-grad-mode.h"

/* The position in the data before the next step's batch was taken. */
struct _NnTrainerSwap {
  void *batches;    /* (owned) */
  NnRandom *random; /* (owned) */
};

/* Takes the next step's batch, if a deviation asks for it. */
static G_NO_INLINE void
begin_swap (NnTrainer *self)
{
  if (!nn_deviations_find_step (self->deviations, NN_DEVIATION_NEXT_BATCH,
                                self->n_steps + 1))
    return;
  self->swap = g_new (NnTrainerSwap, 1);
  self->swap->batches = g_malloc (nn_batches_get_state_size (self->batches));
  nn_batches_save_state (self->batches, self->swap->batches);
  self->swap->random = nn_random_copy (self->random);
  nn_batches_advance (self->batches);
  self->batch = nn_batches_begin (self->batches, self->random);
}

/**
 * nn_trainer_begin_batch:
 *
 * Sets the batch of the step that begins: its own, or, if a deviation asks for it,
 * the next step's, which the next step trains on as well. Epochs end where they do
 * without one.
 */
void
nn_trainer_begin_batch (NnTrainer *self)
{
  self->batch = nn_batches_begin (self->batches, self->random);
  self->ends_epoch = self->batch->ends_epoch;
  if (G_UNLIKELY (self->deviations != NULL))
    begin_swap (self);
}

/**
 * nn_trainer_end_swap:
 *
 * If the step had the next one's batch, returns the data to the step's own.
 */
void
nn_trainer_end_swap (NnTrainer *self)
{
  NnTrainerSwap *swap = g_steal_pointer (&self->swap);

  if (swap == NULL)
    return;
  nn_batches_restore_state (self->batches, swap->batches);
  nn_random_assign (self->random, swap->random);
  self->batch = self->input = NULL;
  g_free (swap->batches);
  nn_random_free (swap->random);
  g_free (swap);
}

/* Undoes the optimizer's step in @part, or everywhere if NULL; its moments stay. */
static void
take_back (NnTrainer *self, const float *before, const char *part)
{
  const NnArchitecture *architecture = self->experiment->architecture;
  float *values;

  NN_NO_GRAD_FUNCTION ();

  values = nn_network_write_values (self->network);
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    if (part == NULL || nn_architecture_names_parameter (architecture, i, part))
      memcpy (values + shape->offset, before + shape->offset,
              shape->n_values * sizeof (float));
  }
}

static const NnDeviation *
find (const NnTrainer *self, NnDeviationKind kind)
{
  return nn_deviations_find_step (self->deviations, kind, self->n_steps + 1);
}

/**
 * nn_trainer_deviate_before_optimizer:
 *
 * Prepares the optimizer's step as the deviations ask for. The nudges' scratch keeps the
 * values, as no nudge is applied before nn_trainer_deviate_after_optimizer ().
 */
G_NO_INLINE void
nn_trainer_deviate_before_optimizer (NnTrainer *self)
{
  NnOptimizerSettings slower = self->experiment->optimizer;

  slower.lr *= 0.1;
  if (find (self, NN_DEVIATION_TENTH_RATE))
    nn_optimizer_set_settings (self->optimizer, &slower, NULL);
  if (find (self, NN_DEVIATION_WITHOUT))
    memcpy (self->scratch, nn_network_get_values (self->network),
            self->experiment->architecture->n_values * sizeof (float));
}

/**
 * nn_trainer_deviate_after_optimizer:
 *
 * Undoes the optimizer's step where a deviation asks for it, and restores the rate.
 */
G_NO_INLINE void
nn_trainer_deviate_after_optimizer (NnTrainer *self)
{
  if (find (self, NN_DEVIATION_TENTH_RATE))
    nn_optimizer_set_settings (self->optimizer, &self->experiment->optimizer, NULL);
  for (guint i = 0; i < self->deviations->len; i++) {
    const NnDeviation *one = &g_array_index (self->deviations, NnDeviation, i);

    if (one->kind == NN_DEVIATION_WITHOUT && one->subject == NN_SUBJECT_STEP &&
        one->number == self->n_steps + 1)
      take_back (self, self->scratch, one->part);
  }
}
