/* nn-pickle-scalars.c - the instructions of a pickle that push numbers and strings
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-pickle-scalars.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_DIGITS 24 /* longer numbers, with leading zeros, are no integer of 64 bits */

/* ---- numbers ------------------------------------------------------------------------ */

gboolean
nn_pickle_do_none (NnPickleMachine *self, guint unused)
{
  return nn_pickle_push_new (self, NN_PICKLE_NONE);
}

gboolean
nn_pickle_do_boolean (NnPickleMachine *self, guint truth)
{
  return nn_pickle_push_integer (self, NN_PICKLE_BOOLEAN, truth);
}

gboolean
nn_pickle_do_number (NnPickleMachine *self, guint n_bytes)
{
  guint64 number;

  if (!nn_pickle_take_number (self, n_bytes, &number))
    return FALSE;
  /* Only BININT, of four bytes, is signed. */
  return nn_pickle_push_integer (self, NN_PICKLE_INTEGER,
                                 n_bytes == 4 ? (gint32) (guint32) number
                                              : (gint64) number);
}

/* LONG1 and LONG4: two's complement, little-endian, of minimal length. */
gboolean
nn_pickle_do_long (NnPickleMachine *self, guint n_length)
{
  const guint8 *bytes;
  guint64 n;
  guint64 bits;

  if (!nn_pickle_take_counted (self, n_length, &bytes, &n))
    return FALSE;
  if (n > sizeof bits)
    return nn_pickle_push_text (self, NN_PICKLE_LARGE, (const char *) bytes, (gsize) n);
  bits = n > 0 && bytes[n - 1] & 0x80 ? G_MAXUINT64 : 0;
  for (guint64 i = n; i > 0; i--)
    bits = bits << 8 | bytes[i - 1];
  return nn_pickle_push_integer (self, NN_PICKLE_INTEGER, (gint64) bits);
}

/* INT and LONG: a line of digits, with an L in Python 2. */
gboolean
nn_pickle_do_digits (NnPickleMachine *self, guint unused)
{
  const char *line;
  gsize length;
  g_autofree char *digits = NULL;
  gint64 number;

  if (!nn_pickle_take_line (self, &line, &length))
    return FALSE;
  /* True and False in protocol 0. */
  if (length == 2 && line[0] == '0' && (line[1] == '0' || line[1] == '1'))
    return nn_pickle_do_boolean (self, line[1] == '1');
  if (length > 0 && line[length - 1] == 'L')
    length--;
  digits = g_strndup (line, MIN (length, MAX_DIGITS));
  if (*digits == '\0' || digits[strspn (digits, "-0123456789")] != '\0')
    return nn_pickle_machine_fail (self, NN_ERROR_FILE, _ ("a number is missing"));
  if (length <= MAX_DIGITS &&
      g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return nn_pickle_push_integer (self, NN_PICKLE_INTEGER, number);
  return nn_pickle_push_text (self, NN_PICKLE_LARGE, line, length);
}

gboolean
nn_pickle_do_decimal (NnPickleMachine *self, guint unused)
{
  const char *line;
  gsize length;
  g_autofree char *text = NULL;

  if (!nn_pickle_take_line (self, &line, &length))
    return FALSE;
  text = g_strndup (line, MIN (length, NN_PICKLE_MAX_SHOWN));
  return nn_pickle_push_float (self, g_ascii_strtod (text, NULL));
}

/* BINFLOAT: big-endian. */
gboolean
nn_pickle_do_double (NnPickleMachine *self, guint unused)
{
  const guint8 *bytes;
  guint64 bits;
  double number;

  if (!nn_pickle_take_bytes (self, sizeof bits, &bytes))
    return FALSE;
  memcpy (&bits, bytes, sizeof bits);
  bits = GUINT64_FROM_BE (bits);
  memcpy (&number, &bits, sizeof number);
  return nn_pickle_push_float (self, number);
}

/* ---- texts -------------------------------------------------------------------------- */

/* Bytes that are not UTF-8 are a str of Python 2, or have a lone surrogate. */
static gboolean
push_utf8 (NnPickleMachine *self, const char *text, gsize n_bytes)
{
  const gboolean valid = g_utf8_validate_len (text, n_bytes, NULL);

  return nn_pickle_push_text (self, valid ? NN_PICKLE_STRING : NN_PICKLE_BYTES, text,
                              n_bytes);
}

gboolean
nn_pickle_do_string (NnPickleMachine *self, guint n_length)
{
  const guint8 *bytes;
  guint64 n;

  return nn_pickle_take_counted (self, n_length, &bytes, &n) &&
         push_utf8 (self, (const char *) bytes, (gsize) n);
}

gboolean
nn_pickle_do_bytes (NnPickleMachine *self, guint n_length)
{
  const guint8 *bytes;
  guint64 n;

  return nn_pickle_take_counted (self, n_length, &bytes, &n) &&
         nn_pickle_push_text (self, NN_PICKLE_BYTES, (const char *) bytes, (gsize) n);
}

/* STRING and UNICODE of protocol 0, which cannot contain tensors: escapes are
 * not decoded. */
gboolean
nn_pickle_do_line (NnPickleMachine *self, guint unused)
{
  const char *line;
  gsize length;

  return nn_pickle_take_line (self, &line, &length) && push_utf8 (self, line, length);
}
