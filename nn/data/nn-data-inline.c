/* nn-data-inline.c - a table in the experiment itself
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-data-kind.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/base/nn-error.h"

static const NnSetting settings[] = {
  {
      .key = "inputs",
      .sentence = N_ ("rows of numbers, one for each example"),
      .type = NN_SETTING_TABLE,
      .required = TRUE,
  },
  {
      .key = "targets",
      .sentence = N_ ("as many rows of numbers, or a list of class numbers"),
      .type = NN_SETTING_TABLE,
  },
  NN_DATA_VALIDATION,
};

/* @item: the key with its indices: "inputs[3][1]". The decimal sign is a point. */
static gboolean
refuse (double number, const char *item, const char *remedy, GError **error)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("data.%s is %s: %s"), item,
               g_ascii_formatd (text, sizeof text, "%.9g", number), remedy);
  return FALSE;
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
      g_autofree char *item =
          g_strdup_printf ("%s[%" G_GSIZE_FORMAT "][%" G_GSIZE_FORMAT "]", key,
                           i / n_columns, i % n_columns);

      return refuse ((double) values[i], item, _ ("it must be a finite number"), error);
    }
  return TRUE;
}

static gboolean
check_classes (const float *values, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!nn_table_is_class (values[i])) {
      g_autofree char *item = g_strdup_printf ("targets[%zu]", i);
      g_autofree char *remedy = g_strdup_printf (
          _ ("a class is a whole number from 0 to %d"), NN_TABLE_MAX_CLASS);

      return refuse ((double) values[i], item, remedy, error);
    }
  return TRUE;
}

static gboolean
check (const NnDataSpec *spec, GError **error)
{
  const NnTable *table = spec->table;

  if (table->targets_are != NN_TARGETS_NUMBERS && table->n_targets != 1) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("data.targets has %zu columns: give each example one class number"),
                 table->n_targets);
    return FALSE;
  }
  if (!check_table ("inputs", table->inputs, table->n_examples, table->n_features, error))
    return FALSE;
  if (table->targets_are != NN_TARGETS_NUMBERS)
    return check_classes (table->targets, table->n_examples, error);
  return check_table ("targets", table->targets, table->n_examples, table->n_targets,
                      error);
}

const NnDataKind nn_data_inline = {
  .sentence = N_ ("a table in the experiment itself"),
  .settings = NN_SETTINGS (settings),
  .is_table = TRUE,
  .check = check,
};
