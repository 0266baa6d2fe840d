/* nn-names.c - finding one of a few names
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-names.h"

#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"

static char *
dup_list (const char *const *names, guint n_names)
{
  GString *list = g_string_new (names[0]);

  for (guint i = 1; i < n_names; i++)
    g_string_append_printf (list, "%s%s", i + 1 < n_names ? ", " : " and ", names[i]);
  return g_string_free (list, FALSE);
}

/**
 * nn_names_find:
 * @names: (n_names), at least two
 * @kind: what they are names of: "loss"
 * @index: out: where @name is
 *
 * Returns: FALSE, with an error that lists the names there are, if @name is not among
 *   them; @index is then unchanged
 */
gboolean
nn_names_find (const char *const *names,
               guint n_names,
               const char *kind,
               const char *name,
               guint *index,
               GError **error)
{
  g_autofree char *found = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name)) {
      *index = i;
      return TRUE;
    }

  found = nn_text_dup_quoted (name);
  list = dup_list (names, n_names);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "unknown %s %s: there are %s", kind,
               found, list);
  return FALSE;
}
