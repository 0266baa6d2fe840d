/* nn-column-choice.c - which columns of a table are inputs and which are targets
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-column-choice.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/data/nn-column-guess.h"
#include "nn/data/nn-target-names.h"

#define SHOWN_NAMES 8

static const NnColumn *
get_column (const NnColumns *columns, guint index)
{
  return &g_array_index (columns->columns, NnColumn, index);
}

static gboolean
contains (const GArray *indices, guint index)
{
  for (guint i = 0; i < indices->len; i++)
    if (g_array_index (indices, guint, i) == index)
      return TRUE;
  return FALSE;
}

static gboolean
is_of_array (const NnColumn *column, const char *name)
{
  return column->array != NULL && strcmp (column->array, name) == 0;
}

static gboolean
refuse_name (const NnColumns *columns, const char *key, const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const guint n = columns->columns->len;

  for (guint i = 0; i < n && i < SHOWN_NAMES; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            get_column (columns, i)->name);
  if (n > SHOWN_NAMES)
    g_string_append_printf (names, _ (" and %u more"), n - SHOWN_NAMES);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("%s: there is no column '%s'; the columns are %s"), key, name,
               names->str);
  return FALSE;
}

/* Adds the column called @name, or all columns of an array called so. */
static gboolean
add_named (const NnColumns *columns,
           const char *key,
           const char *name,
           GArray *indices,
           GError **error)
{
  const guint before = indices->len;

  for (guint i = 0; i < columns->columns->len; i++)
    if (strcmp (get_column (columns, i)->name, name) == 0) {
      g_array_append_val (indices, i);
      return TRUE;
    }
  for (guint i = 0; i < columns->columns->len; i++)
    if (is_of_array (get_column (columns, i), name))
      g_array_append_val (indices, i);
  return indices->len > before || refuse_name (columns, key, name, error);
}

static gboolean
add_all_named (const NnColumns *columns,
               const char *key,
               char *const *names,
               GArray *indices,
               GError **error)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (!add_named (columns, key, names[i], indices, error))
      return FALSE;
  return TRUE;
}

/* Takes the column, or the array, whose name is most typical of targets.
 *
 * Returns: FALSE if no name is */
static gboolean
guess_targets_by_name (NnColumnChoice *self, const NnColumns *columns)
{
  gsize best = G_MAXSIZE;

  for (guint i = 0; i < columns->columns->len; i++) {
    const NnColumn *column = get_column (columns, i);
    const gsize rank =
        MIN (nn_target_names_rank (column->name), nn_target_names_rank (column->array));

    if (rank > best || rank == G_MAXSIZE || contains (self->inputs, i))
      continue;
    if (rank < best)
      g_array_set_size (self->targets, 0);
    best = rank;
    g_array_append_val (self->targets, i);
  }
  return best < G_MAXSIZE;
}

/* Takes the last array if there are several, else the last column of @usable. */
static void
guess_last_targets (NnColumnChoice *self, const NnColumns *columns, const GArray *usable)
{
  const guint n = usable->len;
  const char *last;

  if (n < 2)
    return;
  last = get_column (columns, g_array_index (usable, guint, n - 1))->array;
  if (last != NULL && is_of_array (get_column (columns, 0), last))
    last = NULL; /* there is no other array */
  for (guint k = 0; k < n; k++) {
    const guint i = g_array_index (usable, guint, k);

    if (!contains (self->inputs, i) &&
        (k + 1 == n || (last != NULL && is_of_array (get_column (columns, i), last))))
      g_array_append_val (self->targets, i);
  }
}

/* Takes the columns of @usable that are not targets.
 *
 * Returns: FALSE if there are none */
static gboolean
guess_inputs (NnColumnChoice *self, const GArray *usable)
{
  for (guint k = 0; k < usable->len; k++) {
    const guint i = g_array_index (usable, guint, k);

    if (!contains (self->targets, i))
      g_array_append_val (self->inputs, i);
  }
  return self->inputs->len > 0;
}

/* Adds to left_out why the others are not usable.
 *
 * Returns: (transfer full) (element-type guint): columns that may be inputs or targets */
static GArray *
find_usable (NnColumnChoice *self, const NnColumns *columns)
{
  GArray *usable = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < columns->columns->len; i++) {
    const char *flaw = nn_column_guess_flaw (columns, i);

    if (flaw == NULL)
      g_array_append_val (usable, i);
    else if (self->guessed_inputs && !contains (self->targets, i))
      g_ptr_array_add (self->left_out,
                       g_strdup_printf (_ ("left out: %s, which %s"),
                                        get_column (columns, i)->name, flaw));
  }
  return usable;
}

static void
guess (NnColumnChoice *self, const NnColumns *columns)
{
  g_autoptr (GArray) usable = NULL;
  const gboolean known = !self->guessed_targets || guess_targets_by_name (self, columns);

  usable = find_usable (self, columns);
  if (!known)
    guess_last_targets (self, columns, usable);
  if (!self->guessed_inputs || guess_inputs (self, usable))
    return;
  /* No column is usable: take them all rather than fail. */
  g_ptr_array_set_size (self->left_out, 0);
  g_array_set_size (usable, 0);
  for (guint i = 0; i < columns->columns->len; i++)
    g_array_append_val (usable, i);
  if (!known && self->targets->len == 0)
    guess_last_targets (self, columns, usable);
  guess_inputs (self, usable);
}

/**
 * nn_column_choice_init:
 * @self: (out): all zero; to be cleared by the caller, even after a failure
 * @spec: its inputs and targets are the user's choice, NULL to guess
 *
 * Returns: FALSE if a name is not that of a column (NN_ERROR_UNKNOWN), or there are no
 *   inputs (NN_ERROR_SHAPE)
 */
gboolean
nn_column_choice_init (NnColumnChoice *self,
                       const NnColumns *columns,
                       const NnDataSpec *spec,
                       GError **error)
{
  self->inputs = g_array_new (FALSE, FALSE, sizeof (guint));
  self->targets = g_array_new (FALSE, FALSE, sizeof (guint));
  self->left_out = g_ptr_array_new_with_free_func (g_free);
  self->guessed_inputs = spec->inputs == NULL;
  self->guessed_targets = spec->targets == NULL;
  if (spec->inputs != NULL &&
      !add_all_named (columns, "inputs", spec->inputs, self->inputs, error))
    return FALSE;
  if (spec->targets != NULL &&
      !add_all_named (columns, "targets", spec->targets, self->targets, error))
    return FALSE;
  if (self->guessed_inputs || self->guessed_targets)
    guess (self, columns);
  if (self->inputs->len == 0) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                         _ ("inputs: there must be at least one column for them"));
    return FALSE;
  }
  return TRUE;
}

void
nn_column_choice_clear (NnColumnChoice *self)
{
  g_clear_pointer (&self->inputs, g_array_unref);
  g_clear_pointer (&self->targets, g_array_unref);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
}

static void
note_guess (NnTable *table, const char *what, char **names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = g_strv_length (names);

  for (guint i = 0; i < n && i < SHOWN_NAMES; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", names[i]);
  if (n > SHOWN_NAMES)
    g_string_append_printf (text, _ (" and %u more"), n - SHOWN_NAMES);
  nn_table_add_note (table, _ ("%s: %s (guessed)"), what, n > 0 ? text->str : "none");
}

/**
 * nn_column_choice_note:
 * @table: made from the choice
 *
 * Adds notes to @table on what was guessed and left out.
 */
void
nn_column_choice_note (const NnColumnChoice *self, NnTable *table)
{
  if (self->guessed_inputs)
    note_guess (table, "inputs", table->feature_names);
  if (self->guessed_targets)
    note_guess (table, "targets", table->target_names);
  for (guint i = 0; i < self->left_out->len && i < SHOWN_NAMES; i++)
    nn_table_add_note (table, "%s", (const char *) self->left_out->pdata[i]);
  if (self->left_out->len > SHOWN_NAMES)
    nn_table_add_note (table, _ ("left out: %u more columns like these"),
                       self->left_out->len - SHOWN_NAMES);
}
