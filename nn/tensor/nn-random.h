/* nn-random.h - PyTorch's CPU random number generator
 *
 * SPDX-License-Identifier: MIT
 *
 * A stream of MT19937 (Matsumoto and Nishimura, 1998) with PyTorch's distributions on
 * top: after the same seed, each function gives the same numbers, bit for bit, as the
 * call of PyTorch that its comment names. One owner, one thread.
 */

#pragma once

#include <glib.h>

#include "nn/files/nn-pack.h"

G_BEGIN_DECLS

typedef struct _NnRandom NnRandom;

NnRandom *nn_random_new (guint32 seed) G_GNUC_WARN_UNUSED_RESULT;
NnRandom *nn_random_copy (const NnRandom *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_random_assign (NnRandom *self, const NnRandom *from);
void nn_random_free (NnRandom *self);
void nn_random_pack (const NnRandom *self, GByteArray *bytes);
void nn_random_unpack (NnRandom *self, NnUnpack *bytes);
void nn_random_seed (NnRandom *self, guint64 seed);

void
nn_random_fill_uniform (NnRandom *self, float low, float high, float *values, gsize n);
void
nn_random_fill_normal (NnRandom *self, double mean, double std, float *values, gsize n);
void nn_random_fill_uniform_doubles (NnRandom *self, double *values, gsize n);
void nn_random_fill_few_normals (NnRandom *self, double *values, gsize n);
void nn_random_skip (NnRandom *self, guint64 n);
guint64 nn_random_draw_integer (NnRandom *self);
void nn_random_fill_permutation (NnRandom *self, gsize *values, gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRandom, nn_random_free)

G_END_DECLS
