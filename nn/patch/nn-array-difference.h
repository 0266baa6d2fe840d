/* nn-array-difference.h - how far two arrays of one shape are apart
 *
 * SPDX-License-Identifier: MIT
 *
 * Bits are compared, so that -0 is not 0 and one NaN is another's equal only with the same
 * bits; arrays of two types are compared by their numbers. A plain value: init by finding,
 * and clear.
 */

#pragma once

#include "nn/patch/nn-array-values.h"

G_BEGIN_DECLS

typedef struct {
  guint64 n;         /* elements */
  guint64 n_changed; /* of other bits */
  guint64 n_special; /* of those, to or from NaN or infinity: not in what follows */
  double norm;       /* of the difference: √Σ(b − a)² */
  double largest;    /* |b − a| */
  guint64 at;        /* the element that is so far apart */
  double norm_a;
  double norm_b;
  double cosine; /* of the angle between both; NaN if one is zero */
  char *hash_a; /* (owned) (nullable) SHA-256 of the bytes, row after row, lowest first */
  char *hash_b; /* (owned) (nullable) */
} NnArrayDifference;

gboolean nn_array_difference_find (NnArrayDifference *self,
                                   NnArrayValues *a,
                                   NnArrayValues *b,
                                   gboolean hashes,
                                   GError **error);
void nn_array_difference_clear (NnArrayDifference *self);

G_END_DECLS
