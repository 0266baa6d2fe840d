/* nn-derived.h - executes a plan's steps: values that depend on the whole target
 *
 * SPDX-License-Identifier: MIT
 *
 * Statistics, ranks, the orthogonalised matrix, arrays of random numbers, and the arrays
 * that these are computed from. Private to nn/expression and nn/nudge, but for
 * nn_rank (), which nn/patch calls, too. Tested through nn-expression.h.
 */

#pragma once

#include "nn/expression/nn-program.h"

G_BEGIN_DECLS

gsize nn_derived_count_work (const NnPlan *plan);
void nn_derived_compute (NnDerived *self, const NnPlan *plan, const NnOperands *operands);
void nn_rank (const float *w, gsize n, float *work, float *result);

#define NN_RANK_WORK 3 /* arrays of n floats */

G_END_DECLS
