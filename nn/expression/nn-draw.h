/* nn-draw.h - an array of random numbers, drawn in blocks
 *
 * SPDX-License-Identifier: MIT
 *
 * The bits of torch.randn or torch.rand of a tensor that is not in memory as a whole; it
 * may be read several times. For the streams of nn/nudge, and tested through
 * nn-stream.h.
 */

#pragma once

#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

typedef struct _NnDraw NnDraw;

NnDraw *nn_draw_new (NnRandom *random, gboolean normal, gboolean is_double, guint64 n)
    G_GNUC_WARN_UNUSED_RESULT;
void nn_draw_free (NnDraw *self);
void nn_draw_rewind (NnDraw *self);
void nn_draw_floats (NnDraw *self, float *values, gsize n);
void nn_draw_doubles (NnDraw *self, double *values, gsize n);

#define NN_DRAW_BLOCK 16 /* sizes of blocks are multiples of this, except the last's */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDraw, nn_draw_free)

G_END_DECLS
