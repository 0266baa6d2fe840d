/* nn-dataset.c - the examples of a run, split into training and validation
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-dataset.h"

#include <math.h>
#include <string.h>

/* Columns written at once, so that whole cache lines are. */
#define BLOCK 16

static gsize
get_table_row (const NnDataset *self, gsize row)
{
  return self->order != NULL ? self->order[row] : row;
}

static void
hold_out (NnDataset *self, double fraction, NnRandom *random)
{
  const gsize n = self->n_examples;
  const gsize n_held = (gsize) floor ((double) n * fraction + 0.5);
  g_autofree gsize *order = g_new (gsize, n);

  nn_random_fill_permutation (random, order, n);
  self->order = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    self->order[i] = (guint32) order[i];
  self->n_training = n_held < n ? n - n_held : 1;
}

/* Sums over the training part, without missing values that are not filled in.
 * @centers: (nullable) (n_features): NULL for zeros
 * @sums: (out) (n_features): Σ (x − center), or Σ (x − center)²
 * @counts: (out) (n_features): of how many values */
static void
sum_powers (const NnDataset *self,
            const double *centers,
            gboolean squared,
            double *sums,
            gsize *counts)
{
  const gsize n = self->n_features;

  memset (sums, 0, n * sizeof *sums);
  memset (counts, 0, n * sizeof *counts);
  for (gsize i = 0; i < self->n_training; i++) {
    const float *row = self->table->inputs + get_table_row (self, i) * n;

    for (gsize f = 0; f < n; f++) {
      const float value = self->fills != NULL && isnan (row[f]) ? self->fills[f] : row[f];
      const double difference = (double) value - (centers != NULL ? centers[f] : 0);

      if (isnan (value))
        continue;
      sums[f] += squared ? difference * difference : difference;
      counts[f]++;
    }
  }
}

/* Returns: (transfer full): (n_features) the means of the values that are not missing; 0
 *   for a column without any */
static double *
dup_means (const NnDataset *self)
{
  const gsize n = self->n_features;
  double *means = g_new (double, n);
  g_autofree gsize *counts = g_new (gsize, n);

  sum_powers (self, NULL, FALSE, means, counts);
  for (gsize f = 0; f < n; f++)
    means[f] /= (double) MAX (counts[f], 1);
  return means;
}

static float *
dup_floats (const double *values, gsize n)
{
  float *floats = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    floats[i] = (float) values[i];
  return floats;
}

/* torch.mean and torch.std (which divides by n − 1) of each column. A constant column is
 * only centered. */
static void
standardise (NnDataset *self)
{
  const gsize n = self->n_features;
  g_autofree double *means = dup_means (self);
  g_autofree double *squares = g_new (double, n);
  g_autofree gsize *counts = g_new (gsize, n);

  sum_powers (self, means, TRUE, squares, counts);
  self->means = dup_floats (means, n);
  self->deviations = g_new (float, n);
  for (gsize f = 0; f < n; f++) {
    const float deviation =
        counts[f] > 1 ? (float) sqrt (squares[f] / (double) (counts[f] - 1)) : 0;

    self->deviations[f] = deviation > 0 && isfinite (deviation) ? deviation : 1;
  }
}

static void
find_scales (NnDataset *self, const NnDataSpec *spec)
{
  if (nn_data_source_get_kind (spec->source)->load == NULL)
    return;
  if (spec->missing == NN_MISSING_MEAN) {
    g_autofree double *means = dup_means (self);

    self->fills = dup_floats (means, self->n_features);
  }
  if (spec->standardise)
    standardise (self);
}

/* Returns: (transfer full): the spec's table, or one that the generator fills */
static NnTable *
make_table (const NnDataSpec *spec, NnRandom *random)
{
  const NnDataKind *kind = nn_data_source_get_kind (spec->source);
  NnTable *table;

  if (kind->is_table)
    return nn_table_ref (spec->table);
  table = nn_table_new (spec->n_examples, nn_data_spec_get_n_features (spec),
                        kind->n_targets);
  table->targets_are = kind->n_classes > 0 ? NN_TARGETS_EITHER : NN_TARGETS_NUMBERS;
  kind->fill (spec, random, table->inputs, table->targets);
  return table;
}

/**
 * nn_dataset_new:
 * @spec: one that nn_data_spec_check () accepts
 * @random: for a generator's numbers, and then, if examples are held out, for a random
 *   permutation of the rows; not used for a table without validation
 *
 * At least one row is left for training, whatever the fraction.
 *
 * Returns: (transfer full)
 */
NnDataset *
nn_dataset_new (const NnDataSpec *spec, NnRandom *random)
{
  NnDataset *self;

  g_return_val_if_fail (nn_data_spec_check (spec, NULL), NULL);

  self = g_atomic_rc_box_new0 (NnDataset);
  self->table = make_table (spec, random);
  self->n_examples = self->table->n_examples;
  self->n_training = self->n_examples;
  self->n_features = self->table->n_features;
  self->n_targets = self->table->n_targets;
  self->n_classes = nn_data_spec_get_n_classes (spec);
  if (spec->validation > 0)
    hold_out (self, spec->validation, random);
  find_scales (self, spec);
  return self;
}

NnDataset *
nn_dataset_ref (NnDataset *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnDataset *self = data;

  nn_table_unref (self->table);
  g_free (self->order);
  g_free (self->fills);
  g_free (self->means);
  g_free (self->deviations);
}

void
nn_dataset_unref (NnDataset *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* Fills in missing values and standardises.
 * @inputs: (inout) (n_rows): of feature @f */
static void
scale_inputs (const NnDataset *self, gsize f, float *inputs, gsize n_rows)
{
  if (self->fills != NULL)
    for (gsize i = 0; i < n_rows; i++)
      inputs[i] = isnan (inputs[i]) ? self->fills[f] : inputs[i];
  if (self->means != NULL)
    for (gsize i = 0; i < n_rows; i++)
      inputs[i] = (inputs[i] - self->means[f]) / self->deviations[f];
}

static gboolean
are_equal (gconstpointer a, gconstpointer b, gsize n_bytes)
{
  return a && b ? memcmp (a, b, n_bytes) == 0 : a == b;
}

/**
 * nn_dataset_is_equal:
 *
 * Returns: whether @other has the same split and the same rows, to the bit
 */
gboolean
nn_dataset_is_equal (const NnDataset *self, const NnDataset *other)
{
  const gsize row = self->n_features * sizeof (float);

  return nn_table_is_equal (self->table, other->table) &&
         self->n_training == other->n_training && self->n_classes == other->n_classes &&
         are_equal (self->order, other->order, self->n_examples * sizeof *self->order) &&
         are_equal (self->fills, other->fills, row) &&
         are_equal (self->means, other->means, row) &&
         are_equal (self->deviations, other->deviations, row);
}

/**
 * nn_dataset_read_inputs:
 * @inputs: (out) (n_features)
 */
void
nn_dataset_read_inputs (const NnDataset *self, gsize row, float *inputs)
{
  nn_dataset_read_input_columns (self, &row, 1, 1, inputs);
}

/**
 * nn_dataset_get_targets:
 *
 * @self: with n_targets > 0
 *
 * Returns: (transfer none): (n_targets)
 */
const float *
nn_dataset_get_targets (const NnDataset *self, gsize row)
{
  return self->table->targets + get_table_row (self, row) * self->n_targets;
}

/* Transposes rows of @table to columns. Columns after the last row's repeat it, so that
 * the padding is finite.
 * @columns: (out) (width, n_columns) */
static void
read_columns (const NnDataset *self,
              const float *table,
              gsize width,
              const gsize *rows,
              gsize n_rows,
              gsize n_columns,
              float *columns)
{
  for (gsize first = 0; first < n_columns; first += BLOCK) {
    const gsize n_here = MIN (n_columns - first, BLOCK);
    const float *from[BLOCK];

    for (gsize c = 0; c < n_here; c++)
      from[c] = table + get_table_row (self, rows[MIN (first + c, n_rows - 1)]) * width;
    for (gsize r = 0; r < width; r++)
      for (gsize c = 0; c < n_here; c++)
        columns[r * n_columns + first + c] = from[c][r];
  }
}

/**
 * nn_dataset_read_input_columns:
 * @rows: (array length=n_rows): at least one
 * @n_columns: at least @n_rows
 * @inputs: (out) (n_features, n_columns): one example per column; the padding after them
 *   repeats the last one
 */
void
nn_dataset_read_input_columns (const NnDataset *self,
                               const gsize *rows,
                               gsize n_rows,
                               gsize n_columns,
                               float *inputs)
{
  const gsize n = self->n_features;

  read_columns (self, self->table->inputs, n, rows, n_rows, n_columns, inputs);
  for (gsize f = 0; f < n; f++)
    scale_inputs (self, f, inputs + f * n_columns, n_columns);
}

/**
 * nn_dataset_read_target_columns:
 * @targets: (out) (n_targets, n_columns): like the inputs of
 *   nn_dataset_read_input_columns ()
 */
void
nn_dataset_read_target_columns (const NnDataset *self,
                                const gsize *rows,
                                gsize n_rows,
                                gsize n_columns,
                                float *targets)
{
  read_columns (self, self->table->targets, self->n_targets, rows, n_rows, n_columns,
                targets);
}
