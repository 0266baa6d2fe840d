/* nn-experiment-data.c - the key "data" of a .nudge file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-data.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/io/nn-experiment-settings.h"

#define MAX_CLASSES 65536 /* as many as a layer may have units */

/* The size of a table, whose rows must all have the same length. */
static gboolean
measure_rows (const NnJson *table, gsize *n_rows, gsize *n_columns, GError **error)
{
  *n_rows = json_array_size (table->value);
  *n_columns = 0;
  if (*n_rows == 0)
    return nn_json_refuse (table, error, NN_ERROR_SHAPE,
                           _ ("expected at least one row, as in [[0, 1]]"));
  for (gsize i = 0; i < *n_rows; i++) {
    NnJson row = nn_json_get_element (table, i);
    gsize n = json_array_size (row.value);

    if (!nn_json_check_array (&row, error))
      return FALSE;
    if (n == 0)
      return nn_json_refuse (&row, error, NN_ERROR_SHAPE,
                             _ ("expected at least one number"));
    if (i > 0 && n != *n_columns)
      return nn_json_refuse (
          &row, error, NN_ERROR_SHAPE,
          _ ("expected %zu numbers as in the rows before it, found %zu"), *n_columns, n);
    *n_columns = n;
  }
  return TRUE;
}

/* Returns: (transfer full) (nullable): [n_rows][n_columns] */
static float *
read_rows (const NnJson *table, gsize *n_rows, gsize *n_columns, GError **error)
{
  g_autofree float *values = NULL;

  if (!nn_json_check_array (table, error) ||
      !measure_rows (table, n_rows, n_columns, error))
    return NULL;
  /* Each value is in the document, which bounds the product. */
  values = g_new (float, *n_rows **n_columns);
  for (gsize i = 0; i < *n_rows; i++) {
    NnJson row = nn_json_get_element (table, i);

    for (gsize k = 0; k < *n_columns; k++) {
      NnJson cell = nn_json_get_element (&row, k);

      if (!nn_json_get_float (&cell, &values[i * *n_columns + k], error))
        return NULL;
    }
  }
  return g_steal_pointer (&values);
}

/* Returns: (transfer full) (nullable): [size of @list], whole numbers from 0 */
static float *
read_classes (const NnJson *list, GError **error)
{
  gsize n = json_array_size (list->value);
  g_autofree float *values = g_new (float, n);

  for (gsize i = 0; i < n; i++) {
    NnJson element = nn_json_get_element (list, i);

    if (!nn_json_get_float (&element, &values[i], error))
      return NULL;
    if (values[i] < 0 || values[i] >= MAX_CLASSES || values[i] != floorf (values[i])) {
      nn_json_refuse_value (&element, error,
                            _ ("the number of a class, 0 to 65535 (a target that is a "
                               "number is a row: write it in brackets)"));
      return NULL;
    }
    values[i] = fabsf (values[i]); /* -0 is class 0 */
  }
  return g_steal_pointer (&values);
}

/* A list of numbers is one of class numbers; a list of rows is one of targets. */
static gboolean
read_targets (NnTable *self, const NnJson *data, GError **error)
{
  NnJson targets;
  gsize n_rows;

  if (!nn_json_find (data, "targets", &targets))
    return TRUE;
  if (!nn_json_check_array (&targets, error))
    return FALSE;
  if (json_array_size (targets.value) != self->n_examples)
    return nn_json_refuse (&targets, error, NN_ERROR_SHAPE,
                           _ ("expected %zu, one for each row of inputs, found %zu"),
                           self->n_examples, json_array_size (targets.value));
  if (json_is_array (json_array_get (targets.value, 0))) {
    self->targets = read_rows (&targets, &n_rows, &self->n_targets, error);
  } else {
    self->n_targets = 1;
    self->targets_are = NN_TARGETS_CLASSES;
    self->targets = read_classes (&targets, error);
  }
  return self->targets != NULL;
}

static gboolean
read_tables (NnDataSpec *self, const NnJson *data, GError **error)
{
  g_autoptr (NnTable) table = nn_table_new (0, 0, 0);
  NnJson inputs;

  if (!nn_json_require (data, "inputs", &inputs, error))
    return FALSE;
  table->inputs = read_rows (&inputs, &table->n_examples, &table->n_features, error);
  if (table->inputs == NULL || !read_targets (table, data, error))
    return FALSE;
  self->table = g_steal_pointer (&table);
  return TRUE;
}

static gboolean
read_source (const NnJson *data, NnDataSource *source, GError **error)
{
  NnJson member;
  const char *name;

  if (!nn_json_require (data, "source", &member, error) ||
      !nn_json_get_name (&member, &name, error))
    return FALSE;
  return nn_data_source_find (name, source, error) ||
         nn_json_prefix_error (&member, error);
}

/* A table without a file is in the experiment itself. */
static gboolean
fill_table (NnDataSpec *self,
            const NnJson *data,
            const NnProgress *progress,
            GError **error)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  if (!kind->is_table)
    return TRUE;
  if (kind->load == NULL)
    return read_tables (self, data, error);
  return nn_data_spec_load (self, progress, error) || nn_json_prefix_error (data, error);
}

/**
 * nn_experiment_read_data:
 * @self: all zero; to be cleared even on failure
 * @folder: (nullable): paths are relative to it
 * @progress: (nullable): of reading data files
 *
 * Returns: FALSE if the key cannot be read, or as nn_data_spec_check ()
 */
gboolean
nn_experiment_read_data (NnDataSpec *self,
                         const NnJson *top,
                         const char *folder,
                         const NnProgress *progress,
                         GError **error)
{
  NnDataSource source;
  NnJson data;

  if (!nn_json_require (top, "data", &data, error) ||
      !nn_json_check_object (&data, error) || !read_source (&data, &source, error))
    return FALSE;
  nn_data_spec_init (self, source);
  return nn_experiment_read_settings (&nn_data_source_get_kind (source)->settings, self,
                                      "source", &data, folder, error) &&
         fill_table (self, &data, progress, error) && nn_data_spec_check (self, error);
}
