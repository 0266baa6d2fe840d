/* nn-expression-private.h - expressions from parsed statements, and their plans
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to nn/expression and nn/nudge.
 */

#pragma once

#include "nn/expression/nn-expression.h"
#include "nn/expression/nn-grammar.h"

G_BEGIN_DECLS

NnExpression *nn_expression_new_of (const NnStatement *statements,
                                    guint n,
                                    NnFault *fault) G_GNUC_WARN_UNUSED_RESULT;

const NnPlan *nn_expression_get_plan (const NnExpression *self);
gboolean nn_expression_get_program (const NnExpression *self, NnProgram *program);

G_END_DECLS
