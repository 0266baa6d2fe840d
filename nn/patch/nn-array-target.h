/* nn-array-target.h - writes the target that selects exactly one array of a file
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/arrays/nn-array-file.h"

G_BEGIN_DECLS

char *
nn_array_dup_target (const NnArrayFile *file, guint index) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
