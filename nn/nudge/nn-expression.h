/* nn-expression.h - update functions: arithmetic that maps a weight to its new value
 *
 * SPDX-License-Identifier: MIT
 *
 *   w        the weight's value
 *   a        the amount (the slider)
 *   1e-3     a number, rounded to float32
 *   + - * / ^ ( )   as in Python, with ^ for **: -w^2 is -(w^2), 2^3^2 is 2^(3^2)
 *
 * Every operation is one float32 operation, elementwise, as PyTorch does it on
 * tensors. An expression is compiled once and is immutable and shared after that
 * (ref and unref from any thread).
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NnExpression NnExpression;

NnExpression *
nn_expression_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExpression *nn_expression_ref (NnExpression *self);
void nn_expression_unref (NnExpression *self);

const char *nn_expression_get_text (const NnExpression *self);
gboolean nn_expression_uses_amount (const NnExpression *self);
void nn_expression_evaluate (const NnExpression *self,
                             const float *w,
                             float amount,
                             float *result,
                             gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnExpression, nn_expression_unref)

G_END_DECLS
