/* nn-csv.h - reading a table of text, as spreadsheets and programs write it
 *
 * SPDX-License-Identifier: MIT
 *
 * Finds encoding, separator, decimal sign and header by itself and says what it found;
 * what it guessed can be given.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/files/nn-csv-table.h"

G_BEGIN_DECLS

NnCsv *nn_csv_open (const char *path,
                    const NnCsvDialect *dialect,
                    const NnProgress *progress,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnCsv *nn_csv_parse (const char *bytes,
                     gsize n_bytes,
                     const NnCsvDialect *dialect,
                     const NnProgress *progress,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnCsv *nn_csv_parse_take (char *bytes,
                          gsize n_bytes,
                          const NnCsvDialect *dialect,
                          const NnProgress *progress,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
