/* nn-trainer-evaluate.c - losses and activations, computed without changing the run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include <math.h>

#include "nn/kernels/nn-flush.h"
#include "nn/run/nn-evaluate.h"
#include "nn/tensor/nn-grad-mode.h"

static float
evaluate (NnTrainer *self, const NnBatch *batch)
{
  return nn_evaluate (self->network, &self->experiment->loss, self->evaluate_tape, batch);
}

/**
 * nn_trainer_evaluate:
 *
 * Between steps.
 *
 * Returns: the loss of the present weights on the next step's batch, just as its
 *   forward pass will compute it; recorded nowhere
 */
float
nn_trainer_evaluate (NnTrainer *self)
{
  const NnBatch *batch = nn_batches_begin (self->batches, self->random);
  double sum = 0;

  if (!self->demands->every_example)
    return evaluate (self, batch);
  for (gsize i = 0; i < batch->n_examples; i++)
    sum += (double) evaluate (self, nn_batches_get_example (self->batches, i));
  return (float) (sum / (double) batch->n_examples);
}

/**
 * nn_trainer_evaluate_input:
 *
 * Within a step, after its forward pass.
 *
 * Returns: the loss of the present weights on what that pass was given
 */
float
nn_trainer_evaluate_input (NnTrainer *self)
{
  return evaluate (self, self->input);
}

/**
 * nn_trainer_evaluate_held_out:
 *
 * Returns: the loss of the present weights on the examples that are not trained on;
 *   NAN if there are none
 */
float
nn_trainer_evaluate_held_out (NnTrainer *self)
{
  return self->held_out ? evaluate (self, self->held_out) : NAN;
}

static NnScore
score_whole (NnTrainer *self)
{
  NnScore score = { .step = self->n_steps };

  score.loss =
      nn_evaluate_training (self->network, &self->experiment->loss, self->dataset,
                            self->experiment->batch_size, &score.accuracy);
  return score;
}

/**
 * nn_trainer_evaluate_training:
 *
 * Between steps.
 *
 * Returns: the loss of the present weights on all examples that are trained on, as
 *   nn_evaluate_training (): a number that does not depend on which batch comes next
 */
float
nn_trainer_evaluate_training (NnTrainer *self)
{
  return score_whole (self).loss;
}

static NnScore
score_batch (NnTrainer *self, const NnBatch *batch)
{
  NnScore score = { .step = self->n_steps };

  score.loss = nn_evaluate_with_accuracy (self->network, &self->experiment->loss,
                                          self->evaluate_tape, batch, &score.accuracy);
  return score;
}

/**
 * nn_trainer_score:
 * @score: (out): loss and accuracy of the present weights on the examples of @kind
 *
 * Between steps. It is recorded nowhere. Without classes there is no NN_SCORE_TRAINING:
 * the steps' own losses say the same.
 *
 * Returns: FALSE if there is none
 */
gboolean
nn_trainer_score (NnTrainer *self, NnScoreKind kind, NnScore *score)
{
  switch (kind) {
  case NN_SCORE_HELD_OUT:
    if (self->held_out == NULL)
      return FALSE;
    *score = score_batch (self, self->held_out);
    return TRUE;
  case NN_SCORE_TRAINING:
    if (!nn_loss_has_accuracy (self->experiment->loss.type))
      return FALSE;
    if (self->scored == NULL)
      self->scored = nn_batch_new_training (self->dataset, NN_SCORES_EXAMPLES);
    *score = score_batch (self, self->scored);
    return TRUE;
  default:
    *score = score_whole (self);
    return TRUE;
  }
}

/**
 * nn_trainer_evaluate_batch:
 * @has_targets: whether @batch's targets count
 * @layers: (array) out: each layer's outputs, (units, columns), until the next evaluation
 *
 * Returns: the loss of the present weights on @batch; NAN if it needs targets that
 *   @batch lacks
 */
double
nn_trainer_evaluate_batch (NnTrainer *self,
                           const NnBatch *batch,
                           gboolean has_targets,
                           NnTensor **layers)
{
  const NnLoss *loss = &self->experiment->loss;
  NnTensor *out;

  NN_NO_GRAD_FUNCTION ();
  NN_FLUSH_SUBNORMALS_FUNCTION ();
  nn_tape_rewind (self->evaluate_tape);
  out = nn_network_forward (self->network, self->evaluate_tape, batch->inputs, layers);
  if (!has_targets && nn_loss_takes_targets (loss->type))
    return NAN;
  return (double) *nn_tensor_get_values (nn_loss_forward (
      loss, self->evaluate_tape, out, batch->targets, batch->n_examples));
}

/**
 * nn_trainer_get_next_batch:
 * @fixed: (out): it stays as it is; otherwise its tensors hold another batch, after the
 *   next step
 *
 * Between steps.
 *
 * Returns: (transfer none): what the next step trains on
 */
const NnBatch *
nn_trainer_get_next_batch (NnTrainer *self, gboolean *fixed)
{
  *fixed = nn_batches_are_packed (self->batches);
  return nn_batches_begin (self->batches, self->random);
}

/**
 * nn_trainer_get_number_in_next_batch:
 * @index: within the batch that nn_trainer_get_next_batch () has returned
 *
 * Returns: as nn_batches_get_number ()
 */
gsize
nn_trainer_get_number_in_next_batch (const NnTrainer *self, gsize index)
{
  return nn_batches_get_number (self->batches, index);
}

/**
 * nn_trainer_get_batch:
 *
 * Within a step.
 *
 * Returns: (transfer none): what it trains on
 */
const NnBatch *
nn_trainer_get_batch (const NnTrainer *self)
{
  return self->batch;
}

/**
 * nn_trainer_walks_examples:
 *
 * Returns: whether the next step goes through its batch one example at a time
 */
gboolean
nn_trainer_walks_examples (const NnTrainer *self)
{
  return self->demands->every_example;
}

const NnProbes *
nn_trainer_get_probes (const NnTrainer *self)
{
  return self->probes;
}

/**
 * nn_trainer_compute_activations:
 * @activations: [n_units][n] out, as nn_probes_compute_activations ()
 *
 * Between steps. The previous step's results stay where they are.
 */
void
nn_trainer_compute_activations (NnTrainer *self, float *activations)
{
  nn_probes_compute_activations (self->probes, self->network, self->evaluate_tape,
                                 activations);
}

/**
 * nn_trainer_compute_example:
 * @units: (n_units) out: the features first, then each layer's outputs
 *
 * Within a step, right after its forward pass: what that computed for the first example
 * that it was given.
 */
void
nn_trainer_compute_example (NnTrainer *self, float *units)
{
  const NnArchitecture *architecture = self->experiment->architecture;
  g_autofree NnTensor **layers = g_new (NnTensor *, architecture->n_layers + 1);

  NN_NO_GRAD_FUNCTION ();
  nn_tape_rewind (self->evaluate_tape);
  layers[0] = self->input->inputs;
  nn_network_forward (self->network, self->evaluate_tape, layers[0], layers + 1);
  nn_evaluate_read_units (layers, architecture->n_layers + 1, units);
}
