/* nn-random.h - PyTorch's random numbers
 *
 * SPDX-License-Identifier: MIT
 *
 * One stream of MT19937 (Matsumoto and Nishimura, 1998; GLib's GRand), drawn as
 * PyTorch's CPU generator draws: the same seed gives the same numbers, bit for
 * bit, as torch.manual_seed.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef GRand NnRandom;

NnRandom *nn_random_new (guint32 seed) G_GNUC_WARN_UNUSED_RESULT;
void nn_random_free (NnRandom *self);

void
nn_random_fill_uniform (NnRandom *self, float low, float high, float *values, gsize n);

G_END_DECLS
