/* nn-little-endian.c - stores and loads little-endian numbers, on any machine
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
 * @bytes: (out) (4 * n_values)
 *
 * Keeps every bit: values are handled as integers, as some processors make a signalling
 * NaN quiet when it passes through a floating-point register.
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
