/* nn-csv.h - reads CSV and similar tables of text
 *
 * SPDX-License-Identifier: MIT
 *
 * Guesses encoding, separator, decimal sign and header, unless they are given, and notes
 * what it found. In the order of their dependence: nn-csv-scanner (fields), nn-csv-guess
 * and nn-csv-header (dialect and columns), nn-csv-column (values), nn-csv-notes, nn-csv.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/tables/nn-csv-table.h"

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
