/* nn-derived.h - what an update function reads of the target as a whole
 *
 * SPDX-License-Identifier: MIT
 *
 * The steps of a plan: statistics, ranks, the matrix made orthogonal, arrays of random
 * numbers, and values that those are made of. Private to this folder, and tested through
 * nn-expression.h.
 */

#pragma once

#include "nn/nudge/nn-program.h"

G_BEGIN_DECLS

gsize nn_derived_count_work (const NnPlan *plan);
void nn_derived_compute (NnDerived *self, const NnPlan *plan, const NnOperands *operands);
void nn_rank (const float *w, gsize n, float *work, float *result);

#define NN_RANK_WORK 3 /* arrays of n floats */

G_END_DECLS
