/* nn-gemm.h - the products of a large dense layer, on several threads
 *
 * SPDX-License-Identifier: MIT
 *
 * The same as product and gradients of NnKernels, for matrices so large that copying one
 * of them costs little beside what it saves. They run on as many threads as
 * nn_threads_set () says. Small products never come here.
 *
 * A step with them keeps 1.00 of the pace of oneDNN's products and Adam alone for W4 of
 * tests/bench, and 1.03 for W5, on one core of a Zen 5 with AVX-512: rounds in turns, by
 * the clock.
 */

#pragma once

#include "nn/kernels/nn-kernels.h"

G_BEGIN_DECLS

gboolean nn_gemm_pays (gsize n_rows, gsize n_terms, gsize n_columns);
gsize nn_gemm_get_scratch (gsize n_out, gsize n_in, gsize n_columns);
void nn_gemm_product (const NnProduct *product, gboolean cached, float *scratch);
gboolean nn_gemm_gradients (const NnGradients *gradients, float *scratch);

G_END_DECLS
