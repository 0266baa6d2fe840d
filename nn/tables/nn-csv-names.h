/* nn-csv-names.h - makes the names of a table's columns distinct
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_csv_names_make_distinct (GPtrArray *names, GPtrArray *notes);

G_END_DECLS
