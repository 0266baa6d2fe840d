/* nn-nudge-reader.h - the parser of nudges
 *
 * SPDX-License-Identifier: MIT
 *
 * The language is nn-nudge.h's. Private to this folder, and tested through there.
 */

#pragma once

#include "nn/expression/nn-fault.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

gboolean
nn_nudge_read (NnNudge *self, const char *text, const NnFunctions *own, NnFault *fault);
NnExpression *nn_nudge_read_function (const char *text, NnFault *fault);

G_END_DECLS
