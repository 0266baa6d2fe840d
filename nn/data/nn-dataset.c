/* nn-dataset.c - a table of examples, given or generated
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-dataset.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-names.h"
#include "nn/data/nn-generators.h"

#define MAX_EXAMPLES 10000000
#define MAX_COLUMNS  100000
#define MAX_NUMBERS  (G_GUINT64_CONSTANT (1) << 31) /* 8 GiB of them */
#define MAX_CLASS    65535
#define MAX_NOISE    1e6 /* far above any use; keeps every generated number finite */

static const char *const names[] = {
  [NN_DATA_UNIFORM] = "uniform", [NN_DATA_INLINE] = "inline", [NN_DATA_XOR] = "xor",
  [NN_DATA_CIRCLE] = "circle",   [NN_DATA_GAUSS] = "gauss",   [NN_DATA_SPIRAL] = "spiral",
  [NN_DATA_MOONS] = "moons",     [NN_DATA_PLANE] = "plane",   [NN_DATA_SINE] = "sine",
};
G_STATIC_ASSERT (G_N_ELEMENTS (names) == NN_N_DATA_SOURCES);

const char *
nn_data_source_get_name (NnDataSource source)
{
  g_return_val_if_fail (source < NN_N_DATA_SOURCES, NULL);
  return names[source];
}

/**
 * nn_data_source_find:
 * @source: out, unchanged on failure
 *
 * Returns: FALSE, with an error that lists the names there are, if @name is none
 */
gboolean
nn_data_source_find (const char *name, NnDataSource *source, GError **error)
{
  guint index;

  if (!nn_names_find (names, NN_N_DATA_SOURCES, "data source", name, &index, error))
    return FALSE;
  *source = index;
  return TRUE;
}

/**
 * nn_data_spec_copy:
 * @self: out; what it held is not freed
 *
 * A table is copied only while the source is inline: only then do the sizes speak of it.
 */
void
nn_data_spec_copy (NnDataSpec *self, const NnDataSpec *from)
{
  *self = *from;
  self->inputs = NULL;
  self->targets = NULL;
  if (from->source == NN_DATA_INLINE) {
    const gsize row = from->n_examples * sizeof (float);

    self->inputs = g_memdup2 (from->inputs, row * from->n_features);
    self->targets = g_memdup2 (from->targets, row * from->n_targets);
  }
}

void
nn_data_spec_clear (NnDataSpec *self)
{
  g_clear_pointer (&self->inputs, g_free);
  g_clear_pointer (&self->targets, g_free);
}

/**
 * nn_data_spec_get_n_features:
 *
 * Returns: how many numbers an example has
 */
gsize
nn_data_spec_get_n_features (const NnDataSpec *self)
{
  const NnGenerator *generator = nn_generator_get (self->source);

  return generator != NULL ? generator->n_features : self->n_features;
}

/**
 * nn_data_spec_get_n_targets:
 *
 * Returns: columns of targets; 0 for none
 */
gsize
nn_data_spec_get_n_targets (const NnDataSpec *self)
{
  const NnGenerator *generator = nn_generator_get (self->source);

  if (generator != NULL)
    return generator->n_targets;
  return self->source == NN_DATA_INLINE ? self->n_targets : 0;
}

/**
 * nn_data_spec_get_n_classes:
 * @self: has passed nn_data_spec_check ()
 *
 * Looks at every target of an inline table.
 *
 * Returns: one more than the largest class number; 0 if the targets are numbers
 */
gsize
nn_data_spec_get_n_classes (const NnDataSpec *self)
{
  const NnGenerator *generator = nn_generator_get (self->source);
  float largest = 0;

  if (generator != NULL)
    return generator->n_classes;
  if (self->source != NN_DATA_INLINE || !self->classes)
    return 0;
  for (gsize i = 0; i < self->n_examples; i++)
    largest = MAX (largest, self->targets[i]);
  return (gsize) largest + 1;
}

static gboolean
check_count (const char *key, gsize count, gsize most, GError **error)
{
  if (count >= 1 && count <= most)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               "data.%s is %" G_GSIZE_FORMAT ": it must be from 1 to %" G_GSIZE_FORMAT,
               key, count, most);
  return FALSE;
}

/* Writes the number with a point, whatever the locale. */
static gboolean
refuse (double number, const char *place, const char *remedy, GError **error)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "data.%s is %s: %s", place,
               g_ascii_formatd (text, sizeof text, "%.9g", number), remedy);
  return FALSE;
}

static gboolean
check_sizes (const NnDataSpec *self, GError **error)
{
  const gsize n_features = nn_data_spec_get_n_features (self);
  const gsize n_targets = nn_data_spec_get_n_targets (self);

  if (!check_count ("examples", self->n_examples, MAX_EXAMPLES, error) ||
      !check_count ("features", n_features, MAX_COLUMNS, error) ||
      (n_targets > 0 && !check_count ("targets", n_targets, MAX_COLUMNS, error)))
    return FALSE;
  if ((guint64) self->n_examples * (n_features + n_targets) > MAX_NUMBERS) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 "data has %" G_GSIZE_FORMAT " examples of %" G_GSIZE_FORMAT
                 " features and targets, more than %" G_GUINT64_FORMAT
                 " numbers: give fewer of either",
                 self->n_examples, n_features + n_targets, MAX_NUMBERS);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_table (const char *key,
             const float *values,
             gsize n_rows,
             gsize n_columns,
             GError **error)
{
  for (gsize i = 0; i < n_rows * n_columns; i++)
    if (!isfinite (values[i])) {
      g_autofree char *place =
          g_strdup_printf ("%s[%" G_GSIZE_FORMAT "][%" G_GSIZE_FORMAT "]", key,
                           i / n_columns, i % n_columns);

      return refuse ((double) values[i], place, "it must be a finite number", error);
    }
  return TRUE;
}

static gboolean
check_classes (const float *values, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!(values[i] >= 0 && values[i] <= MAX_CLASS && values[i] == floorf (values[i]))) {
      g_autofree char *place = g_strdup_printf ("targets[%" G_GSIZE_FORMAT "]", i);

      return refuse ((double) values[i], place,
                     "a class is a whole number from 0 to " G_STRINGIFY (MAX_CLASS),
                     error);
    }
  return TRUE;
}

static gboolean
check_inline (const NnDataSpec *self, GError **error)
{
  g_return_val_if_fail (self->inputs != NULL, FALSE);
  g_return_val_if_fail (self->targets != NULL || self->n_targets == 0, FALSE);

  if (self->classes && self->n_targets != 1) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 "data.targets has %" G_GSIZE_FORMAT
                 " columns: give one class number to an example",
                 self->n_targets);
    return FALSE;
  }
  if (!check_table ("inputs", self->inputs, self->n_examples, self->n_features, error))
    return FALSE;
  if (self->classes)
    return check_classes (self->targets, self->n_examples, error);
  return check_table ("targets", self->targets, self->n_examples, self->n_targets, error);
}

/**
 * nn_data_spec_check:
 *
 * Makes sure that a data set can be made of @self. Errors name the key of the
 * experiment file, and rows and columns from 0.
 */
gboolean
nn_data_spec_check (const NnDataSpec *self, GError **error)
{
  g_return_val_if_fail (self->source < NN_N_DATA_SOURCES, FALSE);

  if (!check_sizes (self, error))
    return FALSE;
  if (!(self->noise >= 0 && self->noise <= MAX_NOISE))
    return refuse (self->noise, "noise", "it must be from 0 to 1000000", error);
  if (!(self->validation >= 0 && self->validation < 1))
    return refuse (self->validation, "validation",
                   "it must be a fraction, at least 0 and less than 1", error);
  return self->source != NN_DATA_INLINE || check_inline (self, error);
}

/* The rows of @table in @order; frees @table. */
static float *
reorder_rows (float *table, const gsize *order, gsize n_rows, gsize n_columns)
{
  const gsize n_values = n_rows * n_columns;
  float *reordered = g_new (float, n_values);

  for (gsize i = 0; i < n_rows; i++)
    memcpy (&reordered[i * n_columns], &table[order[i] * n_columns],
            n_columns * sizeof *table);
  g_free (table);
  return reordered;
}

static void
hold_out (NnDataset *self, double fraction, NnRandom *random)
{
  const gsize n = self->n_examples;
  const gsize n_held = (gsize) floor ((double) n * fraction + 0.5);
  g_autofree gsize *order = g_new (gsize, n);

  nn_random_fill_permutation (random, order, n);
  self->inputs = reorder_rows (self->inputs, order, n, self->n_features);
  if (self->targets != NULL)
    self->targets = reorder_rows (self->targets, order, n, self->n_targets);
  self->n_training = n_held < n ? n - n_held : 1;
}

/**
 * nn_dataset_new:
 * @spec: has passed nn_data_spec_check ()
 * @random: gives the data, and then, if some are held out, the order of the rows
 *
 * Nothing is drawn for an inline table with none held out. At least one row is trained
 * on, whatever the fraction.
 */
NnDataset *
nn_dataset_new (const NnDataSpec *spec, NnRandom *random)
{
  const NnGenerator *generator = nn_generator_get (spec->source);
  const gsize n = spec->n_examples;
  NnDataset *self;

  g_return_val_if_fail (nn_data_spec_check (spec, NULL), NULL);

  self = g_atomic_rc_box_new0 (NnDataset);
  self->n_examples = n;
  self->n_training = n;
  self->n_features = nn_data_spec_get_n_features (spec);
  self->n_targets = nn_data_spec_get_n_targets (spec);
  self->n_classes = nn_data_spec_get_n_classes (spec);
  self->inputs = g_new (float, n * self->n_features);
  if (self->n_targets > 0)
    self->targets = g_new (float, n * self->n_targets);

  if (generator != NULL) {
    generator->generate (random, n, (float) spec->noise, self->inputs, self->targets);
  } else if (spec->source == NN_DATA_UNIFORM) {
    nn_random_fill_uniform (random, 0, 1, self->inputs, n * self->n_features);
  } else {
    memcpy (self->inputs, spec->inputs, n * self->n_features * sizeof (float));
    if (self->n_targets > 0)
      memcpy (self->targets, spec->targets, n * self->n_targets * sizeof (float));
  }
  if (spec->validation > 0)
    hold_out (self, spec->validation, random);
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

  g_free (self->inputs);
  g_free (self->targets);
}

void
nn_dataset_unref (NnDataset *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
