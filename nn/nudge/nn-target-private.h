/* nn-target-private.h - parses the targets at the start of a nudge
 *
 * SPDX-License-Identifier: MIT
 *
 * For the other files of this folder.
 */

#pragma once

#include "nn/expression/nn-fault.h"
#include "nn/nudge/nn-target.h"

G_BEGIN_DECLS

gboolean
nn_target_read (NnTarget *self, const char **at, const char **condition, NnFault *fault);

G_END_DECLS
