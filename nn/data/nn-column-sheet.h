/* nn-column-sheet.h - makes the preview of a data file (NnSheet) from its columns
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/data/nn-columns.h"
#include "nn/data/nn-sheet.h"

G_BEGIN_DECLS

NnSheet *nn_column_sheet_new (const NnColumns *columns) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
