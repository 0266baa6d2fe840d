/* nn-dataset.c - a table of examples, given or generated
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-dataset.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-names.h"

#define MAX_NUMBERS (G_GUINT64_CONSTANT (1) << 31) /* 8 GiB of them */

static const NnDataKind *const kinds[] = {
#define ROW(source, name) [source] = &nn_data_##name,
#include "nn/data/sources.inc"
#undef ROW
};

static const char *const names[] = {
#define ROW(source, name) [source] = #name,
#include "nn/data/sources.inc"
#undef ROW
};

/**
 * nn_data_source_get_kind:
 *
 * Returns: (transfer none): what there is to know of @source
 */
const NnDataKind *
nn_data_source_get_kind (NnDataSource source)
{
  g_return_val_if_fail (source < NN_N_DATA_SOURCES, NULL);

  return kinds[source];
}

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
 * nn_data_spec_init:
 * @self: out; what it held is not freed
 *
 * Makes it one of @source, with the defaults.
 */
void
nn_data_spec_init (NnDataSpec *self, NnDataSource source)
{
  *self = (NnDataSpec){ .source = source };
  nn_settings_set_usual (&nn_data_source_get_kind (source)->settings, self);
}

/**
 * nn_data_spec_copy:
 * @self: out; what it held is not freed
 *
 * A table is copied only while the source is one: only then do the sizes speak of it.
 */
void
nn_data_spec_copy (NnDataSpec *self, const NnDataSpec *from)
{
  *self = *from;
  self->inputs = NULL;
  self->targets = NULL;
  if (kinds[from->source]->is_table) {
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

static gboolean
has_same_table (const NnDataSpec *a, const NnDataSpec *b)
{
  const gsize row = a->n_examples * sizeof (float);

  return a->n_examples == b->n_examples && a->n_features == b->n_features &&
         a->n_targets == b->n_targets && a->classes == b->classes &&
         memcmp (a->inputs, b->inputs, row * a->n_features) == 0 &&
         (a->n_targets == 0 || memcmp (a->targets, b->targets, row * a->n_targets) == 0);
}

/**
 * nn_data_spec_is_equal:
 *
 * Returns: whether @other says the same data, to the bit
 */
gboolean
nn_data_spec_is_equal (const NnDataSpec *self, const NnDataSpec *other)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  return self->source == other->source &&
         nn_settings_are_equal (&kind->settings, self, other) &&
         (!kind->is_table || has_same_table (self, other));
}

/**
 * nn_data_spec_get_n_features:
 *
 * Returns: how many numbers an example has
 */
gsize
nn_data_spec_get_n_features (const NnDataSpec *self)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  return kind->n_features > 0 ? kind->n_features : self->n_features;
}

/**
 * nn_data_spec_get_n_targets:
 *
 * Returns: columns of targets; 0 for none
 */
gsize
nn_data_spec_get_n_targets (const NnDataSpec *self)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  return kind->is_table ? self->n_targets : kind->n_targets;
}

/**
 * nn_data_spec_get_n_classes:
 * @self: has passed nn_data_spec_check ()
 *
 * Reads every target of a table.
 *
 * Returns: one more than the largest class number; 0 if the targets are numbers
 */
gsize
nn_data_spec_get_n_classes (const NnDataSpec *self)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);
  float largest = 0;

  if (!kind->is_table)
    return kind->n_classes;
  if (!self->classes)
    return 0;
  for (gsize i = 0; i < self->n_examples; i++)
    largest = MAX (largest, self->targets[i]);
  return (gsize) largest + 1;
}

static gboolean
check_settings (const NnDataSpec *self, const NnSettings *settings, GError **error)
{
  g_autofree char *range = NULL;
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  const NnSetting *outside;
  gsize index;

  outside = nn_settings_find_outside (settings, self, &index);
  if (outside == NULL)
    return TRUE;
  range = nn_setting_dup_range (outside);
  g_set_error (error, NN_ERROR,
               outside->type == NN_SETTING_COUNT ? NN_ERROR_SHAPE : NN_ERROR_SYNTAX,
               "data.%s is %s: it must be %s", outside->key,
               g_ascii_formatd (text, sizeof text, "%.9g",
                                nn_setting_get_number (outside, self, index)),
               range);
  return FALSE;
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

static gboolean
check_sizes (const NnDataSpec *self, GError **error)
{
  const gsize n_features = nn_data_spec_get_n_features (self);
  const gsize n_targets = nn_data_spec_get_n_targets (self);

  if (!check_count ("examples", self->n_examples, NN_DATA_MAX_EXAMPLES, error) ||
      !check_count ("features", n_features, NN_DATA_MAX_COLUMNS, error) ||
      (n_targets > 0 && !check_count ("targets", n_targets, NN_DATA_MAX_COLUMNS, error)))
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

/**
 * nn_data_spec_check:
 *
 * Makes sure that a data set can be made of @self. Errors name the key of the
 * experiment file, and rows and columns from 0.
 */
gboolean
nn_data_spec_check (const NnDataSpec *self, GError **error)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  return check_settings (self, &kind->settings, error) && check_sizes (self, error) &&
         (kind->check == NULL || kind->check (self, error));
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

  kinds[spec->source]->fill (spec, random, self->inputs, self->targets);
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
