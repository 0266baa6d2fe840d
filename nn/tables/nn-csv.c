/* nn-csv.c - reads CSV and similar tables of text
 *
 * SPDX-License-Identifier: MIT
 *
 * A single pass converts fields to numbers, directly into the columns.
 */

#include "nn/tables/nn-csv.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-memory.h"
#include "nn/files/nn-encoding.h"
#include "nn/files/nn-gzip.h"
#include "nn/files/nn-path.h"
#include "nn/tables/nn-csv-column.h"
#include "nn/tables/nn-csv-header.h"
#include "nn/tables/nn-csv-notes.h"

#define N_REPORTS 100 /* of progress */

/* Less than this is not compared: reading the available memory takes longer than a
 * short table. */
#define LITTLE (16 * 1024 * 1024)

typedef struct {
  NnText text;
  char *released; /* (nullable) pages of the text before it were released */
  NnCsvScanner scanner;
  NnCsv *table;               /* (owned) */
  NnCsvColumnReader *columns; /* (owned) [table->n_columns] */
  gsize capacity;             /* rows */
  gsize reference;            /* the line of the header or first row, for messages */
  const NnProgress *progress;
  const char *next_report;
} Reader;

static void
reader_clear (Reader *self)
{
  for (gsize i = 0; self->columns != NULL && i < self->table->n_columns; i++)
    nn_csv_column_clear (&self->columns[i]);
  g_clear_pointer (&self->columns, g_free);
  g_clear_pointer (&self->table, nn_csv_free);
  nn_csv_scanner_clear (&self->scanner);
  nn_encoding_clear (&self->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
refuse_memory (const Reader *self, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_MEMORY,
               _ ("not enough memory for %zu rows of %zu columns"), self->capacity,
               self->table->n_columns);
  return FALSE;
}

/* ---- the rows ---------------------------------------------------------------------- */

static gsize
count_bytes (const char *text, const char *end, char byte)
{
  gsize n = 0;

  while (text < end && (text = memchr (text, byte, (gsize) (end - text))) != NULL) {
    text++;
    n++;
  }
  return n;
}

/* Returns: an upper bound of the number of rows: a row is at least a line, and a field
 *   takes at least a byte */
static gsize
find_capacity (const NnCsvScanner *scanner, gsize n_columns)
{
  const gsize n_lines = count_bytes (scanner->at, scanner->end, '\n') +
                        count_bytes (scanner->at, scanner->end, '\r') + 1;

  return MIN (n_lines, ((gsize) (scanner->end - scanner->at) + 1) / n_columns + 1);
}

/* Whether the numbers fit beside what cannot be released of the text. */
static gboolean
fit_in_memory (const Reader *self)
{
  const guint64 needed = (guint64) self->capacity * self->table->n_columns *
                         sizeof *self->table->columns->numbers;
  const guint64 released = self->released != NULL ? self->text.n_bytes : 0;

  return needed < LITTLE || needed < released ||
         needed - released <= nn_memory_get_available ();
}

static gboolean
allocate (Reader *self, GError **error)
{
  const gsize n_columns = self->table->n_columns;

  self->capacity = find_capacity (&self->scanner, n_columns);
  if (self->capacity > G_MAXUINT32 || !fit_in_memory (self))
    return refuse_memory (self, error);
  self->columns = g_new0 (NnCsvColumnReader, n_columns);
  for (gsize i = 0; i < n_columns; i++)
    if (!nn_csv_column_init (&self->columns[i], self->capacity))
      return refuse_memory (self, error);
  return TRUE;
}

static gboolean
read_field (Reader *self, gsize k, gboolean *last, GError **error)
{
  const char decimal = self->table->dialect.decimal;
  const gsize row = self->table->n_rows;
  NnCsvField field;
  double number;
  gboolean fits;

  if (nn_csv_scanner_read_number (&self->scanner, decimal, &number, &field, last))
    fits = nn_csv_column_add_number (&self->columns[k], row, (float) number, &field);
  else if (nn_csv_scanner_read (&self->scanner, &field, last, error))
    fits = nn_csv_column_add (&self->columns[k], row, decimal, &field);
  else
    return FALSE;
  return fits || refuse_memory (self, error);
}

/* @n_fields: of the row in @line; a lower bound unless the row has @ended */
static gboolean
refuse_length (Reader *self, gsize line, gsize n_fields, gboolean ended, GError **error)
{
  NnCsvField field;

  for (; !ended; n_fields++)
    if (!nn_csv_scanner_read (&self->scanner, &field, &ended, error))
      return FALSE;
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               ngettext ("line %zu has %zu field, and line %zu has %zu",
                         "line %zu has %zu fields, and line %zu has %zu", n_fields),
               line, n_fields, self->reference, self->table->n_columns);
  return FALSE;
}

/* Records the line of each row, once rows are not on consecutive lines. */
static gboolean
keep_line (Reader *self, gsize line, GError **error)
{
  NnCsv *table = self->table;

  if (table->lines == NULL) {
    if (line == table->first_line + table->n_rows)
      return TRUE;
    table->lines = g_try_new (guint32, self->capacity);
    if (table->lines == NULL)
      return refuse_memory (self, error);
    for (gsize i = 0; i < table->n_rows; i++)
      table->lines[i] = (guint32) (table->first_line + i);
  }
  table->lines[table->n_rows] = (guint32) line;
  return TRUE;
}

static gboolean
read_row (Reader *self, GError **error)
{
  const gsize n_columns = self->table->n_columns;
  const gsize line = self->scanner.line;
  gboolean last = FALSE;
  gsize k = 0;

  for (; k < n_columns && !last; k++)
    if (!read_field (self, k, &last, error))
      return FALSE;
  if (k < n_columns || !last)
    return refuse_length (self, line, k, last, error);
  if (!keep_line (self, line, error))
    return FALSE;
  self->table->n_rows++;
  return TRUE;
}

/* Releases the pages of text that were read, so that a large file and its numbers do not
 * need memory at the same time. */
static void
release (Reader *self)
{
  const gsize page = (gsize) sysconf (_SC_PAGESIZE);
  const gsize at = (gsize) self->scanner.at / page * page;
  const gsize from = ((gsize) self->released + page - 1) / page * page;

  if (self->released == NULL || from >= at)
    return;
  /* On failure, the memory is merely freed later. */
  madvise (self->released + (from - (gsize) self->released), at - from, MADV_DONTNEED);
  self->released += at - (gsize) self->released;
}

static gboolean
report (Reader *self, GError **error)
{
  const NnText *text = &self->text;

  if (self->scanner.at < self->next_report)
    return TRUE;
  release (self);
  self->next_report = self->scanner.at + text->n_bytes / N_REPORTS + 1;
  return nn_progress_report (
      self->progress, (double) (self->scanner.at - text->text) / (double) text->n_bytes,
      error);
}

static gboolean
read_rows (Reader *self, GError **error)
{
  NnCsv *table = self->table;

  self->next_report = self->scanner.at;
  while (nn_csv_scanner_find_row (&self->scanner)) {
    if (table->n_rows > 0 && self->scanner.n_blank > 0) {
      if (table->n_blank == 0)
        table->first_blank = self->scanner.line - self->scanner.n_blank;
      table->n_blank += self->scanner.n_blank;
    }
    if (!report (self, error) || !read_row (self, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- the table --------------------------------------------------------------------- */

static NnCsv *
parse (Reader *self, GError **error)
{
  NnCsv *table = self->table;

  nn_csv_scanner_init (&self->scanner, self->text.text, self->text.n_bytes);
  table->dialect.encoding = nn_encoding_get_name (self->text.encoding);
  if (!nn_csv_header_read (&self->scanner, table, &self->reference, error) ||
      !allocate (self, error) || !read_rows (self, error))
    return NULL;
  for (gsize i = 0; i < table->n_columns; i++)
    nn_csv_column_finish (&self->columns[i], table->n_rows, table->dialect.decimal,
                          &table->columns[i]);
  g_clear_pointer (&self->columns, g_free);
  if (table->lines != NULL)
    table->lines = g_renew (guint32, table->lines, table->n_rows);
  nn_csv_notes_add (table);
  return g_steal_pointer (&self->table);
}

/* @own: (nullable): @bytes, if they may be released while reading */
static NnCsv *
read_bytes (const char *bytes,
            char *own,
            gsize n_bytes,
            const NnCsvDialect *dialect,
            const NnProgress *progress,
            GError **error)
{
  g_auto (Reader) self = { .progress = progress };

  self.table = g_new0 (NnCsv, 1);
  self.table->notes = g_ptr_array_new_with_free_func (g_free);
  if (dialect != NULL)
    self.table->dialect = *dialect;
  if (!nn_encoding_read (&self.text, bytes, n_bytes, self.table->dialect.encoding, error))
    return NULL;
  self.released = self.text.converted != NULL ? self.text.converted : own;
  return parse (&self, error);
}

/**
 * nn_csv_parse:
 * @bytes: (array length=n_bytes): a whole file
 * @dialect: (nullable): what the user specified
 * @progress: (nullable)
 *
 * A number is the nearest double, rounded to float32, as NumPy or pandas and then PyTorch
 * would read it.
 *
 * Returns: (transfer full) (nullable): NULL with an error that says what is wrong in
 *   which line; the caller prefixes the file's name
 */
NnCsv *
nn_csv_parse (const char *bytes,
              gsize n_bytes,
              const NnCsvDialect *dialect,
              const NnProgress *progress,
              GError **error)
{
  g_return_val_if_fail (bytes != NULL || n_bytes == 0, NULL);

  return read_bytes (bytes != NULL ? bytes : "", NULL, n_bytes, dialect, progress, error);
}

/**
 * nn_csv_parse_take:
 * @bytes: (transfer full) (array length=n_bytes): from g_malloc ()
 *
 * nn_csv_parse () that releases the memory of the text while reading it.
 *
 * Returns: (transfer full) (nullable)
 */
NnCsv *
nn_csv_parse_take (char *bytes,
                   gsize n_bytes,
                   const NnCsvDialect *dialect,
                   const NnProgress *progress,
                   GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autofree char *own = bytes;

  return read_bytes (own, own, n_bytes, dialect, progress, error);
}

/**
 * nn_csv_open:
 * @path: of a file or pipe, perhaps compressed by gzip
 *
 * nn_csv_parse () of a file. Needs as much memory as the larger of text and numbers.
 *
 * Returns: (transfer full) (nullable): NULL with an error that begins with the
 *   file's name
 */
NnCsv *
nn_csv_open (const char *path,
             const NnCsvDialect *dialect,
             const NnProgress *progress,
             GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  gsize n_bytes;
  char *bytes = nn_gzip_read_file (path, NULL, &n_bytes, error);
  GError *failure = NULL;
  NnCsv *table;

  if (bytes == NULL)
    return NULL;
  table = nn_csv_parse_take (bytes, n_bytes, dialect, progress, &failure);
  if (failure != NULL) {
    g_autofree char *name = nn_path_dup_display_name (path);

    if (!g_error_matches (failure, NN_ERROR, NN_ERROR_CANCELLED))
      g_prefix_error (&failure, "%s: ", name);
    g_propagate_error (error, failure);
  }
  return table;
}
