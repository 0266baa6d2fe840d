/* nn-csv-scanner.h - the lexer of CSV: splits text into fields
 *
 * SPDX-License-Identifier: MIT
 *
 * Handles separators, quotes and line ends, not the meaning of fields. Borrows the text,
 * which must be UTF-8 without a NUL. A plain value; a copy is a saved position, except
 * for unquoted. One owner, one thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *at; /* the next byte to read */
  const char *end;
  char separator;    /* ' ': any number of blanks and tabs; 0: each line is one field */
  gsize line;        /* of at, from 1 */
  gsize n_blank;     /* blank lines before the last row */
  guint8 ends[256];  /* whether a byte ends an unquoted field */
  GString *unquoted; /* (owned) the text of a field without its quotes */
} NnCsvScanner;

typedef struct {
  const char *text; /* (array length=n_bytes): until the next field is read */
  gsize n_bytes;
} NnCsvField;

void nn_csv_scanner_init (NnCsvScanner *self, const char *text, gsize n_bytes);
void nn_csv_scanner_clear (NnCsvScanner *self);
void nn_csv_scanner_set_separator (NnCsvScanner *self, char separator);

gsize nn_csv_scanner_skip_comments (NnCsvScanner *self);
gboolean nn_csv_scanner_find_row (NnCsvScanner *self);
gboolean nn_csv_scanner_read (NnCsvScanner *self,
                              NnCsvField *field,
                              gboolean *last,
                              GError **error);
gboolean nn_csv_scanner_read_number (NnCsvScanner *self,
                                     char decimal,
                                     double *number,
                                     NnCsvField *field,
                                     gboolean *last);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnCsvScanner, nn_csv_scanner_clear)

G_END_DECLS
