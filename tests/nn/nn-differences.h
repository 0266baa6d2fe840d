/* nn-differences.h - comparing derivatives with differences
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tensor/nn-tape.h"

/* Some scalar function of a few tensors, computed with recorded operations. */
typedef NnTensor *(*DifferencesFunction) (NnTape *tape,
                                          NnTensor **inputs,
                                          gconstpointer data);

NnTensor *differences_new_random (GRand *random, gsize rank, const gsize *shape);
void differences_check (DifferencesFunction function,
                        gconstpointer data,
                        NnTensor **inputs,
                        gsize n_inputs);
