/* nn-generators.h - what the data sets that a formula makes have in common
 *
 * SPDX-License-Identifier: MIT
 *
 * Each is defined by a short PyTorch program, in tests/golden/data.py: which numbers are
 * drawn, in which order, and what is done to them. Arithmetic is float32, one rounding to
 * an operation. Sines and cosines are computed in double and rounded to float32, so no
 * library's last bit matters.
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
