/* nn-probes.c - the inputs at which a network's activations are shown
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-probes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nn/kernels/nn-kernels.h"
#include "nn/tensor/nn-grad-mode.h"

#define LINE_PROBES  33 /* points of a neuron's graph over the one feature */
#define BATCH_PROBES 16 /* examples shown where there are more than two features */

#define MOST_SORTED 1024 /* examples that these are chosen of */

/* Of a plane: so many products may be computed for one frame. */
#define MOST_SIDE     32
#define LEAST_SIDE    8
#define MOST_PRODUCTS 16e6

/* Around the examples of a plane, as a share of their range. */
#define MARGIN 0.1f

struct _NnProbes {
  NnProbesShape shape;
  NnTensor *inputs; /* (owned) (features, columns) */
};

/* Finds what @feature is shown from and to: its range, if its source has one. */
static void
find_range (const NnDataset *dataset,
            NnDataSource source,
            gsize feature,
            float *low,
            float *high)
{
  const NnDataKind *kind = nn_data_source_get_kind (source);
  g_autofree float *inputs = g_new (float, dataset->n_features);

  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < dataset->n_examples; i++) {
    nn_dataset_read_inputs (dataset, i, inputs);
    *low = MIN (*low, inputs[feature]);
    *high = MAX (*high, inputs[feature]);
  }
  if (kind->least_feature < kind->most_feature) {
    *low = kind->least_feature;
    *high = kind->most_feature;
  }
}

/* The @index-th of @n points from one end to the other. */
static float
get_point (const NnProbesShape *shape, gsize feature, gsize index, gsize n)
{
  return shape->low[feature] +
         (shape->high[feature] - shape->low[feature]) * (float) index / (float) (n - 1);
}

static void
init_line (NnProbesShape *shape, const NnDataset *dataset, NnDataSource source)
{
  shape->kind = NN_PROBES_LINE;
  shape->n = LINE_PROBES;
  find_range (dataset, source, 0, &shape->low[0], &shape->high[0]);
}

static void
init_plane (NnProbesShape *shape,
            const NnDataset *dataset,
            NnDataSource source,
            const NnArchitecture *architecture,
            const NnPlaneChoice *plane)
{
  const double side = sqrt (MOST_PRODUCTS / (double) architecture->n_values);

  shape->kind = NN_PROBES_PLANE;
  shape->feature[0] = plane ? plane->feature[0] : 0;
  shape->feature[1] = plane ? plane->feature[1] : 1;
  shape->example = plane ? plane->example : 0;
  shape->side = (gsize) CLAMP (side, LEAST_SIDE, MOST_SIDE);
  shape->n = shape->side * shape->side;
  for (gsize i = 0; i < 2; i++) {
    float margin;

    find_range (dataset, source, shape->feature[i], &shape->low[i], &shape->high[i]);
    margin = MARGIN * (shape->high[i] - shape->low[i]);
    if (margin == 0) /* one value: shown in the middle */
      margin = 1;
    shape->low[i] -= margin;
    shape->high[i] += margin;
  }
}

/* ---- the numbers ------------------------------------------------------------------- */

/* Behind the last point it is repeated, up to @n_columns. */
static void
fill_line (const NnProbesShape *shape, float *inputs, gsize n_columns)
{
  for (gsize c = 0; c < n_columns; c++)
    inputs[c] = get_point (shape, 0, MIN (c, shape->n - 1), shape->n);
}

/**
 * nn_probes_fill_plane:
 * @shape: of a plane
 * @from: the first point
 * @inputs: (features, columns) out: that point and those after it; behind the last one it
 *   is repeated
 */
void
nn_probes_fill_plane (const NnProbesShape *shape,
                      const NnDataset *dataset,
                      gsize from,
                      NnTensor *inputs)
{
  const gsize n_columns = nn_tensor_get_shape (inputs)[1];
  float *values = nn_tensor_write (inputs, NULL);
  g_autofree float *held = g_new (float, dataset->n_features);

  nn_dataset_read_inputs (dataset, shape->example, held);
  for (gsize i = 0; i < dataset->n_features; i++)
    for (gsize c = 0; c < n_columns; c++)
      values[i * n_columns + c] = held[i];
  for (gsize c = 0; c < n_columns; c++) {
    const gsize point = MIN (from + c, shape->n - 1);
    const gsize row = point / shape->side;

    values[shape->feature[0] * n_columns + c] =
        get_point (shape, 0, point % shape->side, shape->side);
    values[shape->feature[1] * n_columns + c] =
        get_point (shape, 1, shape->side - 1 - row, shape->side);
  }
}

typedef struct {
  float target;
  gsize row;
} Sorted;

/* Equal ones as they come, since sorting may put them into any order. */
static int
compare (const void *a, const void *b)
{
  const Sorted *one = a;
  const Sorted *other = b;

  if (one->target < other->target || one->target > other->target)
    return one->target < other->target ? -1 : 1;
  return one->row < other->row ? -1 : one->row > other->row;
}

/* @rows: (n) out: examples from the whole range of the first target, in its order */
static void
choose_examples (const NnDataset *dataset, gsize *rows, gsize n)
{
  const gsize n_sorted = MIN (dataset->n_training, MOST_SORTED);
  g_autofree Sorted *sorted = g_new (Sorted, n_sorted);

  for (gsize i = 0; i < n_sorted; i++) {
    sorted[i].row = i * dataset->n_training / n_sorted;
    sorted[i].target =
        dataset->n_targets > 0 ? *nn_dataset_get_targets (dataset, sorted[i].row) : 0;
  }
  qsort (sorted, n_sorted, sizeof *sorted, compare);
  for (gsize i = 0; i < n; i++)
    rows[i] = sorted[(2 * i + 1) * n_sorted / (2 * n)].row;
}

static gboolean
fits (const NnPlaneChoice *plane, const NnDataset *dataset)
{
  return plane->any && plane->feature[0] < dataset->n_features &&
         plane->feature[1] < dataset->n_features &&
         plane->feature[0] != plane->feature[1] && plane->example < dataset->n_examples;
}

/**
 * nn_probes_new:
 * @dataset: not read after this
 * @source: where it came from
 * @architecture: of the network, which the number of probes depends on
 * @plane: of more than two features; what the data do not have is none
 */
NnProbes *
nn_probes_new (const NnDataset *dataset,
               NnDataSource source,
               const NnArchitecture *architecture,
               const NnPlaneChoice *plane)
{
  const gsize n_features = dataset->n_features;
  NnProbes *self = g_new0 (NnProbes, 1);
  NnProbesShape *shape = &self->shape;
  gsize n_columns;
  float *inputs;

  if (n_features == 1)
    init_line (shape, dataset, source);
  else if (n_features == 2)
    init_plane (shape, dataset, source, architecture, NULL);
  else if (fits (plane, dataset))
    init_plane (shape, dataset, source, architecture, plane);
  else
    shape->n = MIN (dataset->n_training, BATCH_PROBES);
  n_columns = nn_kernels_get_columns (shape->n);
  self->inputs = nn_tensor_new (2, (const gsize[]){ n_features, n_columns });
  inputs = nn_tensor_write (self->inputs, NULL);
  if (shape->kind == NN_PROBES_LINE) {
    fill_line (shape, inputs, n_columns);
  } else if (shape->kind == NN_PROBES_PLANE) {
    nn_probes_fill_plane (shape, dataset, 0, self->inputs);
  } else {
    gsize rows[BATCH_PROBES];

    choose_examples (dataset, rows, shape->n);
    nn_dataset_read_input_columns (dataset, rows, shape->n, n_columns, inputs);
  }
  return self;
}

void
nn_probes_free (NnProbes *self)
{
  nn_tensor_unref (self->inputs);
  g_free (self);
}

const NnProbesShape *
nn_probes_get_shape (const NnProbes *self)
{
  return &self->shape;
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

    for (gsize u = 0; u < n_units; u++, row += self->shape.n)
      memcpy (row, values + u * n_columns, self->shape.n * sizeof (float));
  }
}
