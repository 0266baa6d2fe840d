/* nn-expression.h - update functions: arithmetic that maps a weight to its new value
 *
 * SPDX-License-Identifier: MIT
 *
 *   w        the weight's value
 *   a        the amount (the slider)
 *   1e-3     a number, rounded to float32
 *   noise    a normal random number, mean 0 and deviation 1
 *   rand     a uniform random number, 0 or more and below 1
 *   + - * / ^ ( )   as in Python, with ^ for **, which reads too: -w^2 is -(w^2),
 *                   2^3^2 is 2^(3^2)
 *
 * Every operation is one in float32, elementwise, as PyTorch does it when w is a
 * tensor and a is a number. What has no w in it is float32 as well. Each mention of noise
 * or rand is a tensor of fresh draws, one for each weight: torch.randn or torch.rand of
 * the shape of w.
 *
 * An expression is compiled once and is immutable and shared after that (ref and
 * unref from any thread).
 */

#pragma once

#include <glib.h>

#include "nn/nudge/nn-operands.h"

G_BEGIN_DECLS

#define NN_EXPRESSION_DRAWS 16 /* mentions of noise and rand that one may have */

typedef struct _NnExpression NnExpression;

NnExpression *
nn_expression_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExpression *nn_expression_ref (NnExpression *self);
void nn_expression_unref (NnExpression *self);

const char *nn_expression_get_text (const NnExpression *self);
gboolean nn_expression_uses_amount (const NnExpression *self);
gboolean nn_expression_uses_random (const NnExpression *self);
gsize nn_expression_get_n_arrays (const NnExpression *self);
void nn_expression_evaluate (const NnExpression *self,
                             const NnOperands *operands,
                             float *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnExpression, nn_expression_unref)

G_END_DECLS
