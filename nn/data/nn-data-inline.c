/* nn-data-inline.c - a table in the experiment itself
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-data-kind.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"

#define MAX_CLASS 65535

static const NnSetting settings[] = {
  {
      .key = "inputs",
      .sentence = "rows of numbers, one for each example",
      .type = NN_SETTING_TABLE,
      .offset = NN_DATA_SETTING (inputs),
      .required = TRUE,
  },
  {
      .key = "targets",
      .sentence = "as many rows of numbers, or a list of class numbers",
      .type = NN_SETTING_TABLE,
      .offset = NN_DATA_SETTING (targets),
  },
  NN_DATA_VALIDATION,
};

/* @item: the key and its indices. The number has a point, whatever the locale. */
static gboolean
refuse (double number, const char *item, const char *remedy, GError **error)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "data.%s is %s: %s", item,
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

      return refuse ((double) values[i], item, "it must be a finite number", error);
    }
  return TRUE;
}

static gboolean
check_classes (const float *values, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!(values[i] >= 0 && values[i] <= MAX_CLASS && values[i] == floorf (values[i]))) {
      g_autofree char *item = g_strdup_printf ("targets[%" G_GSIZE_FORMAT "]", i);

      return refuse ((double) values[i], item,
                     "a class is a whole number from 0 to " G_STRINGIFY (MAX_CLASS),
                     error);
    }
  return TRUE;
}

static gboolean
check (const NnDataSpec *spec, GError **error)
{
  g_return_val_if_fail (spec->inputs != NULL, FALSE);
  g_return_val_if_fail (spec->targets != NULL || spec->n_targets == 0, FALSE);

  if (spec->classes && spec->n_targets != 1) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 "data.targets has %" G_GSIZE_FORMAT
                 " columns: give one class number to an example",
                 spec->n_targets);
    return FALSE;
  }
  if (!check_table ("inputs", spec->inputs, spec->n_examples, spec->n_features, error))
    return FALSE;
  if (spec->classes)
    return check_classes (spec->targets, spec->n_examples, error);
  return check_table ("targets", spec->targets, spec->n_examples, spec->n_targets, error);
}

static void
fill (const NnDataSpec *spec, NnRandom *random, float *inputs, float *targets)
{
  const gsize row = spec->n_examples * sizeof (float);

  memcpy (inputs, spec->inputs, row * spec->n_features);
  if (spec->n_targets > 0)
    memcpy (targets, spec->targets, row * spec->n_targets);
}

const NnDataKind nn_data_inline = {
  .sentence = "a table in the experiment itself",
  .settings = NN_SETTINGS (settings),
  .is_table = TRUE,
  .check = check,
  .fill = fill,
};
