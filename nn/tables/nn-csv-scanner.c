/* nn-csv-scanner.c - the lexer of CSV: splits text into fields
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tables/nn-csv-scanner.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-decimal.h"

void
nn_csv_scanner_init (NnCsvScanner *self, const char *text, gsize n_bytes)
{
  *self = (NnCsvScanner){ .at = text, .end = text + n_bytes, .line = 1 };
  nn_csv_scanner_set_separator (self, '\0');
}

void
nn_csv_scanner_clear (NnCsvScanner *self)
{
  if (self->unquoted != NULL)
    g_string_free (self->unquoted, TRUE);
  self->unquoted = NULL;
}

void
nn_csv_scanner_set_separator (NnCsvScanner *self, char separator)
{
  memset (self->ends, FALSE, sizeof self->ends);
  self->separator = separator;
  self->ends['\n'] = self->ends['\r'] = TRUE;
  self->ends[(guchar) separator] = TRUE;
  self->ends['\t'] |= separator == ' ';
}

static const char *
skip_blanks (const NnCsvScanner *self, const char *at)
{
  while (at < self->end && (*at == ' ' || (*at == '\t' && self->separator != '\t')))
    at++;
  return at;
}

/* @at: at a CR, LF or CR LF. */
static const char *
skip_line_end (const NnCsvScanner *self, const char *at)
{
  return at + 1 + (*at == '\r' && at + 1 < self->end && at[1] == '\n');
}

static gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

/**
 * nn_csv_scanner_skip_comments:
 *
 * Skips blank lines, and comments (lines that begin with #), at the start of the text.
 *
 * Returns: the number of comments
 */
gsize
nn_csv_scanner_skip_comments (NnCsvScanner *self)
{
  gsize n_comments = 0;

  while (nn_csv_scanner_find_row (self) && *self->at == '#') {
    while (self->at < self->end && !is_line_end (*self->at))
      self->at++;
    n_comments++;
  }
  return n_comments;
}

/**
 * nn_csv_scanner_find_row:
 *
 * Skips blank lines, and counts them.
 *
 * Returns: FALSE at the end of the text
 */
gboolean
nn_csv_scanner_find_row (NnCsvScanner *self)
{
  self->n_blank = 0;
  for (;;) {
    const char *at = skip_blanks (self, self->at);

    if (at == self->end)
      return FALSE;
    if (!is_line_end (*at))
      return TRUE;
    self->at = skip_line_end (self, at);
    self->line++;
    self->n_blank++;
  }
}

/* @at: after a field and the blanks that follow it
 *
 * Returns: whether it was the last of its row */
static gboolean
finish_field (NnCsvScanner *self, const char *at)
{
  if (at == self->end) {
    self->at = at;
    return TRUE;
  }
  if (is_line_end (*at)) {
    self->at = skip_line_end (self, at);
    self->line++;
    return TRUE;
  }
  self->at = at + (self->separator != ' ');
  return FALSE;
}

static void
count_lines (NnCsvScanner *self, const char *from, const char *to)
{
  for (; from < to; from++)
    if (is_line_end (*from)) {
      from = skip_line_end (self, from) - 1;
      self->line++;
    }
}

/* @n_doubled: (out): how many doubled quotes come before it
 *
 * Returns: (transfer none) (nullable): the quote that ends the field whose text begins at
 *   @start */
static const char *
find_quote (const NnCsvScanner *self, const char *start, gsize *n_doubled)
{
  const char *at = start;

  *n_doubled = 0;
  while (at < self->end && (at = memchr (at, '"', (gsize) (self->end - at))) != NULL) {
    if (at + 1 == self->end || at[1] != '"')
      return at;
    ++*n_doubled;
    at += 2;
  }
  return NULL;
}

/* Replaces doubled quotes by single ones. */
static void
unquote (NnCsvScanner *self, NnCsvField *field)
{
  if (self->unquoted == NULL)
    self->unquoted = g_string_new (NULL);
  g_string_truncate (self->unquoted, 0);
  for (gsize i = 0; i < field->n_bytes; i++) {
    g_string_append_c (self->unquoted, field->text[i]);
    i += field->text[i] == '"';
  }
  *field = (NnCsvField){ self->unquoted->str, self->unquoted->len };
}

/* @start: after the opening quote */
static gboolean
read_quoted (NnCsvScanner *self,
             const char *start,
             NnCsvField *field,
             gboolean *last,
             GError **error)
{
  gsize n_doubled;
  const char *quote = find_quote (self, start, &n_doubled);
  const gsize line = self->line;
  const char *next;

  if (quote == NULL) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("line %zu: a field begins with a quote (\") that has no end"), line);
    return FALSE;
  }
  next = skip_blanks (self, quote + 1);
  if (next < self->end && !self->ends[(guchar) *next] &&
      (self->separator != ' ' || next == quote + 1)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("line %zu: a field continues after the quote (\") that ends it"),
                 line);
    return FALSE;
  }
  count_lines (self, start, quote);
  *field = (NnCsvField){ start, (gsize) (quote - start) };
  if (n_doubled > 0)
    unquote (self, field);
  *last = finish_field (self, next);
  return TRUE;
}

/**
 * nn_csv_scanner_read:
 * @field: (out): without quotes and the blanks around it; until the next field is read
 * @last: (out): whether it is the last of its row
 *
 * Reads the next field of a row.
 *
 * Returns: FALSE if a quoted field does not end, or goes on after its closing
 *   quote (NN_ERROR_SYNTAX)
 */
gboolean
nn_csv_scanner_read (NnCsvScanner *self,
                     NnCsvField *field,
                     gboolean *last,
                     GError **error)
{
  const char *const start = skip_blanks (self, self->at);
  const char *at = start;
  const char *stop;

  if (start < self->end && *start == '"')
    return read_quoted (self, start + 1, field, last, error);
  while (at < self->end && !self->ends[(guchar) *at])
    at++;
  stop = at;
  while (stop > start && (stop[-1] == ' ' || stop[-1] == '\t'))
    stop--;
  *field = (NnCsvField){ start, (gsize) (stop - start) };
  *last = finish_field (self, self->separator == ' ' ? skip_blanks (self, at) : at);
  return TRUE;
}

/**
 * nn_csv_scanner_read_number:
 * @decimal: the decimal sign
 * @number: (out)
 * @field: (out): its text, as in nn_csv_scanner_read ()
 * @last: (out): as in nn_csv_scanner_read ()
 *
 * The fast path for unquoted numbers, which most fields are: reads and converts in
 * one pass.
 *
 * Returns: FALSE, with nothing read, if the next field is something else
 */
gboolean
nn_csv_scanner_read_number (NnCsvScanner *self,
                            char decimal,
                            double *number,
                            NnCsvField *field,
                            gboolean *last)
{
  const char *const start = skip_blanks (self, self->at);
  /* If the separator is also the decimal sign, it can only separate in an
   * unquoted field. */
  const char *const stop = nn_decimal_scan (
      start, self->end, decimal == self->separator ? '\0' : decimal, number);
  const char *at;

  if (stop == NULL)
    return FALSE;
  at = skip_blanks (self, stop);
  if (at < self->end && !self->ends[(guchar) *at] &&
      (self->separator != ' ' || at == stop))
    return FALSE;
  *field = (NnCsvField){ start, (gsize) (stop - start) };
  *last = finish_field (self, at);
  return TRUE;
}
