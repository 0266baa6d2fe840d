/* nn-powers.h - powers of one number, quickly
 *
 * SPDX-License-Identifier: MIT
 *
 * Each is the product of two that the C library computed: a fraction of pow's time. It
 * depends on the exponent alone, not on which power was asked for before, and up to the
 * first NN_POWERS_BLOCK it is what pow gives. A plain value, all zero at first.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_POWERS_BLOCK 64

typedef struct {
  double base;
  double low[NN_POWERS_BLOCK]; /* baseⁱ */
  guint64 block;
  double high; /* base to the power of block · NN_POWERS_BLOCK */
} NnPowers;

void nn_powers_set_base (NnPowers *self, double base);
double nn_powers_get (NnPowers *self, guint64 exponent);

G_END_DECLS
