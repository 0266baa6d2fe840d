/* nn-derived.h - what an update function reads of the target as a whole
 *
 * SPDX-License-Identifier: MIT
 *
 * Its statistics, its elements' ranks, it made orthogonal, and arrays of random numbers.
 * Private to this folder, and tested through nn-expression.h.
 */

#pragma once

#include "nn/nudge/nn-program.h"

G_BEGIN_DECLS

gsize nn_derived_count_arrays (const NnInstruction *program, gsize n_instructions);
void nn_derived_compute (NnDerived *self,
                         const NnInstruction *program,
                         gsize n_instructions,
                         const NnOperands *operands);

G_END_DECLS
