/* nn-array-difference.h - the difference of two arrays of the same shape
 *
 * SPDX-License-Identifier: MIT
 *
 * Values of the same type are equal if their bits are: -0 differs from 0, and two NaNs
 * are equal only with the same bits. Arrays of different types are compared as numbers. A
 * plain value: filled by nn_array_difference_find (), freed by clear.
 */

#pragma once

#include "nn/patch/nn-array-values.h"

G_BEGIN_DECLS

typedef struct {
  guint64 n;         /* elements */
  guint64 n_changed; /* elements that differ */
  /* of those, NaN or infinite on either side: excluded from what follows */
  guint64 n_special;
  double norm;    /* √Σ(b − a)² */
  double largest; /* max |b − a| */
  guint64 at;     /* the element where it is */
  double norm_a;  /* √Σa² */
  double norm_b;
  double cosine; /* of the angle between a and b; NaN if one is zero */
  char *hash_a;  /* (owned) (nullable) SHA-256 of the values, row-major, little-endian */
  char *hash_b;  /* (owned) (nullable) */
} NnArrayDifference;

gboolean nn_array_difference_find (NnArrayDifference *self,
                                   NnArrayValues *a,
                                   NnArrayValues *b,
                                   gboolean hashes,
                                   GError **error);
void nn_array_difference_clear (NnArrayDifference *self);

G_END_DECLS
