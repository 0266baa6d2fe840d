/* nn-columns.c - named columns of numbers, from which a data set is made
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-columns.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/data/nn-column-choice.h"

#define BLOCK 256 /* rows copied at a time, so that all columns' parts fit the cache */

static void
clear_column (gpointer data)
{
  g_free (((NnColumn *) data)->name);
}

void
nn_columns_init (NnColumns *self, gsize n_rows)
{
  *self = (NnColumns){ .n_rows = n_rows };
  self->columns = g_array_new (FALSE, FALSE, sizeof (NnColumn));
  g_array_set_clear_func (self->columns, clear_column);
}

void
nn_columns_clear (NnColumns *self)
{
  g_clear_pointer (&self->columns, g_array_unref);
}

/**
 * nn_columns_add:
 * @name: copied
 * @array: (nullable): the array that it is part of; borrowed
 * @numbers: (n_rows), one every @stride; NaN for a missing value; borrowed
 * @classes: (nullable) (element-type utf8): names, if the numbers are indices; borrowed
 */
void
nn_columns_add (NnColumns *self,
                const char *name,
                const char *array,
                const float *numbers,
                gsize stride,
                const GPtrArray *classes)
{
  const NnColumn column = { g_strdup (name), array, numbers, stride, classes };

  g_array_append_val (self->columns, column);
}

static const NnColumn *
get_column (const NnColumns *self, const GArray *chosen, guint i)
{
  return &g_array_index (self->columns, NnColumn, g_array_index (chosen, guint, i));
}

static char **
dup_names (const NnColumns *self, const GArray *chosen)
{
  char **names = g_new0 (char *, chosen->len + 1);

  for (guint i = 0; i < chosen->len; i++)
    names[i] = g_strdup (get_column (self, chosen, i)->name);
  return names;
}

/* ---- missing values ---------------------------------------------------------------- */

static gboolean
refuse_value (const NnColumns *self,
              const GArray *chosen,
              guint i,
              gsize row,
              const char *what,
              GError **error)
{
  g_autofree char *place =
      self->dup_place (self->data, row, g_array_index (chosen, guint, i));

  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "%s: %s", place, what);
  return FALSE;
}

/* @missing: what to do about a missing value in this column
 * @kept: (n_rows) (inout): set to FALSE for rows that are dropped */
static gboolean
check_column (const NnColumns *self,
              const GArray *chosen,
              guint i,
              NnMissing missing,
              const char *refusal,
              gboolean *kept,
              GError **error)
{
  const NnColumn *column = get_column (self, chosen, i);

  if (self->check_column != NULL &&
      !self->check_column (self->data, g_array_index (chosen, guint, i), error))
    return FALSE;
  for (gsize row = 0; row < self->n_rows; row++) {
    const float value = column->numbers[row * column->stride];

    if (isinf (value))
      return refuse_value (self, chosen, i, row,
                           _ ("the number is too large, or infinite"), error);
    if (!isnan (value))
      continue;
    if (missing == NN_MISSING_REFUSE)
      return refuse_value (self, chosen, i, row, refusal, error);
    if (missing == NN_MISSING_DROP)
      kept[row] = FALSE;
  }
  return TRUE;
}

/* Missing inputs may be filled in; examples with a missing target can only be dropped. */
static gboolean
find_kept_rows (const NnColumns *self,
                const NnColumnChoice *choice,
                NnMissing missing,
                gboolean *kept,
                GError **error)
{
  const NnMissing of_targets = missing == NN_MISSING_MEAN ? NN_MISSING_REFUSE : missing;

  for (guint i = 0; i < choice->inputs->len; i++)
    if (!check_column (self, choice->inputs, i, missing,
                       _ ("the value is missing; with \"missing\": \"drop\" such "
                          "examples are left out, with \"mean\" filled in"),
                       kept, error))
      return FALSE;
  for (guint i = 0; i < choice->targets->len; i++)
    if (!check_column (self, choice->targets, i, of_targets,
                       _ ("the target is missing; with \"missing\": \"drop\" such "
                          "examples are left out"),
                       kept, error))
      return FALSE;
  return TRUE;
}

/* ---- the table --------------------------------------------------------------------- */

/* @to: (out) (rows kept, chosen columns) */
static void
copy_columns (const NnColumns *self,
              const GArray *chosen,
              const gboolean *kept,
              float *to)
{
  const gsize n = chosen->len;
  gsize first_out = 0;

  for (gsize first = 0; first < self->n_rows; first += BLOCK) {
    const gsize end = MIN (first + BLOCK, self->n_rows);
    gsize out = first_out;

    for (guint i = 0; i < n; i++) {
      const NnColumn *column = get_column (self, chosen, i);

      out = first_out;
      for (gsize row = first; row < end; row++)
        if (kept[row])
          to[n * out++ + i] = column->numbers[row * column->stride];
    }
    first_out = out;
  }
}

static gboolean
are_all_classes (const NnTable *table)
{
  for (gsize i = 0; i < table->n_examples; i++)
    if (!nn_table_is_class (table->targets[i]))
      return FALSE;
  return TRUE;
}

/* A single target may be class numbers; several are numbers, perhaps one-hot. */
static gboolean
describe_targets (NnTable *table,
                  const NnColumns *self,
                  const GArray *targets,
                  GError **error)
{
  const GPtrArray *classes = NULL;

  for (guint i = 0; i < targets->len; i++) {
    const NnColumn *column = get_column (self, targets, i);

    classes = column->classes;
    if (classes != NULL && targets->len > 1) {
      g_set_error (
          error, NN_ERROR, NN_ERROR_SHAPE,
          _ ("targets: %s has names instead of numbers, so it has to be the only target"),
          column->name);
      return FALSE;
    }
  }
  if (classes != NULL) {
    table->targets_are = NN_TARGETS_CLASSES;
    table->class_names = g_new0 (char *, classes->len + 1);
    for (guint i = 0; i < classes->len; i++)
      table->class_names[i] = g_strdup (classes->pdata[i]);
  } else if (targets->len == 1 && are_all_classes (table)) {
    table->targets_are = NN_TARGETS_EITHER;
  }
  return TRUE;
}

static NnTable *
fill_table (const NnColumns *self,
            const NnColumnChoice *choice,
            const gboolean *kept,
            GError **error)
{
  g_autoptr (NnTable) table = NULL;
  gsize n_kept = 0;

  for (gsize row = 0; row < self->n_rows; row++)
    n_kept += kept[row] != FALSE;
  if (n_kept == 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 self->n_rows == 0 ? _ ("there are no rows of numbers")
                                   : _ ("a value is missing in each of the rows"));
    return NULL;
  }
  table = nn_table_new (n_kept, choice->inputs->len, choice->targets->len);
  copy_columns (self, choice->inputs, kept, table->inputs);
  copy_columns (self, choice->targets, kept, table->targets);
  table->feature_names = dup_names (self, choice->inputs);
  table->target_names = dup_names (self, choice->targets);
  if (n_kept < self->n_rows)
    nn_table_add_note (table, _ ("%zu of %zu rows are left out, as a value is missing"),
                       self->n_rows - n_kept, self->n_rows);
  return describe_targets (table, self, choice->targets, error) ? g_steal_pointer (&table)
                                                                : NULL;
}

/**
 * nn_columns_make_table:
 * @spec: its inputs, targets and missing
 *
 * Returns: (transfer full) (nullable): a table, with notes on what was guessed; NULL if a
 *   name is unknown (NN_ERROR_UNKNOWN), a value is missing or infinite (NN_ERROR_SYNTAX),
 *   or nothing is left (NN_ERROR_SHAPE)
 */
NnTable *
nn_columns_make_table (const NnColumns *self, const NnDataSpec *spec, GError **error)
{
  g_auto (NnColumnChoice) choice = { 0 };
  g_autofree gboolean *kept = g_new (gboolean, self->n_rows);
  NnTable *table;

  for (gsize row = 0; row < self->n_rows; row++)
    kept[row] = TRUE;
  if (!nn_column_choice_init (&choice, self, spec, error) ||
      !find_kept_rows (self, &choice, (NnMissing) spec->missing, kept, error))
    return NULL;
  table = fill_table (self, &choice, kept, error);
  if (table != NULL)
    nn_column_choice_note (&choice, table);
  return table;
}
