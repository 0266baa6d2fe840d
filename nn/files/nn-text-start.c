/* nn-text-start.c - the start of a text file as ASCII, in any encoding
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-text-start.h"

#include <string.h>

#define NOT_ASCII '?'

/* The layout of a text's code units. */
typedef struct {
  gsize skipped; /* the byte order mark */
  gsize size;    /* of a unit */
  gsize low;     /* the byte of a unit that has an ASCII character */
} Encoding;

/* The last one is UTF-8, and every 8 bit encoding that extends ASCII. */
static Encoding
find_encoding (const guint8 *bytes, gsize n_bytes)
{
  if (n_bytes >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    return (Encoding){ 3, 1, 0 };
  if (n_bytes >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    return (Encoding){ 2, 2, 0 };
  if (n_bytes >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    return (Encoding){ 2, 2, 1 };
  if (n_bytes >= 4 && bytes[0] && !bytes[1] && bytes[2] && !bytes[3])
    return (Encoding){ 0, 2, 0 };
  if (n_bytes >= 4 && !bytes[0] && bytes[1] && !bytes[2] && bytes[3])
    return (Encoding){ 0, 2, 1 };
  return (Encoding){ 0, 1, 0 };
}

static gboolean
is_text (char c)
{
  return !g_ascii_iscntrl (c) || (c >= '\t' && c <= '\r');
}

/**
 * nn_text_start_dup:
 * @bytes: (array length=n_bytes): the start of a file
 * @most: the maximal number of characters
 *
 * Returns: (transfer full) (nullable): the text without its byte order mark, with a '?'
 *   for every byte (in UTF-16, every code unit) that is not ASCII; NULL if it is no text
 */
char *
nn_text_start_dup (const guint8 *bytes, gsize n_bytes, gsize most)
{
  const Encoding encoding = find_encoding (bytes, n_bytes);
  const gsize n = MIN ((n_bytes - encoding.skipped) / encoding.size, most);
  g_autofree char *text = g_malloc (n + 1);

  for (gsize i = 0; i < n; i++) {
    const guint8 *unit = &bytes[encoding.skipped + i * encoding.size];
    const gboolean ascii =
        unit[encoding.low] < 0x80 &&
        (encoding.size == 1 || unit[encoding.size - 1 - encoding.low] == 0);

    text[i] = ascii ? (char) unit[encoding.low] : NOT_ASCII;
    if (!is_text (text[i]))
      return NULL;
  }
  text[n] = '\0';
  return g_steal_pointer (&text);
}
