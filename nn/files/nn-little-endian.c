/* nn-little-endian.c - numbers as a file's bytes, the lowest first on every machine
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-little-endian.h"

#include <string.h>

void
nn_little_endian_put_u16 (guint8 *bytes, guint16 number)
{
  guint16 swapped = GUINT16_TO_LE (number);

  memcpy (bytes, &swapped, sizeof swapped);
}

void
nn_little_endian_put_u64 (guint8 *bytes, guint64 number)
{
  guint64 swapped = GUINT64_TO_LE (number);

  memcpy (bytes, &swapped, sizeof swapped);
}

guint64
nn_little_endian_get_u64 (const guint8 *bytes)
{
  guint64 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT64_FROM_LE (number);
}

guint16
nn_little_endian_get_u16 (const guint8 *bytes)
{
  return (guint16) (bytes[0] | bytes[1] << 8);
}

guint32
nn_little_endian_get_u32 (const guint8 *bytes)
{
  return nn_little_endian_get_u16 (bytes) | (guint32) nn_little_endian_get_u16 (&bytes[2])
                                                << 16;
}

/**
 * nn_little_endian_put_floats:
 * @bytes: (out) 4 * n_values of them
 *
 * Never handles a value as a number: some processors quiet a signalling NaN
 * that passes through a float register, and every bit is to be kept.
 */
void
nn_little_endian_put_floats (guint8 *bytes, const float *values, gsize n_values)
{
  for (gsize i = 0; i < n_values; i++) {
    guint32 bits;

    memcpy (&bits, &values[i], sizeof bits);
    bits = GUINT32_TO_LE (bits);
    memcpy (&bytes[i * sizeof bits], &bits, sizeof bits);
  }
}
