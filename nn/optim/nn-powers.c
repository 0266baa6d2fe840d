/* nn-powers.c - cached powers of a number: βᵗ in every step
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/optim/nn-powers.h"

#include <math.h>

/**
 * nn_powers_set_base:
 *
 * To be called before nn_powers_get (); cheap if the base is unchanged.
 */
void
nn_powers_set_base (NnPowers *self, double base)
{
  if (self->base == base && self->low[0] == 1)
    return;
  self->base = base;
  for (guint i = 0; i < NN_POWERS_BLOCK; i++)
    self->low[i] = pow (base, i);
  self->block = 0;
  self->high = 1;
}

/**
 * nn_powers_get:
 *
 * Returns: the base to the power of @exponent
 */
double
nn_powers_get (NnPowers *self, guint64 exponent)
{
  const guint64 block = exponent / NN_POWERS_BLOCK;

  if (self->block != block) {
    self->block = block;
    self->high = pow (self->base, (double) (block * NN_POWERS_BLOCK));
  }
  return self->low[exponent % NN_POWERS_BLOCK] * self->high;
}
