/* nn-arrays-json.h - reads named arrays from a part of a JSON document
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/arrays/nn-array-kind.h"
#include "nn/files/nn-json.h"

G_BEGIN_DECLS

gboolean nn_arrays_json_read (NnArrayFile *file, const NnJson *value, GError **error);

G_END_DECLS
