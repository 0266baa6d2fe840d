/* nn-names.c - finding one of a few names
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
 * @rows: (n_rows), each of @row_size bytes, the first of which are a pointer to its name
 * @kind: what they are: "loss"
 * @index: out: where the one called @name is
 *
 * Returns: FALSE, with an error that lists the names there are, if @name is not among
 *   them; @index is then unchanged
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
 * As nn_names_find_row (), of nothing but names.
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
