/* nn-csv-guess.c - guesses separator, decimal sign and header of a CSV file
 *
 * SPDX-License-Identifier: MIT
 *
 * Each separator is tried on a sample of rows. The right one makes rows of equal length
 * and fields that are numbers.
 */

#include "nn/tables/nn-csv-guess.h"

#include <string.h>

#include "nn/files/nn-decimal.h"
#include "nn/tables/nn-csv-missing.h"

#define SAMPLE_ROWS  100
#define SAMPLE_BYTES ((gsize) 1 << 20)

/* The first of equally good ones wins; '\0' makes one field of each line. */
static const char separators[] = { '\0', ',', ';', '\t', '|', ' ' };

/* The score of a separator: twice the fraction of rows that have the most frequent
 * length, plus the fraction of fields that are numbers, minus: */
#define FIRST_ROW_DIFFERS 1.0 /* a header has as many fields as the rows */
#define ONE_COLUMN        1.0 /* the separator is another one, more likely */

/* The first rows, split at one separator; they may differ in length. */
typedef struct {
  GPtrArray *rows;    /* (owned) (element-type GPtrArray) */
  gsize n_numbers[2]; /* fields that are numbers or missing, with a point and a comma */
  gsize n_fields;
} Sample;

static void
sample_free (Sample *self)
{
  if (self->rows != NULL)
    g_ptr_array_unref (self->rows);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)

static gboolean
is_number (const char *text, char decimal)
{
  double number;

  return nn_decimal_parse (text, strlen (text), decimal, &number);
}

/* @sure: (out): it can be nothing else */
static gboolean
is_grouped (const char *text, gboolean *sure)
{
  double number;

  return nn_decimal_parse_grouped (text, strlen (text), &number, sure);
}

/* As 1.000, which is one, or with a decimal comma a thousand: other fields tell. */
static gboolean
may_be_grouped (const char *text)
{
  gboolean sure;

  return is_grouped (text, &sure) && !sure;
}

static gboolean
is_missing (const char *text)
{
  return nn_csv_missing_find (text, strlen (text)) != NN_CSV_PRESENT;
}

/* Returns: (transfer full) (nullable): NULL if it cannot be read */
static GPtrArray *
read_row (NnCsvScanner *scanner)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
  gboolean last = FALSE;

  while (!last) {
    NnCsvField field;

    if (!nn_csv_scanner_read (scanner, &field, &last, NULL))
      return NULL;
    g_ptr_array_add (row, g_strndup (field.text, field.n_bytes));
    /* The table will be refused anyway. */
    if (row->len > NN_CSV_MAX_COLUMNS) {
      scanner->at = scanner->end;
      last = TRUE;
    }
  }
  return g_steal_pointer (&row);
}

/* Returns: the end of a sample from @start on: a line's end, if there is one */
static const char *
find_sample_end (const char *start, const char *end)
{
  const char *stop = start + SAMPLE_BYTES;

  if ((gsize) (end - start) <= SAMPLE_BYTES)
    return end;
  while (stop > start && stop[-1] != '\n' && stop[-1] != '\r')
    stop--;
  return stop > start ? stop : end;
}

/* Whether column @k below the first row is numbers with a decimal comma, some of which
 * have points after thousands, and one of which can be nothing else. */
static gboolean
is_of_grouped (const Sample *self, guint k)
{
  gboolean any = FALSE;

  for (guint i = self->rows->len > 1; i < self->rows->len; i++) {
    const GPtrArray *row = self->rows->pdata[i];
    const char *text = k < row->len ? row->pdata[k] : NULL;
    gboolean sure = FALSE;

    if (text == NULL || is_missing (text) || is_number (text, ','))
      continue;
    if (!is_grouped (text, &sure))
      return FALSE;
    any |= sure;
  }
  return any;
}

/* Adds the numbers that count_numbers () has not. */
static void
count_grouped (Sample *self)
{
  const GPtrArray *first = self->rows->len > 0 ? self->rows->pdata[0] : NULL;

  for (guint k = 0; first != NULL && k < first->len; k++)
    for (guint i = is_of_grouped (self, k) ? self->rows->len > 1 : self->rows->len;
         i < self->rows->len; i++) {
      const GPtrArray *row = self->rows->pdata[i];
      gboolean sure;

      self->n_numbers[1] += k < row->len && is_grouped (row->pdata[k], &sure) && sure;
    }
}

static void
count_numbers (Sample *self)
{
  /* The first row may be a header. */
  for (guint i = self->rows->len > 1; i < self->rows->len; i++) {
    const GPtrArray *row = self->rows->pdata[i];

    for (guint k = 0; k < row->len; k++) {
      const char *text = row->pdata[k];
      const gboolean missing = is_missing (text);

      self->n_numbers[0] += missing || is_number (text, '.');
      self->n_numbers[1] += missing || is_number (text, ',') || may_be_grouped (text);
      self->n_fields++;
    }
  }
  count_grouped (self);
}

static Sample *
read_sample (const NnCsvScanner *start, char separator)
{
  Sample *self = g_new0 (Sample, 1);
  g_auto (NnCsvScanner) scanner = *start;

  scanner.unquoted = NULL;
  scanner.end = find_sample_end (start->at, start->end);
  nn_csv_scanner_set_separator (&scanner, separator);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  while (self->rows->len < SAMPLE_ROWS && nn_csv_scanner_find_row (&scanner)) {
    GPtrArray *row = read_row (&scanner);

    if (row == NULL)
      break;
    g_ptr_array_add (self->rows, row);
  }
  count_numbers (self);
  return self;
}

static guint
get_length (const Sample *self, guint row)
{
  return ((const GPtrArray *) self->rows->pdata[row])->len;
}

/* @n_rows: (out): how many rows have that length
 *
 * Returns: the most frequent number of fields */
static guint
find_usual_length (const Sample *self, guint *n_rows)
{
  guint usual = 0;

  *n_rows = 0;
  for (guint i = 0; i < self->rows->len; i++) {
    guint n = 0;

    for (guint k = 0; k < self->rows->len; k++)
      n += get_length (self, k) == get_length (self, i);
    if (n > *n_rows) {
      *n_rows = n;
      usual = get_length (self, i);
    }
  }
  return usual;
}

/* @decimal: the given decimal sign, or 0
 *
 * Returns: the score of the sample's separator */
static double
rate (const Sample *self, char decimal)
{
  const gsize n_point = decimal != ',' ? self->n_numbers[0] : 0;
  const gsize n_comma = decimal != '.' ? self->n_numbers[1] : 0;
  guint n_usual, usual;
  double rating;

  if (self->rows->len == 0)
    return 0;
  usual = find_usual_length (self, &n_usual);
  rating = 2 * (double) n_usual / self->rows->len +
           (double) MAX (n_point, n_comma) / (double) MAX (self->n_fields, 1);
  if (get_length (self, 0) != usual)
    rating -= FIRST_ROW_DIFFERS;
  if (usual == 1)
    rating -= ONE_COLUMN;
  return rating;
}

static Sample *
find_separator (const NnCsvScanner *scanner, NnCsvDialect *dialect)
{
  g_autoptr (Sample) best = NULL;
  double best_rating = -1e9;

  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++) {
    g_autoptr (Sample) sample = read_sample (scanner, separators[i]);
    const double rating = rate (sample, dialect->decimal);

    if (rating > best_rating) {
      best_rating = rating;
      dialect->separator = separators[i];
      g_clear_pointer (&best, sample_free);
      best = g_steal_pointer (&sample);
    }
  }
  return g_steal_pointer (&best);
}

/* Searches the whole table, as a sample may have only integers, for the first field that
 * is a number with one decimal sign and not with the other. */
static char
scan_for_decimal (const NnCsvScanner *start, char separator)
{
  g_auto (NnCsvScanner) scanner = *start;

  scanner.unquoted = NULL;
  nn_csv_scanner_set_separator (&scanner, separator);
  /* Ends of rows do not matter here. */
  while (nn_csv_scanner_find_row (&scanner)) {
    NnCsvField field;
    gboolean last, sure;
    double number;

    if (!nn_csv_scanner_read (&scanner, &field, &last, NULL))
      break;
    if (memchr (field.text, ',', field.n_bytes) != NULL &&
        (nn_decimal_parse (field.text, field.n_bytes, ',', &number) ||
         (nn_decimal_parse_grouped (field.text, field.n_bytes, &number, &sure) && sure)))
      return ',';
    if (memchr (field.text, '.', field.n_bytes) != NULL &&
        nn_decimal_parse (field.text, field.n_bytes, '.', &number) &&
        !nn_decimal_parse_grouped (field.text, field.n_bytes, &number, &sure))
      break;
  }
  return '.';
}

static char
find_decimal (const Sample *sample, const NnCsvScanner *scanner, char separator)
{
  if (sample->n_numbers[0] != sample->n_numbers[1])
    return sample->n_numbers[1] > sample->n_numbers[0] ? ',' : '.';
  return separator == ',' ? '.' : scan_for_decimal (scanner, separator);
}

/* Whether a column's first field is like those below it. */
typedef struct {
  gboolean value;   /* it is a number or missing, or occurs again: no name */
  guint n_numbers;  /* below it */
  guint n_names;    /* below it */
  gboolean repeats; /* a name below it occurs again */
} Evidence;

static Evidence
collect (const Sample *sample, guint k, char decimal)
{
  const char *first = ((const GPtrArray *) sample->rows->pdata[0])->pdata[k];
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean surely;
  Evidence evidence = { is_missing (first) || is_number (first, decimal) ||
                        (decimal == ',' && is_grouped (first, &surely)) };

  for (guint i = 1; i < sample->rows->len; i++) {
    const GPtrArray *row = sample->rows->pdata[i];
    char *text = k < row->len ? row->pdata[k] : NULL;
    gboolean sure;

    if (text == NULL || is_missing (text))
      continue;
    if (is_number (text, decimal) || (decimal == ',' && is_grouped (text, &sure))) {
      evidence.n_numbers++;
      continue;
    }
    evidence.n_names++;
    evidence.value |= strcmp (text, first) == 0;
    evidence.repeats |= !g_hash_table_add (names, text);
  }
  return evidence;
}

/* The first row is a header if a name is above a column of numbers; or, if all columns
 * are names, if its names do not recur in columns in which others do. */
static gboolean
has_header (const Sample *sample, char decimal)
{
  gboolean only_names = TRUE;
  gboolean repeats = FALSE;

  if (sample->rows->len == 0)
    return FALSE;
  for (guint k = 0; k < get_length (sample, 0); k++) {
    const Evidence evidence = collect (sample, k, decimal);

    if (!evidence.value && evidence.n_numbers > evidence.n_names)
      return TRUE;
    only_names &= !evidence.value;
    repeats |= evidence.repeats;
  }
  return only_names && (repeats || sample->rows->len == 1);
}

/* Skips the line "sep=;", from which Excel reads the separator. */
static gboolean
skip_separator_line (NnCsvScanner *scanner, char *separator)
{
  static const char start[] = "sep=";
  const gsize length = strlen (start);
  const char *at = scanner->at;

  if ((gsize) (scanner->end - at) < length + 2 ||
      g_ascii_strncasecmp (at, start, length) != 0 ||
      (at[length + 1] != '\n' && at[length + 1] != '\r'))
    return FALSE;
  *separator = at[length];
  scanner->at += length + 1;
  nn_csv_scanner_find_row (scanner);
  return TRUE;
}

/**
 * nn_csv_guess:
 * @scanner: (inout): at the first row; then, with the separator set, at the header or the
 *   first row of values
 * @dialect: (inout): fields that are 0 are guessed
 */
void
nn_csv_guess (NnCsvScanner *scanner, NnCsvDialect *dialect)
{
  g_autoptr (Sample) sample = NULL;
  char separator = dialect->separator;

  if (skip_separator_line (scanner, &separator) && dialect->separator == '\0')
    dialect->separator = separator;
  sample = dialect->separator != '\0' ? read_sample (scanner, dialect->separator)
                                      : find_separator (scanner, dialect);
  if (dialect->decimal == '\0')
    dialect->decimal = find_decimal (sample, scanner, dialect->separator);
  if (dialect->header == NN_CSV_HEADER_FIND)
    dialect->header =
        has_header (sample, dialect->decimal) ? NN_CSV_HEADER_YES : NN_CSV_HEADER_NO;
  nn_csv_scanner_set_separator (scanner, dialect->separator);
}
