/* nn-csv-header.h - finds the dialect and the columns at the start of a CSV file
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tables/nn-csv-scanner.h"
#include "nn/tables/nn-csv-table.h"

G_BEGIN_DECLS

gboolean
nn_csv_header_read (NnCsvScanner *scanner, NnCsv *table, gsize *line, GError **error);

G_END_DECLS
