/* nn-array-difference.c - the difference of two arrays of the same shape
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-array-difference.h"

#include <math.h>
#include <string.h>

#define BLOCK 65536 /* elements at a time */

typedef struct {
  NnArrayDifference *found;
  NnArrayValues *sides[2];
  GChecksum *sums[2]; /* (owned) (nullable) */
  guint8 *bytes;      /* (owned) of the first one's block */
  double *values[2];  /* (owned) [BLOCK] */
  double squares[2];  /* Σa², Σb² */
  double product;     /* Σab */
  double distance;    /* Σ(b − a)² */
} Comparison;

static void
add_pair (Comparison *self, guint64 element, double a, double b, gboolean same)
{
  NnArrayDifference *found = self->found;
  const double distance = fabs (b - a);

  found->n_changed += !same;
  if (!isfinite (a) || !isfinite (b)) {
    found->n_special += !same;
    return;
  }
  self->squares[0] += a * a;
  self->squares[1] += b * b;
  self->product += a * b;
  self->distance += distance * distance;
  if (distance > found->largest) {
    found->largest = distance;
    found->at = element;
  }
}

static void
compare_block (Comparison *self, guint64 first, gsize n, const guint8 *other)
{
  const gsize size = self->sides[0]->size;
  const gboolean one_type =
      self->sides[0]->area->array->dtype == self->sides[1]->area->array->dtype;

  for (gsize i = 0; i < n; i++) {
    const double *a = &self->values[0][i], *b = &self->values[1][i];
    const gboolean same =
        one_type ? memcmp (self->bytes + i * size, other + i * size, size) == 0
                 : memcmp (a, b, sizeof *a) == 0;

    add_pair (self, first + i, *a, *b, same);
  }
}

static void
update (GChecksum *sum, const guint8 *bytes, gsize n, gsize size)
{
  if (sum == NULL)
    return;
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  g_checksum_update (sum, bytes, (gssize) (n * size));
#else
  for (gsize i = 0; i < n; i++)
    for (gsize k = size; k-- > 0;)
      g_checksum_update (sum, bytes + i * size + k, 1);
#endif
}

static gboolean
read_block (Comparison *self, guint64 first, gsize n, GError **error)
{
  for (guint side = 0; side < 2; side++) {
    NnArrayValues *values = self->sides[side];

    if (!nn_array_values_read (values, first, n, TRUE, self->values[side], error))
      return FALSE;
    update (self->sums[side], values->bytes, n, values->size);
    if (side == 0)
      memcpy (self->bytes, values->bytes, n * values->size);
  }
  return TRUE;
}

static gboolean
compare_all (Comparison *self, GError **error)
{
  NnArrayDifference *found = self->found;

  for (guint64 first = 0; first < found->n; first += BLOCK) {
    const gsize n = (gsize) MIN (found->n - first, BLOCK);

    if (!read_block (self, first, n, error))
      return FALSE;
    compare_block (self, first, n, self->sides[1]->bytes);
  }
  found->norm = sqrt (self->distance);
  found->norm_a = sqrt (self->squares[0]);
  found->norm_b = sqrt (self->squares[1]);
  found->cosine = self->product / (found->norm_a * found->norm_b);
  if (found->n_changed == 0 && found->norm_a > 0)
    found->cosine = 1;
  return TRUE;
}

static char *
finish (GChecksum *sum)
{
  char *text = sum != NULL ? g_strdup (g_checksum_get_string (sum)) : NULL;

  g_clear_pointer (&sum, g_checksum_free);
  return text;
}

/**
 * nn_array_difference_find:
 * @self: (out): to be cleared by the caller, even after a failure
 * @a: of a whole array
 * @b: of a whole array of the same shape
 * @hashes: whether to compute hash_a and hash_b, the slowest part
 *
 * Returns: FALSE if a file cannot be read (NN_ERROR_FILE)
 */
gboolean
nn_array_difference_find (NnArrayDifference *self,
                          NnArrayValues *a,
                          NnArrayValues *b,
                          gboolean hashes,
                          GError **error)
{
  Comparison comparison = { .found = self, .sides = { a, b } };
  const gsize n = (gsize) MIN (a->area->n, BLOCK);
  gboolean good;

  *self = (NnArrayDifference){ .n = a->area->n };
  comparison.bytes = g_malloc (n * a->size + 1);
  for (guint side = 0; side < 2; side++) {
    comparison.values[side] = g_new (double, n + 1);
    comparison.sums[side] = hashes ? g_checksum_new (G_CHECKSUM_SHA256) : NULL;
  }
  good = compare_all (&comparison, error);
  self->hash_a = finish (comparison.sums[0]);
  self->hash_b = finish (comparison.sums[1]);
  g_free (comparison.bytes);
  g_free (comparison.values[0]);
  g_free (comparison.values[1]);
  return good;
}

void
nn_array_difference_clear (NnArrayDifference *self)
{
  g_clear_pointer (&self->hash_a, g_free);
  g_clear_pointer (&self->hash_b, g_free);
}
