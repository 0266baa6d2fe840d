/* nn-sample.c - the activations of one input
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-sample.h"

#include "nn/run/nn-evaluate.h"

static gboolean
fits (const NnSampleChoice *choice, const NnDataset *dataset)
{
  if (!choice->any || choice->example >= dataset->n_examples ||
      choice->n_free > NN_SAMPLE_FREE)
    return FALSE;
  for (gsize i = 0; i < choice->n_free; i++)
    if (choice->feature[i] >= dataset->n_features)
      return FALSE;
  return TRUE;
}

/**
 * nn_sample_new:
 * @trainer: between steps; the results of its step before stay where they are
 *
 * Returns: (nullable): %NULL if the data have no such example
 */
NnSample *
nn_sample_new (NnTrainer *trainer, const NnSampleChoice *choice)
{
  const NnDataset *dataset = nn_trainer_get_dataset (trainer);
  const NnArchitecture *architecture =
      nn_network_get_architecture (nn_trainer_get_network (trainer));
  g_autofree NnTensor **layers = NULL;
  g_autoptr (NnBatch) batch = NULL;
  NnSample *self;

  if (!fits (choice, dataset))
    return NULL;
  batch = nn_batch_new_of (dataset, choice->example, 1);
  for (gsize i = 0; i < choice->n_free; i++)
    nn_tensor_write (batch->inputs,
                     NULL)[choice->feature[i] * nn_tensor_get_shape (batch->inputs)[1]] =
        choice->value[i];
  self = g_new0 (NnSample, 1);
  self->choice = *choice;
  self->units = g_new (float, architecture->n_units);
  layers = g_new (NnTensor *, architecture->n_layers + 1);
  layers[0] = batch->inputs;
  self->loss =
      nn_trainer_evaluate_batch (trainer, batch, choice->n_free == 0, layers + 1);
  nn_evaluate_read_units (layers, architecture->n_layers + 1, self->units);
  return self;
}

void
nn_sample_free (NnSample *self)
{
  g_free (self->units);
  g_free (self);
}

/**
 * nn_sample_get_contributions:
 * @values: (n_values) the parameters
 * @contributions: (n_values) out: what each weight, times what comes into it, and each
 *   bias adds to its unit's sum
 */
void
nn_sample_get_contributions (const NnSample *self,
                             const NnArchitecture *architecture,
                             const float *values,
                             float *contributions)
{
  const float *units = self->units;

  for (gsize k = 0; k < architecture->n_layers; k++) {
    const NnLayerShape *layer = &architecture->layers[k];
    const gsize weight = architecture->parameters[layer->weight].offset;

    for (gsize i = 0; i < layer->n_units; i++)
      for (gsize j = 0; j < layer->n_inputs; j++) {
        const gsize at = weight + i * layer->n_inputs + j;

        contributions[at] = values[at] * units[j];
      }
    if (layer->has_bias) {
      const gsize bias = architecture->parameters[layer->bias].offset;

      for (gsize i = 0; i < layer->n_units; i++)
        contributions[bias + i] = values[bias + i];
    }
    units += layer->n_inputs;
  }
}
