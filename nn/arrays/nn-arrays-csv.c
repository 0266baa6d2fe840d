/* nn-arrays-csv.c - the format csv: named arrays as a table, one row per value
 *
 * SPDX-License-Identifier: MIT
 *
 * "parameter,i,j,value": as many index columns as the array with most dimensions needs,
 * at least two; those that an array does not need are empty. Rows are in row-major order.
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-array-kind.h"
#include "nn/arrays/nn-text-numbers.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-text-start.h"

#define FIRST      "parameter"
#define LAST       "value"
#define INDICES    "ijklmnop" /* names of the index columns */
#define MOST_RANK  (sizeof INDICES - 1)
#define LEAST_RANK 2
#define MARK       "\xef\xbb\xbf" /* the byte order mark of UTF-8 */
#define SHOWN      60             /* bytes of a name in a message */

/* ---- reading ----------------------------------------------------------------------- */

static gboolean
recognise (const guint8 *start, gsize n_bytes)
{
  g_autofree char *text = nn_text_start_dup (start, n_bytes, strlen (FIRST ",i,j,"));

  return text != NULL && strcmp (text, FIRST ",i,j,") == 0;
}

/* The parser's state, with the array that is being read. */
typedef struct {
  NnArrayFile *file;
  const char *at;
  const char *end;
  gsize line;      /* from 1 */
  guint n_indices; /* columns of the table */
  GString *field;  /* (owned) the last one read */
  GString *name;   /* (owned) of the array */
  guint rank;
  GArray *indices; /* (owned) (element-type guint64) rank of them for each number */
  GArray *numbers; /* (owned) (element-type NnTextNumber) */
} Reader;

static gboolean
refuse (const Reader *self, GError **error, const char *message)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("line %zu: %s"), self->line, message);
  return FALSE;
}

/* Reads the quoted part of a field, in which "" is a quote. */
static gboolean
read_quoted (Reader *self, GError **error)
{
  for (self->at++; self->at < self->end; self->at++) {
    if (*self->at == '"' && (self->at + 1 == self->end || self->at[1] != '"'))
      break;
    if (*self->at == '"')
      self->at++;
    if (*self->at == '\n')
      self->line++;
    g_string_append_c (self->field, *self->at);
  }
  if (self->at == self->end)
    return refuse (self, error, _ ("a quoted name does not end"));
  self->at++;
  return TRUE;
}

/* Reads a field, and the @end that must follow it: a comma or a line end. */
static gboolean
read_field (Reader *self, char end, GError **error)
{
  g_string_truncate (self->field, 0);
  if (self->at < self->end && *self->at == '"') {
    if (!read_quoted (self, error))
      return FALSE;
  } else {
    const char *start = self->at;

    while (self->at < self->end && strchr (",\r\n", *self->at) == NULL)
      self->at++;
    g_string_append_len (self->field, start, self->at - start);
  }
  if (end == '\n' && self->at < self->end && *self->at == '\r')
    self->at++;
  if (self->at == self->end ? end != '\n' : *self->at != end)
    return refuse (self, error,
                   end == '\n' ? _ ("more fields than the header has")
                               : _ ("fewer fields than the header has"));
  self->at += self->at < self->end;
  return TRUE;
}

static gboolean
is_next (const Reader *self, const char *text)
{
  const gsize length = strlen (text);

  return (gsize) (self->end - self->at) >= length && memcmp (self->at, text, length) == 0;
}

static gboolean
read_header (Reader *self, GError **error)
{
  if (!is_next (self, FIRST))
    return refuse (self, error, _ ("it is not UTF-8; save it as UTF-8"));
  if (!read_field (self, ',', error))
    return FALSE;
  for (;; self->n_indices++) {
    const gboolean last = self->n_indices >= LEAST_RANK && is_next (self, LAST);

    if (!read_field (self, last ? '\n' : ',', error))
      return FALSE;
    if (last)
      break;
    if (self->n_indices == MOST_RANK || self->field->len != 1 ||
        self->field->str[0] != INDICES[self->n_indices])
      return refuse (self, error, _ ("expected the columns parameter, i, j … value"));
  }
  self->line++;
  return strcmp (self->field->str, LAST) == 0 ||
         refuse (self, error, _ ("expected value as the last column"));
}

/* The indices and value of a row. */
typedef struct {
  guint rank;
  guint64 indices[MOST_RANK];
  NnTextNumber number;
} Row;

static gboolean
read_index (Reader *self, guint i, Row *row, GError **error)
{
  if (!read_field (self, ',', error))
    return FALSE;
  if (self->field->len == 0)
    return TRUE;
  if (row->rank != i || !g_ascii_string_to_unsigned (self->field->str, 10, 0, G_MAXINT32,
                                                     &row->indices[i], NULL))
    return refuse (self, error,
                   _ ("an index is not a whole number, or one before it is empty"));
  row->rank++;
  return TRUE;
}

static gboolean
read_number (Reader *self, NnTextNumber *number, GError **error)
{
  const char *text = self->field->str;
  const char *digits = text + (*text == '-' || *text == '+');
  char *end;

  number->whole =
      g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number->integer, NULL);
  if (*digits == '\0' || digits[strspn (digits, "0123456789.eE+-naifNAIF")] != '\0')
    return refuse (self, error, _ ("the value is not a number"));
  number->real = g_ascii_strtod (text, &end);
  if (*end != '\0' || end == text)
    return refuse (self, error, _ ("the value is not a number"));
  return TRUE;
}

/* Whether the indices read so far are all of @shape's, in row-major order. */
static gboolean
indices_are_whole (const Reader *self, const guint64 *indices, const guint64 *shape)
{
  guint64 expected[MOST_RANK] = { 0 };

  for (gsize i = 0; i < self->numbers->len; i++) {
    for (guint k = 0; k < self->rank; k++)
      if (indices[i * self->rank + k] != expected[k])
        return FALSE;
    for (guint k = self->rank; k-- > 0; expected[k] = 0)
      if (++expected[k] < shape[k])
        break;
  }
  return self->rank > 0 || self->numbers->len == 1;
}

/* Makes an array from the rows read so far. */
static gboolean
finish_array (Reader *self, GError **error)
{
  const guint64 *indices = (const guint64 *) (gpointer) self->indices->data;
  const gsize last = (self->numbers->len - 1) * self->rank;
  guint64 shape[MOST_RANK];
  NnArray *array;

  for (guint k = 0; k < self->rank; k++)
    shape[k] = indices[last + k] + 1;
  if (!indices_are_whole (self, indices, shape)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("the rows of '%.*s' before line %zu are not all of an array, the "
                    "last index fastest"),
                 SHOWN, self->name->str, self->line);
    return FALSE;
  }
  array = nn_text_numbers_make_array (
      self->name->str, self->rank, shape,
      (const NnTextNumber *) (gpointer) self->numbers->data, error);
  if (array == NULL)
    return FALSE;
  g_ptr_array_add (self->file->arrays, array);
  return TRUE;
}

/* Adds @row to the present array, or begins another one if the name changes. */
static gboolean
add_row (Reader *self, const char *name, const Row *row, GError **error)
{
  if (self->numbers->len == 0 || strcmp (name, self->name->str) != 0 ||
      row->rank != self->rank) {
    if (self->numbers->len > 0 && !finish_array (self, error))
      return FALSE;
    g_string_assign (self->name, name);
    self->rank = row->rank;
    g_array_set_size (self->indices, 0);
    g_array_set_size (self->numbers, 0);
  }
  g_array_append_vals (self->indices, row->indices, row->rank);
  g_array_append_val (self->numbers, row->number);
  return TRUE;
}

static gboolean
read_row (Reader *self, GError **error)
{
  g_autofree char *name = NULL;
  Row row = { 0 };

  if (!read_field (self, ',', error))
    return FALSE;
  name = g_strdup (self->field->str);
  if (!g_utf8_validate (name, -1, NULL))
    return refuse (self, error, _ ("a name is not UTF-8"));
  for (guint i = 0; i < self->n_indices; i++)
    if (!read_index (self, i, &row, error))
      return FALSE;
  if (!read_field (self, '\n', error) || !read_number (self, &row.number, error) ||
      !add_row (self, name, &row, error))
    return FALSE;
  self->line++;
  return TRUE;
}

static gboolean
read_table (Reader *self, const NnProgress *progress, GError **error)
{
  const char *start = self->at;

  if (!read_header (self, error))
    return FALSE;
  while (self->at < self->end) {
    const double fraction = (double) (self->at - start) / (double) (self->end - start);

    if (self->line % 65536 == 0 && !nn_progress_report (progress, fraction, error))
      return FALSE;
    if (!read_row (self, error))
      return FALSE;
  }
  return self->numbers->len == 0 || finish_array (self, error);
}

static gboolean
read (NnArrayFile *file,
      GBytes *bytes,
      const char *member,
      const NnProgress *progress,
      GError **error)
{
  gsize n_bytes;
  const char *text = g_bytes_get_data (bytes, &n_bytes);
  const gsize skipped = text[0] == MARK[0] ? sizeof MARK - 1 : 0;
  Reader reader = { .file = file,
                    .at = text + skipped,
                    .end = text + n_bytes,
                    .line = 1,
                    .field = g_string_new (NULL),
                    .name = g_string_new (NULL),
                    .indices = g_array_new (FALSE, FALSE, sizeof (guint64)),
                    .numbers = g_array_new (FALSE, FALSE, sizeof (NnTextNumber)) };
  const gboolean done = read_table (&reader, progress, error);

  g_string_free (reader.field, TRUE);
  g_string_free (reader.name, TRUE);
  g_array_unref (reader.indices);
  g_array_unref (reader.numbers);
  return done;
}

/* ---- writing ----------------------------------------------------------------------- */

static void
append_name (GString *text, const char *name)
{
  if (name[strcspn (name, ",\"\r\n")] == '\0') {
    g_string_append (text, name);
    return;
  }
  g_string_append_c (text, '"');
  for (; *name != '\0'; name++) {
    if (*name == '"')
      g_string_append_c (text, '"');
    g_string_append_c (text, *name);
  }
  g_string_append_c (text, '"');
}

static void
append_array (GString *text, const NnArray *array, guint n_indices)
{
  guint64 indices[MOST_RANK] = { 0 };
  NnTextNumbers numbers;

  nn_text_numbers_init (&numbers, array);
  for (gsize i = 0; i < array->n_values; i++) {
    append_name (text, array->name);
    for (guint k = 0; k < n_indices; k++)
      if (k < array->rank)
        g_string_append_printf (text, ",%" G_GUINT64_FORMAT, indices[k]);
      else
        g_string_append_c (text, ',');
    g_string_append_c (text, ',');
    nn_text_numbers_append (&numbers, i, text);
    g_string_append_c (text, '\n');
    for (guint k = array->rank; k-- > 0; indices[k] = 0)
      if (++indices[k] < array->shape[k])
        break;
  }
  nn_text_numbers_clear (&numbers);
}

static gboolean
check_array (const NnArray *array, guint i, GHashTable *names, GError **error)
{
  const char *why = NULL;

  if (!g_hash_table_add (names, array->name) ||
      !g_utf8_validate (array->name, -1, NULL)) {
    g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                 _ ("cannot store parameter %u by its name: it is taken or not UTF-8, "
                    "rename its layer"),
                 i + 1);
    return FALSE;
  }
  if (array->n_values == 0)
    why = _ ("holds no numbers, and csv has a row for each");
  else if (array->rank > MOST_RANK)
    why = _ ("has more than 8 dimensions, for which csv has no columns here");
  if (why != NULL)
    g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                 _ ("'%.*s' %s: name a file that ends in .safetensors or .npz"), SHOWN,
                 array->name, why);
  return why == NULL;
}

static GBytes *
encode (const NnArrayFile *file, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (FIRST);
  guint n_indices = LEAST_RANK;

  for (guint i = 0; i < file->arrays->len; i++) {
    const NnArray *array = file->arrays->pdata[i];

    if (!check_array (array, i, names, error))
      return NULL;
    n_indices = MAX (n_indices, array->rank);
  }
  for (guint i = 0; i < n_indices; i++)
    g_string_append_printf (text, ",%c", INDICES[i]);
  g_string_append (text, "," LAST "\n");
  for (guint i = 0; i < file->arrays->len; i++)
    append_array (text, file->arrays->pdata[i], n_indices);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

const NnArrayFileKind nn_arrays_csv = {
  .name = "csv",
  .label = "Table of text",
  .what = N_ ("arrays in a table of text (csv)"),
  .endings = ".csv",
  .recognise = recognise,
  .read = read,
  .encode = encode,
  .value_memory = 38,
  .repeats_name = TRUE,
};
