/* nn-layer-measures.c - norms of a layer's weights, gradients and updates; dead units
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-layer-measures.h"

#include <math.h>

#include "nn/run/nn-quantity.h"
#include "nn/tensor/nn-grad-mode.h"

struct _NnLayerMeasures {
  NnTape *tape;       /* (owned) */
  NnDataset *dataset; /* (owned) (nullable) that batch is of */
  NnBatch *batch;     /* (owned) (nullable) the examples that go through the network */
};

/**
 * nn_measure_get_name:
 *
 * Returns: (transfer none): its name in a file: "weight_norm"
 */
const char *
nn_measure_get_name (NnMeasure measure)
{
  static const char *const names[NN_N_MEASURES] = {
    [NN_MEASURE_WEIGHT] = "weight_norm",
    [NN_MEASURE_GRADIENT] = "gradient_norm",
    [NN_MEASURE_UPDATE] = "update_over_weight",
    [NN_MEASURE_DEAD] = "dead_units",
  };

  g_return_val_if_fail (measure < NN_N_MEASURES, NULL);

  return names[measure];
}

NnLayerMeasures *
nn_layer_measures_new (void)
{
  NnLayerMeasures *self = g_new0 (NnLayerMeasures, 1);

  self->tape = nn_tape_new (NN_GUARD_OFF);
  return self;
}

static void
forget_batch (NnLayerMeasures *self)
{
  nn_tape_rewind (self->tape);
  g_clear_pointer (&self->batch, nn_batch_free);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
}

void
nn_layer_measures_free (NnLayerMeasures *self)
{
  forget_batch (self);
  nn_tape_free (self->tape);
  g_free (self);
}

/* ---- norms ------------------------------------------------------------------------- */

/* Values that are read at once. */
#define BLOCK 1024

/* Returns: the sum of squares of one parameter; NAN if any of them is not known */
static double
sum_squares (const NnTrainer *trainer,
             NnQuantity quantity,
             const NnParameterShape *parameter)
{
  float numbers[BLOCK];
  double sum = 0;

  for (gsize i = 0; i < parameter->n_values; i += BLOCK) {
    const gsize n = MIN (BLOCK, parameter->n_values - i);

    nn_quantity_read (quantity, trainer, parameter->offset + i, n, numbers);
    for (gsize k = 0; k < n; k++)
      sum += (double) numbers[k] * (double) numbers[k];
  }
  return sum;
}

static float
get_norm (const NnTrainer *trainer, NnQuantity quantity, const NnLayerShape *layer)
{
  const NnArchitecture *architecture =
      nn_network_get_architecture (nn_trainer_get_network (trainer));
  double sum = sum_squares (trainer, quantity, &architecture->parameters[layer->weight]);

  if (layer->has_bias)
    sum += sum_squares (trainer, quantity, &architecture->parameters[layer->bias]);
  return (float) sqrt (sum);
}

/* ---- dead units -------------------------------------------------------------------- */

/* @outputs: [units, columns]; the examples are the first columns */
static float
get_dead_share (const NnTensor *outputs, gsize n_examples)
{
  const float *values = nn_tensor_get_values (outputs);
  const gsize n_units = nn_tensor_get_shape (outputs)[0];
  const gsize n_columns = nn_tensor_get_shape (outputs)[1];
  gsize n_dead = 0;

  for (gsize u = 0; u < n_units; u++) {
    gsize i = 0;

    while (i < n_examples && values[u * n_columns + i] == 0)
      i++;
    n_dead += i == n_examples;
  }
  return (float) n_dead / (float) n_units;
}

static void
find_dead (NnLayerMeasures *self, NnTrainer *trainer, float *measures)
{
  NnNetwork *network = nn_trainer_get_network (trainer);
  const gsize n_layers = nn_network_get_architecture (network)->n_layers;
  NnDataset *dataset = nn_trainer_get_dataset (trainer);
  g_autofree NnTensor **outputs = g_new (NnTensor *, n_layers);

  NN_NO_GRAD_FUNCTION ();
  if (self->dataset != dataset) {
    forget_batch (self);
    self->dataset = nn_dataset_ref (dataset);
    self->batch = nn_batch_new_training (dataset, NN_MEASURES_EXAMPLES);
  }
  nn_tape_rewind (self->tape);
  nn_network_forward (network, self->tape, self->batch->inputs, outputs);
  for (gsize i = 0; i < n_layers; i++)
    measures[i * NN_N_MEASURES + NN_MEASURE_DEAD] =
        get_dead_share (outputs[i], self->batch->n_examples);
}

/**
 * nn_layer_measures_compute:
 * @trainer: between steps; updates are known only with nn_trainer_keep_change ()
 * @measures: [n_layers][NN_N_MEASURES] out
 */
void
nn_layer_measures_compute (NnLayerMeasures *self, NnTrainer *trainer, float *measures)
{
  const NnArchitecture *architecture =
      nn_network_get_architecture (nn_trainer_get_network (trainer));

  for (gsize i = 0; i < architecture->n_layers; i++) {
    const NnLayerShape *layer = &architecture->layers[i];
    float *row = measures + i * NN_N_MEASURES;

    row[NN_MEASURE_WEIGHT] = get_norm (trainer, NN_QUANTITY_VALUE, layer);
    row[NN_MEASURE_GRADIENT] = get_norm (trainer, NN_QUANTITY_GRADIENT, layer);
    row[NN_MEASURE_UPDATE] =
        get_norm (trainer, NN_QUANTITY_OPTIMIZER_CHANGE, layer) / row[NN_MEASURE_WEIGHT];
  }
  find_dead (self, trainer, measures);
}

/* ---- histograms -------------------------------------------------------------------- */

static void
include (NnHistogram *self, const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    self->low = MIN (self->low, values[i]);
    self->high = MAX (self->high, values[i]);
  }
}

static void
count (const NnHistogram *self, const float *values, gsize n, guint *bins)
{
  const double width = ((double) self->high - (double) self->low) / NN_HISTOGRAM_BINS;

  for (gsize i = 0; i < n; i++) {
    const double at = width > 0 ? ((double) values[i] - (double) self->low) / width : 0;

    bins[MIN ((gsize) at, NN_HISTOGRAM_BINS - 1)]++;
  }
}

/**
 * nn_histogram_compute:
 * @trainer: between steps
 */
void
nn_histogram_compute (NnHistogram *self, const NnTrainer *trainer, gsize layer)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const NnParameterShape *weight =
      &architecture->parameters[architecture->layers[layer].weight];
  const float *now = nn_network_get_values (network) + weight->offset;
  const float *start =
      (const float *) g_bytes_get_data (nn_trainer_get_initial (trainer), NULL) +
      weight->offset;

  *self = (NnHistogram){ .low = now[0], .high = now[0] };
  include (self, now, weight->n_values);
  include (self, start, weight->n_values);
  count (self, now, weight->n_values, self->now);
  count (self, start, weight->n_values, self->start);
}
