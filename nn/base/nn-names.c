/* nn-names.c - the index of a name in a short list
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-names.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"

static const char *
get_name (gconstpointer rows, gsize row_size, guint index)
{
  return *(const char *const *) (gconstpointer) ((const char *) rows + row_size * index);
}

static char *
dup_list (gconstpointer rows, gsize row_size, guint n_rows)
{
  GString *list = g_string_new (get_name (rows, row_size, 0));

  for (guint i = 1; i < n_rows; i++)
    g_string_append_printf (list, "%s%s", i + 1 < n_rows ? _ (", ") : _ (" and "),
                            get_name (rows, row_size, i));
  return g_string_free (list, FALSE);
}

/**
 * nn_names_find_row:
 * @rows: (n_rows), each @row_size bytes long and beginning with a char pointer, its name;
 *   at least two
 * @kind: what they are, for the message, marked with N_ (): "loss"
 * @index: (out): of the row called @name; unchanged on failure
 *
 * Returns: FALSE if no row has that name (NN_ERROR_UNKNOWN); the message lists those
 *   there are
 */
gboolean
nn_names_find_row (gconstpointer rows,
                   gsize row_size,
                   guint n_rows,
                   const char *kind,
                   const char *name,
                   guint *index,
                   GError **error)
{
  g_autofree char *found = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; i < n_rows; i++)
    if (g_str_equal (get_name (rows, row_size, i), name)) {
      *index = i;
      return TRUE;
    }

  found = nn_text_dup_quoted (name);
  list = dup_list (rows, row_size, n_rows);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, _ ("unknown %s %s: there are %s"),
               _ (kind), found, list);
  return FALSE;
}

/**
 * nn_names_find:
 * @names: (n_names), at least two
 *
 * The same as nn_names_find_row () for a plain array of names.
 */
gboolean
nn_names_find (const char *const *names,
               guint n_names,
               const char *kind,
               const char *name,
               guint *index,
               GError **error)
{
  return nn_names_find_row (names, sizeof *names, n_names, kind, name, index, error);
}
