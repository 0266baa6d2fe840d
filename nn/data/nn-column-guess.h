/* nn-column-guess.h - which columns a network cannot sensibly learn from
 *
 * SPDX-License-Identifier: MIT
 *
 * For columns that are guessed: one that the user names is taken as it is.
 */

#pragma once

#include "nn/data/nn-columns.h"

G_BEGIN_DECLS

const char *nn_column_guess_flaw (const NnColumns *columns, guint index);

G_END_DECLS
