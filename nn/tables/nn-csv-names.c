/* nn-csv-names.c - makes the names of a table's columns distinct
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tables/nn-csv-names.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-text.h"

#define MOST_NOTES 8

/* Like pandas: x, x.1, x.2, …
 * @used: for each name, how many were derived from it
 * Returns: (transfer full) */
static char *
dup_free_name (GHashTable *used, const char *name)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (used, name));
  g_autofree char *made = NULL;

  do {
    g_free (made);
    made = g_strdup_printf ("%s.%u", name, ++n);
  } while (g_hash_table_contains (used, made));
  g_hash_table_insert (used, g_strdup (name), GUINT_TO_POINTER (n));
  return g_steal_pointer (&made);
}

static char *
dup_note (guint column, const char *name, const char *made)
{
  g_autofree char *quoted = nn_text_dup_quoted (name);
  g_autofree char *quoted_made = nn_text_dup_quoted (made);

  if (*name == '\0')
    return g_strdup_printf (_ ("column %u has no name: it is called %s"), column,
                            quoted_made);
  return g_strdup_printf (_ ("column %u is called %s, as another one is: here it is %s"),
                          column, quoted, quoted_made);
}

/**
 * nn_csv_names_make_distinct:
 * @names: (inout) (element-type utf8): of all columns
 * @notes: (inout) (element-type utf8): a note is added for each change
 *
 * Names a column without a name by its number, from 1, and appends .1, .2 …
 * to duplicates.
 */
void
nn_csv_names_make_distinct (GPtrArray *names, GPtrArray *notes)
{
  g_autoptr (GHashTable) used =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_notes = 0;

  for (guint i = 0; i < names->len; i++)
    g_hash_table_insert (used, g_strdup (names->pdata[i]), NULL);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *name = g_steal_pointer (&names->pdata[i]);
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    const char *base = *name != '\0' ? name : number;
    const gboolean is_free = *name != '\0' ? !g_hash_table_contains (taken, base)
                                           : !g_hash_table_contains (used, base);

    names->pdata[i] = is_free ? g_strdup (base) : dup_free_name (used, base);
    if (!g_hash_table_contains (used, names->pdata[i]))
      g_hash_table_insert (used, g_strdup (names->pdata[i]), NULL);
    g_hash_table_add (taken, names->pdata[i]);
    if (strcmp (name, names->pdata[i]) != 0 && n_notes++ < MOST_NOTES)
      g_ptr_array_add (notes, dup_note (i + 1, name, names->pdata[i]));
  }
}
