/* nn-column-guess.c - columns that are no use for training: empty, names, row numbers
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-column-guess.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define ENOUGH_ROWS 10 /* with fewer, distinct names in most rows may be a coincidence */
#define COUNTED     3  /* with fewer, consecutive numbers may be a coincidence */

static float
get_number (const NnColumns *columns, const NnColumn *column, gsize row)
{
  g_assert (row < columns->n_rows);

  return column->numbers[row * column->stride];
}

/* Such as the column after a separator at the end of each line. */
static gboolean
is_empty (const NnColumns *columns, const NnColumn *column)
{
  for (gsize row = 0; row < columns->n_rows; row++)
    if (!isnan (get_number (columns, column, row)))
      return FALSE;
  return TRUE;
}

/* Dates, people's names, amounts with a currency: as class numbers they mean nothing. */
static gboolean
is_of_names (const NnColumns *columns, const NnColumn *column)
{
  return column->classes != NULL && columns->n_rows >= ENOUGH_ROWS &&
         column->classes->len > columns->n_rows / 2;
}

/* "id", "PassengerId", "customer_id", "Unnamed: 0" of pandas */
static gboolean
is_named_as_index (const char *name)
{
  static const char *const names[] = { "id", "index", "idx", "no", "nr", "row" };
  static const char *const endings[] = { "_id", " id", "Id", "ID" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;
  return g_str_has_prefix (name, "Unnamed");
}

/* Whether only the first column has no name: pandas writes its index so. */
static gboolean
is_nameless_index (const NnColumns *columns, guint index)
{
  const NnColumn *column = &g_array_index (columns->columns, NnColumn, index);

  return index == 0 && column->array == NULL && strcmp (column->name, "1") == 0 &&
         columns->columns->len > 1 &&
         strcmp (g_array_index (columns->columns, NnColumn, 1).name, "2") != 0;
}

static gboolean
counts_rows (const NnColumns *columns, const NnColumn *column)
{
  if (columns->n_rows < COUNTED || column->classes != NULL)
    return FALSE;
  for (gsize row = 0; row + 1 < columns->n_rows; row++)
    if (get_number (columns, column, row + 1) != get_number (columns, column, row) + 1)
      return FALSE;
  return TRUE;
}

/**
 * nn_column_guess_flaw:
 *
 * Returns: (transfer none) (nullable): why column @index is no use, translated, to follow
 *   its name: "has no values"; NULL if it may be used
 */
const char *
nn_column_guess_flaw (const NnColumns *columns, guint index)
{
  const NnColumn *column = &g_array_index (columns->columns, NnColumn, index);

  if (is_empty (columns, column))
    return _ ("has no values");
  if (is_of_names (columns, column))
    return _ ("has another name in most rows");
  if ((is_named_as_index (column->name) || is_nameless_index (columns, index)) &&
      counts_rows (columns, column))
    return _ ("counts the rows");
  return NULL;
}
