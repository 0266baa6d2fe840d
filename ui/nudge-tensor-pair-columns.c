/* nudge-tensor-pair-columns.c - the columns of a table of what differs between two files
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-tensor-pair-columns.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/nudge-tensor-column.h"
#include "ui/nudge-tensor-pair.h"
#include "ui/text/nudge-number.h"

#define DIGITS 4

/* NULL: there are no numbers to be told apart. */
static const NnArrayDifference *
get_difference (gpointer item)
{
  return nudge_tensor_pair_has_picture (item) ? &nudge_tensor_pair_get (item)->difference
                                              : NULL;
}

static double
get_changed (gpointer item)
{
  const NnArrayDifference *d = get_difference (item);

  return d ? (double) d->n_changed : (double) NAN;
}

static double
get_norm (gpointer item)
{
  const NnArrayDifference *d = get_difference (item);

  return d ? d->norm : (double) NAN;
}

static double
get_largest (gpointer item)
{
  const NnArrayDifference *d = get_difference (item);

  return d ? d->largest : (double) NAN;
}

static double
get_cosine (gpointer item)
{
  const NnArrayDifference *d = get_difference (item);

  return d ? d->cosine : (double) NAN;
}

static char *
dup_known (double value, int digits)
{
  return isnan (value) ? g_strdup ("") : nudge_number_format (value, digits);
}

static char *
dup_name (gpointer item)
{
  return g_strdup (nudge_tensor_pair_get (item)->name);
}

static char *
dup_kind (gpointer item)
{
  return g_strdup (nudge_tensor_pair_get_kind_words (item));
}

static char *
dup_changed (gpointer item)
{
  const NnArrayDifference *d = get_difference (item);

  return d ? nudge_number_format_count (d->n_changed) : g_strdup ("");
}

static char *
dup_norm (gpointer item)
{
  return dup_known (get_norm (item), DIGITS);
}

static char *
dup_largest (gpointer item)
{
  return dup_known (get_largest (item), DIGITS);
}

static char *
dup_cosine (gpointer item)
{
  return dup_known (get_cosine (item), 6);
}

static char *
dup_shape (gpointer item)
{
  return nudge_tensor_pair_dup_shape_words (item);
}

static char *
dup_type (gpointer item)
{
  return nudge_tensor_pair_dup_type_words (item);
}

/* Whether the bytes are the same, as SHA-256 tells. */
static char *
dup_hash (gpointer item)
{
  const NnArrayPair *pair = nudge_tensor_pair_get (item);
  const NnArrayDifference *d = &pair->difference;

  if (pair->kind == NN_PAIR_SAME)
    return g_strdup (_ ("same"));
  if (d->hash_a == NULL || d->hash_b == NULL)
    return g_strdup ("");
  return g_strdup (g_str_equal (d->hash_a, d->hash_b) ? _ ("same") : _ ("other"));
}

static const NudgeTensorColumn kinds[] = {
  { N_ ("Name"), TRUE, 20, dup_name },
  { N_ ("What"), FALSE, 12, dup_kind },
  { N_ ("Values"), FALSE, 11, dup_changed, NULL, NULL, get_changed },
  { N_ ("Norm"), FALSE, 8, dup_norm, NULL, NULL, get_norm },
  { N_ ("Largest"), FALSE, 8, dup_largest, NULL, NULL, get_largest },
  { N_ ("Cosine"), FALSE, 8, dup_cosine, NULL, NULL, get_cosine },
  { N_ ("SHA-256"), FALSE, 7, dup_hash },
  { N_ ("Shape"), FALSE, 14, dup_shape },
  { N_ ("Type"), FALSE, 16, dup_type },
};

void
nudge_tensor_pair_add_columns (GtkColumnView *view)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    nudge_tensor_column_add (view, &kinds[i]);
}
