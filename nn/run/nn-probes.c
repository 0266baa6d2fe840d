/* nn-probes.c - the inputs at which a network's activations are shown
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-probes.h"

#include <string.h>

#include "nn/kernels/nn-kernels.h"
#include "nn/tensor/nn-grad-mode.h"

#define LINE_PROBES  33 /* points of a neuron's graph over the one feature */
#define BATCH_PROBES 16 /* examples shown where there is more than one feature */

struct _NnProbes {
  gsize n;
  NnTensor *inputs; /* (owned) (features, columns) */
};

/* Where the one feature is shown. */
static void
find_range (const NnDataset *dataset, NnDataSource source, float *low, float *high)
{
  const NnDataKind *kind = nn_data_source_get_kind (source);

  nn_dataset_read_inputs (dataset, 0, low);
  *high = *low;
  for (gsize i = 0; i < dataset->n_examples; i++) {
    float value;

    nn_dataset_read_inputs (dataset, i, &value);
    *low = MIN (*low, value);
    *high = MAX (*high, value);
  }
  if (kind->least_feature < kind->most_feature) {
    *low = kind->least_feature;
    *high = kind->most_feature;
  }
}

/* @inputs: (1, n_columns) out: points of the one feature's range */
static void
fill_line (const NnDataset *dataset, NnDataSource source, float *inputs, gsize n_columns)
{
  float low, high;

  find_range (dataset, source, &low, &high);
  for (gsize c = 0; c < n_columns; c++)
    inputs[c] =
        low + (high - low) * (float) MIN (c, LINE_PROBES - 1) / (float) (LINE_PROBES - 1);
}

/**
 * nn_probes_new:
 * @dataset: not read after this
 * @source: where it came from
 */
NnProbes *
nn_probes_new (const NnDataset *dataset, NnDataSource source)
{
  const gsize n_features = dataset->n_features;
  const gboolean line = n_features == 1;
  const gsize n = line ? LINE_PROBES : MIN (dataset->n_training, BATCH_PROBES);
  const gsize n_columns = nn_kernels_get_columns (n);
  NnProbes *self = g_new (NnProbes, 1);
  float *inputs;

  self->n = n;
  self->inputs = nn_tensor_new (2, (const gsize[]){ n_features, n_columns });
  inputs = nn_tensor_write (self->inputs, NULL);
  if (line) {
    fill_line (dataset, source, inputs, n_columns);
  } else {
    gsize rows[BATCH_PROBES];

    for (gsize i = 0; i < n; i++)
      rows[i] = i;
    nn_dataset_read_input_columns (dataset, rows, n, n_columns, inputs);
  }
  return self;
}

void
nn_probes_free (NnProbes *self)
{
  nn_tensor_unref (self->inputs);
  g_free (self);
}

gsize
nn_probes_get_n (const NnProbes *self)
{
  return self->n;
}

/**
 * nn_probes_compute_activations:
 * @tape: rewound first
 * @activations: [n_units][n] out: the features first, then each layer's outputs
 *
 * Feeds the probes through @network. On the tape, each is (units, columns).
 */
void
nn_probes_compute_activations (const NnProbes *self,
                               NnNetwork *network,
                               NnTape *tape,
                               float *activations)
{
  const gsize n_layers = nn_network_get_architecture (network)->n_layers;
  g_autofree NnTensor **layers = g_new (NnTensor *, n_layers + 1);
  float *row = activations;

  NN_NO_GRAD_FUNCTION ();
  nn_tape_rewind (tape);
  layers[0] = self->inputs;
  nn_network_forward (network, tape, self->inputs, layers + 1);
  for (gsize k = 0; k <= n_layers; k++) {
    const float *values = nn_tensor_get_values (layers[k]);
    const gsize n_units = nn_tensor_get_shape (layers[k])[0];
    const gsize n_columns = nn_tensor_get_shape (layers[k])[1];

    for (gsize u = 0; u < n_units; u++, row += self->n)
      memcpy (row, values + u * n_columns, self->n * sizeof (float));
  }
}
