/* nn-csv-notes.h - tells the user what was found and guessed in a CSV file
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tables/nn-csv-table.h"

G_BEGIN_DECLS

void nn_csv_notes_add (NnCsv *table);

G_END_DECLS
