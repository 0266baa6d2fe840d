/* nn-shuffle.c - the order in which an epoch goes through the data
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-shuffle.h"

/* A DataLoader's iterator first draws the seed that workers would get, whether there are
 * any or not, and its RandomSampler then the seed of a generator of its own, whose
 * randperm the order is: so PyTorch 1.13 to 2.x (torch/utils/data/dataloader.py,
 * _BaseDataLoaderIter, and sampler.py). */
static void
draw_as_dataloader (NnRandom *random, NnRandom *sampler, gsize *order, gsize n)
{
  nn_random_draw_integer (random);
  nn_random_seed (sampler, nn_random_draw_integer (random));
  nn_random_fill_permutation (sampler, order, n);
}

/**
 * nn_shuffle_draw:
 * @random: the run's stream
 * @sampler: scratch: a generator of the sampler's own, seeded anew each time
 * @order: (n) in/out: the examples' numbers
 *
 * Begins an epoch. Allocates nothing.
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
