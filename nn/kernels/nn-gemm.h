/* nn-gemm.h - the products of a large dense layer, by oneDNN
 *
 * SPDX-License-Identifier: MIT
 *
 * The same as product and gradients of NnKernels, for matrices so large that what
 * a library's call costs is nothing beside them. They run on as many threads as
 * nn_gemm_set_threads () says; the same number of threads gives the same bits.
 * Small products never come here, so theirs do not depend on it.
 */

#pragma once

#include "nn/kernels/nn-kernels.h"

G_BEGIN_DECLS

gboolean nn_gemm_pays (gsize n_rows, gsize n_terms, gsize n_columns);
void nn_gemm_product (const NnProduct *product);
void nn_gemm_gradients (const NnGradients *gradients);

void nn_gemm_set_threads (guint n_threads);

G_END_DECLS
