/* nn-csv-scanner.h - the fields of a table of text, one after another
 *
 * SPDX-License-Identifier: MIT
 *
 * Knows separators, quotes and line ends, and nothing of what the fields mean. Borrows
 * the text, which is UTF-8 without a NUL. One owner, one thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *at; /* the next byte to read */
  const char *end;
  char
      separator; /* ' ': blanks and tabs, as many as there are; 0: each line is a field */
  gsize line;    /* of at, from 1 */
  gsize n_blank; /* lines without a field before the last row */
  guint8 ends[256];  /* whether a byte ends a field without quotes */
  GString *unquoted; /* (owned) a field's text without its quotes */
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
