/* nn-target-private.h - a target as the first part of a nudge
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/nudge/nn-fault.h"
#include "nn/nudge/nn-target.h"

G_BEGIN_DECLS

gboolean
nn_target_read (NnTarget *self, const char **at, const char **condition, NnFault *fault);

G_END_DECLS
