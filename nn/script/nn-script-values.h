/* nn-script-values.h - arrays of numbers in a program's text, or in the file beside it
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/arrays/nn-array-file.h"

G_BEGIN_DECLS

char *nn_script_write_values (NnArrayFile *stored,
                              const char *name,
                              const float *values,
                              guint rank,
                              const gsize *shape,
                              gboolean whole) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
