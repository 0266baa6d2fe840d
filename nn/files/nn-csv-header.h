/* nn-csv-header.h - the columns of a table of text
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/files/nn-csv-scanner.h"
#include "nn/files/nn-csv-table.h"

G_BEGIN_DECLS

gboolean
nn_csv_header_read (NnCsvScanner *scanner, NnCsv *table, gsize *line, GError **error);

G_END_DECLS
