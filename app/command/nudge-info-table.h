/* nudge-info-table.h - what `nudge info` prints of a table of text
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tables/nn-csv-table.h"

G_BEGIN_DECLS

void nudge_info_print_table (const NnCsv *table);

G_END_DECLS
