/* nudge-info-arrays.c - what `nudge info` prints of arrays
 *
 * SPDX-License-Identifier: MIT
 *
 * The metadata, and of each array name, type, shape and statistics, in as few columns as
 * say it: most files have no NaN.
 */

#include "app/command/nudge-info-arrays.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command/nudge-columns.h"
#include "app/command/nudge-run-history.h"
#include "nn/files/nn-json.h"

#define NOT_ANY "-" /* the least of no numbers, the deviation of one */
#define SHOWN   200 /* characters of a text from the file */
#define ENTRIES 20  /* of what was done to the weights */

enum {
  COLUMN_NAME,
  COLUMN_TYPE,
  COLUMN_SHAPE,
  COLUMN_MIN,
  COLUMN_MAX,
  COLUMN_MEAN,
  COLUMN_STD,
  COLUMN_NORM,
  COLUMN_ZEROS,
  COLUMN_NAN,
  N_COLUMNS,
};

/* Of all numbers but NaN. */
typedef struct {
  gsize n;
  gsize n_zeros;
  gsize n_nan;
  double least;
  double most;
  double sum;
  double squares;
  double deviations; /* squared, from the mean */
  double mean;
  double std; /* as PyTorch's: of a sample, so that one number has none */
  double norm;
} Statistics;

static void
add_values (const double *values, gsize n, gpointer data)
{
  Statistics *s = data;

  for (gsize i = 0; i < n; i++) {
    if (isnan (values[i])) {
      s->n_nan++;
      continue;
    }
    s->n++;
    s->n_zeros += values[i] == 0;
    s->least = MIN (s->least, values[i]);
    s->most = MAX (s->most, values[i]);
    s->sum += values[i];
    s->squares += values[i] * values[i];
  }
}

static void
add_deviations (const double *values, gsize n, gpointer data)
{
  Statistics *s = data;

  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      s->deviations += (values[i] - s->mean) * (values[i] - s->mean);
}

static Statistics
measure (const NnArray *array)
{
  Statistics s = { .least = INFINITY, .most = -INFINITY };

  nn_array_visit_doubles (array, add_values, &s);
  s.mean = s.sum / (double) s.n;
  nn_array_visit_doubles (array, add_deviations, &s);
  s.std = s.n > 1 ? sqrt (s.deviations / (double) (s.n - 1)) : (double) NAN;
  s.norm = sqrt (s.squares);
  return s;
}

static void
add_number (NudgeColumns *columns, gboolean known, double number)
{
  if (known && isnan (number))
    nudge_columns_add (columns, "nan"); /* printf would print the sign of some */
  else if (known)
    nudge_columns_take (columns, g_strdup_printf ("%.4g", number));
  else
    nudge_columns_add (columns, NOT_ANY);
}

static void
add_count (NudgeColumns *columns, gsize n)
{
  nudge_columns_take (columns, g_strdup_printf ("%" G_GSIZE_FORMAT, n));
}

/* Returns: whether the array has a NaN */
static gboolean
add_array (NudgeColumns *columns, const NnArray *array)
{
  const Statistics s = measure (array);

  nudge_columns_add (columns, *array->name != '\0' ? array->name : NOT_ANY);
  nudge_columns_add (columns, nn_dtype_get_name (array->dtype));
  nudge_columns_take (columns, nn_array_dup_shape (array));
  add_number (columns, s.n > 0, s.least);
  add_number (columns, s.n > 0, s.most);
  add_number (columns, s.n > 0, s.mean);
  add_number (columns, s.n > 1, s.std);
  add_number (columns, s.n > 0, s.norm);
  add_count (columns, s.n_zeros);
  add_count (columns, s.n_nan);
  return s.n_nan > 0;
}

/* One of a type that is not read has no statistics. */
static void
add_other (NudgeColumns *columns, const NnOtherArray *other)
{
  nudge_columns_add (columns, *other->name != '\0' ? other->name : NOT_ANY);
  nudge_columns_add (columns, other->type);
  nudge_columns_add (columns, other->shape != NULL ? other->shape : NOT_ANY);
  for (guint i = COLUMN_MIN; i < N_COLUMNS; i++)
    nudge_columns_add (columns, NOT_ANY);
}

static guint
count_others (const NnArrayFile *file)
{
  return file->in_place != NULL ? file->in_place->others->len : 0;
}

static void
print_table (const NnArrayFile *file)
{
  static const char *const heads[] = { N_ ("name"), N_ ("type"), N_ ("shape"),
                                       N_ ("min"),  N_ ("max"),  N_ ("mean"),
                                       N_ ("std"),  N_ ("norm"), N_ ("zeros"),
                                       "nan" };
  g_autoptr (NudgeColumns) columns = nudge_columns_new (N_COLUMNS, COLUMN_MIN);
  gboolean any_nan = FALSE;
  gboolean any_name = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    nudge_columns_add (columns, _ (heads[i]));
  for (guint i = 0; i < file->arrays->len; i++) {
    const NnArray *array = file->arrays->pdata[i];

    any_nan |= add_array (columns, array);
    any_name |= *array->name != '\0';
  }
  for (guint i = 0; i < count_others (file); i++) {
    const NnOtherArray *other = file->in_place->others->pdata[i];

    add_other (columns, other);
    any_name |= *other->name != '\0';
  }
  if (!any_nan)
    nudge_columns_hide (columns, COLUMN_NAN);
  if (!any_name)
    nudge_columns_hide (columns, COLUMN_NAME);
  nudge_columns_print (columns);
}

/* A text from the file, on one line and not longer than is useful. */
static void
print_text (const char *label, const char *text)
{
  g_autofree char *clean = nudge_columns_dup_clean (text);
  g_autofree char *start =
      g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), SHOWN));

  printf ("%s  %s%s\n", label, start, strlen (start) < strlen (clean) ? "…" : "");
}

/* Each entry on a line of its own, if it is what --with-history writes.
 * Returns: FALSE if not */
static gboolean
print_entries (const char *key, const char *text)
{
  json_auto_t *entries = nn_json_parse (text, strlen (text), NULL);
  gsize n;

  if (!json_is_array (entries))
    return FALSE;
  n = json_array_size (entries);
  printf (ngettext ("%s  %zu entry\n", "%s  %zu entries\n", n), key, n);
  for (gsize i = 0; i < MIN (n, ENTRIES); i++) {
    char *line = json_dumps (json_array_get (entries, i), JSON_ENCODE_ANY);

    print_text (" ", line);
    free (line);
  }
  if (n > ENTRIES)
    printf (_ ("   … and %zu more\n"), n - ENTRIES);
  return TRUE;
}

static void
print_metadata (const NnArrayFile *file)
{
  for (guint i = 0; i + 1 < file->metadata->len; i += 2) {
    g_autofree char *key = nudge_columns_dup_clean (file->metadata->pdata[i]);
    const char *text = file->metadata->pdata[i + 1];
    const gboolean lists =
        strcmp (key, NUDGE_HISTORY_LOG) == 0 || strcmp (key, NUDGE_HISTORY_STANDING) == 0;

    if (!lists || !print_entries (key, text))
      print_text (key, text);
  }
}

/* "3 arrays are float64, rounded to float32 in a network", each conversion once. */
static void
print_conversions (const NnArrayFile *file)
{
  g_autoptr (GHashTable) counts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < file->arrays->len; i++) {
    char *conversion = nn_array_dup_conversion (file->arrays->pdata[i]);
    gsize n;

    if (conversion == NULL)
      continue;
    n = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, conversion));
    if (n == 0)
      g_ptr_array_add (order, conversion);
    /* An equal key that is there stays, and this one is freed. */
    g_hash_table_insert (counts, conversion, GSIZE_TO_POINTER (n + 1));
  }
  for (guint i = 0; i < order->len; i++) {
    const gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, order->pdata[i]));

    printf (ngettext ("note  %zu array is %s%s\n", "note  %zu arrays are %s%s\n", n), n,
            (const char *) order->pdata[i],
            strchr (order->pdata[i], ',') != NULL ? _ (" in a network") : "");
  }
}

/**
 * nudge_info_print_arrays:
 *
 * To standard output.
 */
void
nudge_info_print_arrays (const NnArrayFile *file)
{
  const guint n_others = count_others (file);
  const guint n = file->arrays->len + n_others;
  guint64 n_values = 0;

  for (guint i = 0; i < file->arrays->len; i++)
    n_values += ((const NnArray *) file->arrays->pdata[i])->n_values;
  printf (ngettext ("%u array, ", "%u arrays, ", n), n);
  printf (ngettext ("%" PRIu64 " number\n", "%" PRIu64 " numbers\n", (gulong) n_values),
          n_values);
  print_metadata (file);
  for (guint i = 0; i < file->notes->len; i++)
    print_text (_ ("note"), file->notes->pdata[i]);
  print_conversions (file);
  if (n_others > 0)
    printf (
        ngettext (
            "note  %u array is of a type that is not read: it has no numbers here\n",
            "note  %u arrays are of types that are not read: they have no numbers here\n",
            n_others),
        n_others);
  if (n > 0) {
    putchar ('\n');
    print_table (file);
  }
}
