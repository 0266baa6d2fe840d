/* nudge-info-arrays.h - what `nudge info` prints of arrays
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/arrays/nn-array-file.h"

G_BEGIN_DECLS

void nudge_info_print_arrays (const NnArrayFile *file);

G_END_DECLS
