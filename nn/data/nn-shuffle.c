/* nn-shuffle.c - the order of the examples in an epoch, as PyTorch shuffles them
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-shuffle.h"

/* A DataLoader's iterator first draws the base seed of its workers, even without workers;
 * then its RandomSampler draws the seed of a generator of its own, whose randperm is the
 * order. So in PyTorch 1.13 to 2.x (torch/utils/data/dataloader.py, _BaseDataLoaderIter,
 * and sampler.py). */
static void
draw_as_dataloader (NnRandom *random, NnRandom *sampler, gsize *order, gsize n)
{
  nn_random_draw_integer (random);
  nn_random_seed (sampler, nn_random_draw_integer (random));
  nn_random_fill_permutation (sampler, order, n);
}

/**
 * nn_shuffle_draw:
 * @random: the run's generator
 * @sampler: scratch: the RandomSampler's generator, seeded here
 * @order: (inout) (n): the examples' indices; NN_SHUFFLE_NONE leaves them
 *
 * Draws the order of an epoch. Does not allocate.
 */
void
nn_shuffle_draw (NnShuffle self,
                 NnRandom *random,
                 NnRandom *sampler,
                 gsize *order,
                 gsize n)
{
  switch (self) {
  case NN_SHUFFLE_RANDPERM:
    nn_random_fill_permutation (random, order, n);
    break;
  case NN_SHUFFLE_DATALOADER:
    draw_as_dataloader (random, sampler, order, n);
    break;
  default:
    break;
  }
}
