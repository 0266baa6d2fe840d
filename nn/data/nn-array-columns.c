/* nn-array-columns.c - a data set from a file of arrays (.npz, .npy …)
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-array-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/data/nn-column-sheet.h"
#include "nn/data/nn-target-names.h"

/**
 * nn_array_get_row_size:
 * @array: of rank 1 or more
 *
 * Returns: how many numbers of the array belong to one example
 */
gsize
nn_array_get_row_size (const NnArray *array)
{
  gsize n = 1;

  for (guint i = 1; i < array->rank; i++)
    n *= (gsize) array->shape[i];
  return n;
}

static gboolean
is_named (char *const *names, const char *name)
{
  /* "x[3]" is a column of x. */
  for (gsize i = 0; names != NULL && names[i] != NULL; i++) {
    const gsize length = strlen (name);

    if (strncmp (names[i], name, length) == 0 &&
        (names[i][length] == '\0' || names[i][length] == '['))
      return TRUE;
  }
  return FALSE;
}

/* Returns: (transfer none) (nullable): the array that determines the number of examples:
 *   one that the user names, else the one most likely to be targets by its name, else
 *   the first */
static const NnArray *
find_leader (const NnArrayFile *file, const NnDataSpec *spec)
{
  const NnArray *leader = NULL;
  gsize best = G_MAXSIZE;

  for (guint i = 0; i < file->arrays->len; i++) {
    const NnArray *array = file->arrays->pdata[i];
    gsize rank = nn_target_names_rank (array->name);

    if (array->rank == 0)
      continue;
    if (is_named (spec->targets, array->name) || is_named (spec->inputs, array->name))
      return array;
    if (leader == NULL || rank < best) {
      leader = array;
      best = rank;
    }
  }
  return leader;
}

static void
add_columns (NnColumns *columns, const NnArray *array, const float *numbers)
{
  const gsize n = nn_array_get_row_size (array);
  const char *name = *array->name != '\0' ? array->name : NULL;

  for (gsize i = 0; i < n; i++) {
    g_autofree char *label = n == 1 && name != NULL ? g_strdup (name)
                             : name != NULL
                                 ? g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", name, i)
                                 : g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1);

    nn_columns_add (columns, label, name, numbers + i, n, NULL);
  }
}

/* Whether @array is of another part of the data: x_test or x_val beside x_train, even if
 * both have the same number of examples. */
static gboolean
is_of_another_part (const NnArray *array, const NnArray *leader, const NnDataSpec *spec)
{
  return spec->inputs == NULL && strstr (leader->name, "train") != NULL &&
         (strstr (array->name, "test") != NULL || strstr (array->name, "val") != NULL);
}

/* @arrays: (inout) (element-type float): the numbers, which the columns borrow
 * @ignored: (inout): the names of arrays with another number of examples */
static gboolean
collect (const NnArrayFile *file,
         const NnDataSpec *spec,
         const NnArray *leader,
         NnColumns *columns,
         GPtrArray *arrays,
         GString *ignored,
         GError **error)
{
  for (guint i = 0; i < file->arrays->len; i++) {
    const NnArray *array = file->arrays->pdata[i];
    float *numbers;

    if (array->rank == 0 || array->shape[0] != columns->n_rows ||
        is_of_another_part (array, leader, spec)) {
      if (is_named (spec->inputs, array->name) || is_named (spec->targets, array->name)) {
        g_autofree char *shape = nn_array_dup_shape (array);

        g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                     _ ("%s is %s, but the other arrays have %zu examples"), array->name,
                     shape, columns->n_rows);
        return FALSE;
      }
      g_string_append_printf (ignored, "%s%s", ignored->len > 0 ? ", " : "", array->name);
      continue;
    }
    numbers = g_new (float, array->n_values);
    nn_array_get_floats (array, numbers);
    g_ptr_array_add (arrays, numbers);
    add_columns (columns, array, numbers);
  }
  return TRUE;
}

/* @data: the columns */
static char *
dup_place (gconstpointer data, gsize row, gsize column)
{
  const NnColumns *columns = data;

  return g_strdup_printf (_ ("row %zu, column %s"), row,
                          g_array_index (columns->columns, NnColumn, column).name);
}

/* The columns of a file, and the numbers that they borrow. */
typedef struct {
  NnColumns columns;
  GPtrArray *arrays; /* (owned) (element-type float) */
  GString *ignored;  /* (owned) names of arrays with another number of examples */
} Found;

static void
found_clear (Found *self)
{
  nn_columns_clear (&self->columns);
  g_clear_pointer (&self->arrays, g_ptr_array_unref);
  if (self->ignored != NULL)
    g_string_free (self->ignored, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

/* @self: all zero; to be cleared by the caller, even after a failure */
static gboolean
find_columns (Found *self,
              const NnArrayFile *file,
              const NnDataSpec *spec,
              GError **error)
{
  const NnArray *leader = find_leader (file, spec);

  if (leader == NULL || leader->n_values == 0) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                         _ ("it has no array of examples"));
    return FALSE;
  }
  self->arrays = g_ptr_array_new_with_free_func (g_free);
  self->ignored = g_string_new (NULL);
  nn_columns_init (&self->columns, (gsize) leader->shape[0]);
  self->columns.dup_place = dup_place;
  self->columns.data = &self->columns;
  if (!collect (file, spec, leader, &self->columns, self->arrays, self->ignored, error))
    return FALSE;
  if (self->columns.columns->len == 1 && self->ignored->len > 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("%s has %zu examples, and no other array has as many: %s"),
                 leader->name, self->columns.n_rows, self->ignored->str);
    return FALSE;
  }
  return TRUE;
}

/**
 * nn_array_columns_make_table:
 *
 * Arrays with another number of examples are left out, which a note says.
 *
 * Returns: (transfer full) (nullable): NULL if there are no examples, a named array does
 *   not fit, or as nn_columns_make_table ()
 */
NnTable *
nn_array_columns_make_table (const NnArrayFile *file,
                             const NnDataSpec *spec,
                             GError **error)
{
  g_auto (Found) found = { 0 };
  NnTable *table;

  if (!find_columns (&found, file, spec, error))
    return NULL;
  table = nn_columns_make_table (&found.columns, spec, error);
  if (table != NULL && found.ignored->len > 0)
    nn_table_add_note (table, _ ("left out, as they do not have %zu examples: %s"),
                       found.columns.n_rows, found.ignored->str);
  return table;
}

/**
 * nn_array_columns_make_sheet:
 *
 * Returns: (transfer full) (nullable): the same columns, for a user to choose from
 */
NnSheet *
nn_array_columns_make_sheet (const NnArrayFile *file,
                             const NnDataSpec *spec,
                             GError **error)
{
  g_auto (Found) found = { 0 };

  if (!find_columns (&found, file, spec, error))
    return NULL;
  return nn_column_sheet_new (&found.columns);
}
