/* nn-csv-missing.h - recognises fields that stand for a missing value: NA, ?, null …
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_CSV_PRESENT,
  NN_CSV_MISSING,
  NN_CSV_SIGN, /* - or .: missing in a column of numbers, a name in a column of names */
} NnCsvPresence;

NnCsvPresence nn_csv_missing_find (const char *text, gsize n_bytes);

G_END_DECLS
