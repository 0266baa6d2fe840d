/* nn-powers.c - cached powers of a number: βᵗ in every step
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/optim/nn-powers.h"

#include <math.h>

/**
 * nn_powers_set_base:
 *
 * To be called before nn_powers_move (); cheap if the base is unchanged.
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
 * nn_powers_move:
 *
 * Computes what nn_powers_get () needs for @exponent, if it is not at hand.
 */
void
nn_powers_move (NnPowers *self, guint64 exponent)
{
  if (nn_powers_hold (self, exponent))
    return;
  self->block = exponent / NN_POWERS_BLOCK;
  self->high = pow (self->base, (double) (self->block * NN_POWERS_BLOCK));
}
