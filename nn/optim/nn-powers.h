/* nn-powers.h - cached powers of a number: βᵗ in every step
 *
 * SPDX-License-Identifier: MIT
 *
 * A power is the product of two that pow () computed: a fraction of pow's time. The
 * result depends only on base and exponent, not on earlier calls, and below
 * NN_POWERS_BLOCK equals pow's. A plain value, all zero at first.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_POWERS_BLOCK 64

typedef struct {
  double base;
  double low[NN_POWERS_BLOCK]; /* baseⁱ */
  guint64 block;
  double high; /* base^(block · NN_POWERS_BLOCK) */
} NnPowers;

void nn_powers_set_base (NnPowers *self, double base);
void nn_powers_move (NnPowers *self, guint64 exponent);

/* Whether nn_powers_get () can be called. */
static inline gboolean
nn_powers_hold (const NnPowers *self, guint64 exponent)
{
  return self->block == exponent / NN_POWERS_BLOCK;
}

/* Returns: the base to the power of @exponent, which is at hand, see nn_powers_hold () */
static inline double
nn_powers_get (const NnPowers *self, guint64 exponent)
{
  return self->low[exponent % NN_POWERS_BLOCK] * self->high;
}

G_END_DECLS
