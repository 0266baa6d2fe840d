/* nn-noise.h - the random numbers that nudges draw
 *
 * SPDX-License-Identifier: MIT
 *
 * A stream that only nudges draw from, so that an edit never shifts what the run draws
 * for its data, and scratch arrays for that and other values. It is seeded with the
 * run's seed XOR NN_NOISE_SEED: seed s gives `noise` and `rand` the numbers that
 *
 *   torch.Generator ().manual_seed (s ^ 0x6e756467)
 *
 * gives torch.randn and torch.rand. One owner, one thread.
 */

#pragma once

#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

#define NN_NOISE_SEED 0x6e756467u /* "nudg": another stream for every seed */

typedef struct _NnNoise NnNoise;

NnNoise *nn_noise_new (guint32 seed) G_GNUC_WARN_UNUSED_RESULT;
void nn_noise_free (NnNoise *self);

NnRandom *nn_noise_get_random (NnNoise *self);
float *nn_noise_reserve (NnNoise *self, gsize n_arrays, gsize n_values, GError **error);

void nn_noise_mark (NnNoise *self);
void nn_noise_go_back (NnNoise *self);
void nn_noise_mark_part (NnNoise *self);
void nn_noise_go_back_part (NnNoise *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNoise, nn_noise_free)

G_END_DECLS
