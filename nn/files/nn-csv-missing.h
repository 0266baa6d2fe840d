/* nn-csv-missing.h - what tables write where there is no value
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_CSV_PRESENT,
  NN_CSV_MISSING,
  NN_CSV_SIGN, /* - or .: missing among numbers, and a name among names */
} NnCsvPresence;

NnCsvPresence nn_csv_missing_find (const char *text, gsize n_bytes);

G_END_DECLS
