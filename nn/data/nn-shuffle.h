/* nn-shuffle.h - the order of the examples in an epoch, as PyTorch shuffles them
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

typedef enum {
  NN_SHUFFLE_NONE,       /* the data's own order */
  NN_SHUFFLE_RANDPERM,   /* torch.randperm at each epoch's start */
  NN_SHUFFLE_DATALOADER, /* as DataLoader (shuffle=True) draws it */
  NN_N_SHUFFLES,
} NnShuffle;

void nn_shuffle_draw (NnShuffle self,
                      NnRandom *random,
                      NnRandom *sampler,
                      gsize *order,
                      gsize n);

G_END_DECLS
