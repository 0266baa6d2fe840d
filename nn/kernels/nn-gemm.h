/* nn-gemm.h - the products of a large dense layer, on all processors
 *
 * SPDX-License-Identifier: MIT
 *
 * The same as product and gradients of NnKernels, for matrices so large that sharing
 * them out costs nothing beside what it saves. They run on as many threads as
 * nn_threads_set () says. Small products never come here.
 */

#pragma once

#include "nn/kernels/nn-kernels.h"

G_BEGIN_DECLS

gboolean nn_gemm_pays (gsize n_rows, gsize n_terms, gsize n_columns);
void nn_gemm_product (const NnProduct *product);
void nn_gemm_gradients (const NnGradients *gradients);

G_END_DECLS
