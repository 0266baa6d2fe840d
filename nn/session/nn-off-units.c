/* nn-off-units.c - which ReLU units are off for every example
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-off-units.h"

/* Limits, in multiplications: for a frame of a running run, and of a paused one. */
#define MOST_RUNNING 2e5
#define MOST_PAUSED  5e7

static gboolean
is_zero (const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (values[i] != 0)
      return FALSE;
  return TRUE;
}

/* Whether a ReLU unit is 0 for all probes. */
static gboolean
has_candidates (const NnFrame *self)
{
  const NnArchitecture *architecture = self->architecture;
  gsize row = architecture->n_features;

  for (gsize k = 0; self->probes.n > 0 && k < architecture->n_layers; k++)
    for (gsize i = 0; i < architecture->layers[k].n_units; i++, row++)
      if (architecture->layers[k].activation == NN_ACTIVATION_RELU &&
          is_zero (self->activations + row * self->probes.n, self->probes.n))
        return TRUE;
  return FALSE;
}

/**
 * nn_frame_find_off_units:
 * @self: of @trainer as it is now
 *
 * Sets for each ReLU unit whether it is 0 for every training example, unless that would
 * take too long.
 */
void
nn_frame_find_off_units (NnFrame *self, NnTrainer *trainer, gboolean running)
{
  const NnArchitecture *architecture = self->architecture;
  const NnDataset *dataset = nn_trainer_get_dataset (trainer);
  const double cost = (double) dataset->n_training * (double) architecture->n_values;
  g_autofree NnTensor **layers = NULL;
  g_autoptr (NnBatch) batch = NULL;
  gsize row = architecture->n_features;

  if (cost > (running ? MOST_RUNNING : MOST_PAUSED) || !has_candidates (self))
    return;
  batch = nn_batch_new_of (dataset, 0, dataset->n_training);
  layers = g_new (NnTensor *, architecture->n_layers);
  nn_trainer_evaluate_batch (trainer, batch, FALSE, layers);
  self->off = g_new0 (gboolean, architecture->n_units);
  for (gsize k = 0; k < architecture->n_layers; k++) {
    const float *values = nn_tensor_get_values (layers[k]);
    const gsize n_columns = nn_tensor_get_shape (layers[k])[1];

    for (gsize i = 0; i < architecture->layers[k].n_units; i++, row++)
      self->off[row] = architecture->layers[k].activation == NN_ACTIVATION_RELU &&
                       is_zero (values + i * n_columns, dataset->n_training);
  }
}
