/* nn-csv-notes.h - what was found and guessed in a table, for the user
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/files/nn-csv-table.h"

G_BEGIN_DECLS

void nn_csv_notes_add (NnCsv *table);

G_END_DECLS
