/* nn-column-guess.h - columns that are no use for training: empty, names, row numbers
 *
 * SPDX-License-Identifier: MIT
 *
 * Applied only when columns are guessed; a column that the user names is always used.
 */

#pragma once

#include "nn/data/nn-columns.h"

G_BEGIN_DECLS

const char *nn_column_guess_flaw (const NnColumns *columns, guint index);

G_END_DECLS
