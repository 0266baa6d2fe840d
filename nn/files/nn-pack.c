/* nn-pack.c - serialises small records, little-endian on any machine
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-pack.h"

#include <string.h>

#include "nn/files/nn-little-endian.h"

/* The length that stands for a NULL text. */
#define NO_TEXT G_MAXUINT64

void
nn_pack_u64 (GByteArray *bytes, guint64 number)
{
  guint8 packed[sizeof number];

  nn_little_endian_put_u64 (packed, number);
  g_byte_array_append (bytes, packed, sizeof packed);
}

void
nn_pack_i64 (GByteArray *bytes, gint64 number)
{
  nn_pack_u64 (bytes, (guint64) number);
}

void
nn_pack_flag (GByteArray *bytes, gboolean flag)
{
  nn_pack_u64 (bytes, flag != FALSE);
}

void
nn_pack_float (GByteArray *bytes, float number)
{
  guint8 packed[sizeof number];

  nn_little_endian_put_floats (packed, &number, 1);
  g_byte_array_append (bytes, packed, sizeof packed);
}

/**
 * nn_pack_double:
 *
 * @number: any; the bits of a NaN are kept
 */
void
nn_pack_double (GByteArray *bytes, double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  nn_pack_u64 (bytes, bits);
}

/**
 * nn_pack_text:
 * @text: (nullable)
 */
void
nn_pack_text (GByteArray *bytes, const char *text)
{
  const gsize n = text ? strlen (text) : 0;

  nn_pack_u64 (bytes, text ? n : NO_TEXT);
  if (n > 0)
    g_byte_array_append (bytes, (const guint8 *) text, (guint) n);
}

/**
 * nn_unpack_init:
 * @self: (out)
 * @bytes: (nullable): borrowed; NULL is the same as no bytes
 */
void
nn_unpack_init (NnUnpack *self, GBytes *bytes)
{
  *self = (NnUnpack){ .failed = bytes == NULL };
  if (bytes)
    self->at = g_bytes_get_data (bytes, &self->n_left);
}

/* Returns: (nullable): the next @n bytes */
static const guint8 *
take (NnUnpack *self, guint64 n)
{
  const guint8 *taken = self->at;

  if (self->failed || n > self->n_left) {
    self->failed = TRUE;
    return NULL;
  }
  self->at += n;
  self->n_left -= n;
  return taken;
}

guint64
nn_unpack_u64 (NnUnpack *self)
{
  const guint8 *taken = take (self, sizeof (guint64));

  return taken ? nn_little_endian_get_u64 (taken) : 0;
}

/**
 * nn_unpack_u64_up_to:
 * @most: a greater number is a failure
 */
guint64
nn_unpack_u64_up_to (NnUnpack *self, guint64 most)
{
  const guint64 number = nn_unpack_u64 (self);

  if (number <= most)
    return number;
  self->failed = TRUE;
  return 0;
}

gint64
nn_unpack_i64 (NnUnpack *self)
{
  return (gint64) nn_unpack_u64 (self);
}

gboolean
nn_unpack_flag (NnUnpack *self)
{
  return nn_unpack_u64_up_to (self, 1) != 0;
}

float
nn_unpack_float (NnUnpack *self)
{
  const guint8 *taken = take (self, sizeof (float));
  guint32 bits = taken ? nn_little_endian_get_u32 (taken) : 0;
  float number;

  memcpy (&number, &bits, sizeof number);
  return number;
}

double
nn_unpack_double (NnUnpack *self)
{
  const guint64 bits = nn_unpack_u64 (self);
  double number;

  memcpy (&number, &bits, sizeof number);
  return number;
}

/**
 * nn_unpack_text:
 *
 * Returns: (transfer full) (nullable): valid UTF-8; NULL if NULL was packed, or
 *   on failure
 */
char *
nn_unpack_text (NnUnpack *self)
{
  const guint64 n = nn_unpack_u64 (self);
  const guint8 *taken;

  if (self->failed || n == NO_TEXT)
    return NULL;
  taken = take (self, n);
  if (taken == NULL || !g_utf8_validate ((const char *) taken, (gssize) n, NULL)) {
    self->failed = TRUE;
    return NULL;
  }
  return g_strndup ((const char *) taken, n);
}

/**
 * nn_unpack_is_done:
 *
 * Returns: whether nothing failed, and no bytes are left
 */
gboolean
nn_unpack_is_done (const NnUnpack *self)
{
  return !self->failed && self->n_left == 0;
}

/**
 * nn_pack_floats:
 * @values: (n_values): must outlive the bytes, unchanged
 *
 * Returns: (transfer full): little-endian, with every bit; not a copy on a
 *   little-endian machine
 */
GBytes *
nn_pack_floats (const float *values, gsize n_values)
{
  guint8 *packed;

  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    return g_bytes_new_static (values, n_values * sizeof *values);
  packed = g_malloc (n_values * sizeof *values);
  nn_little_endian_put_floats (packed, values, n_values);
  return g_bytes_new_take (packed, n_values * sizeof *values);
}

/**
 * nn_unpack_floats:
 * @bytes: (nullable)
 * @values: (out) (n_values): unchanged on failure
 *
 * Returns: FALSE unless @bytes are exactly @n_values values
 */
gboolean
nn_unpack_floats (GBytes *bytes, float *values, gsize n_values)
{
  const guint8 *packed;
  gsize n_bytes;

  if (bytes == NULL)
    return FALSE;
  packed = g_bytes_get_data (bytes, &n_bytes);
  if (n_bytes != n_values * sizeof *values)
    return FALSE;
  for (gsize i = 0; i < n_values; i++) {
    const guint32 bits = nn_little_endian_get_u32 (packed + i * sizeof bits);

    memcpy (&values[i], &bits, sizeof bits);
  }
  return TRUE;
}
