/* nn-noise.h - the random number generator of nudges
 *
 * SPDX-License-Identifier: MIT
 *
 * A generator that only nudges use, so that nudges never change the random numbers that
 * the run draws for its data, with marks to undo draws, and scratch memory. It is seeded
 * with the run's seed XOR NN_NOISE_SEED: for seed s, `noise` and `rand` are the numbers
 * that
 *
 *   torch.Generator ().manual_seed (s ^ 0x6e756467)
 *
 * gives torch.randn and torch.rand. One owner, one thread.
 */

#pragma once

#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

#define NN_NOISE_SEED 0x6e756467u /* "nudg" */

typedef struct _NnNoise NnNoise;

NnNoise *nn_noise_new (guint32 seed) G_GNUC_WARN_UNUSED_RESULT;
void nn_noise_free (NnNoise *self);

NnRandom *nn_noise_get_random (NnNoise *self);
float *nn_noise_reserve (NnNoise *self, gsize n_values, GError **error);

void nn_noise_mark (NnNoise *self);
void nn_noise_go_back (NnNoise *self);
void nn_noise_mark_part (NnNoise *self);
void nn_noise_go_back_part (NnNoise *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNoise, nn_noise_free)

G_END_DECLS
