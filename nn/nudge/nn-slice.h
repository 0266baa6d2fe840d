/* nn-slice.h - parses the brackets of a target: [2], [0:3,1], [0,1; 2,1]
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to this folder, and tested through nn-target.h.
 */

#pragma once

#include "nn/expression/nn-fault.h"
#include "nn/nudge/nn-target.h"

G_BEGIN_DECLS

gboolean nn_slice_is_condition (const char *bracket);
gboolean nn_slice_read (NnTarget *target, const char **at, NnFault *fault);
void nn_slice_append_text (const NnTarget *target, GString *text);

G_END_DECLS
