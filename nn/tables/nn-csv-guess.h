/* nn-csv-guess.h - guesses separator, decimal sign and header of a CSV file
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tables/nn-csv-scanner.h"
#include "nn/tables/nn-csv-table.h"

G_BEGIN_DECLS

void nn_csv_guess (NnCsvScanner *scanner, NnCsvDialect *dialect);

G_END_DECLS
