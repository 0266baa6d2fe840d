/* nn-generators.h - helpers of the generated data sets (xor, circle, spiral …)
 *
 * SPDX-License-Identifier: MIT
 *
 * Each data set is defined by a short PyTorch program in tests/golden/data.py, which
 * fixes the random numbers, their order and the arithmetic: float32 with one rounding per
 * operation. Sines and cosines are computed in double and rounded to float32, so that the
 * last bit of a math library does not matter.
 */

#pragma once

#include "nn/data/nn-data-kind.h"

G_BEGIN_DECLS

void nn_generator_add_jitter (NnRandom *random,
                              const NnDataSpec *spec,
                              float *values,
                              gsize n);
float *nn_generator_draw_uniform (NnRandom *random, gsize n) G_GNUC_WARN_UNUSED_RESULT;
void nn_generator_fill_square (NnRandom *random, gsize n, float *points);
void nn_generator_put_polar (float *point, double radius, double angle);

G_END_DECLS
