/* nn-compile.h - compiles an update function's tree to a plan
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to this folder, and tested through nn-expression.h.
 */

#pragma once

#include "nn/expression/nn-fault.h"
#include "nn/expression/nn-term.h"

G_BEGIN_DECLS

gboolean nn_compile (const NnStatement *statements,
                     guint n_statements,
                     NnPlan *plan,
                     NnFault *fault);

G_END_DECLS
