/* nn-expression.h - update functions: arithmetic that maps a weight to its new value
 *
 * SPDX-License-Identifier: MIT
 *
 *   w        the weight's value
 *   a        the amount (the slider)
 *   1e-3     a number, rounded to float32
 *   + - * / ^ ( )   as in Python, with ^ for **, which reads too: -w^2 is -(w^2),
 *                   2^3^2 is 2^(3^2)
 *
 * Every operation is one in float32, elementwise, as PyTorch does it when w is a
 * tensor and a is a number. What has no w in it is float32 as well.
 *
 * An expression is compiled once and is immutable and shared after that (ref and
 * unref from any thread).
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
