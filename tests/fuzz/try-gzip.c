/* try-gzip.c - what any bytes must do when they are read as a gzip file
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-gzip.h"

#include <string.h>

#include "nn/files/nn-gzip.h"

#define MOST ((gsize) 1 << 16)

/**
 * try_gzip:
 * @bytes: (array length=size): anything
 *
 * Aborts unless @bytes either are refused with an error that can be shown, or unpack to no
 * more than is allowed; with one byte less allowed they are refused.
 *
 * Returns: whether they are a gzip file
 */
gboolean
try_gzip (const void *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  gsize n_bytes, n_again;
  g_autofree char *unpacked = NULL;

  if (!nn_gzip_recognise (bytes, size))
    return FALSE;
  unpacked = nn_gzip_unpack (bytes, size, MOST, &n_bytes, &error);
  g_assert_true ((unpacked == NULL) == (error != NULL));
  if (unpacked == NULL) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return FALSE;
  }
  g_assert_cmpuint (n_bytes, <=, MOST);
  g_assert_cmpint (unpacked[n_bytes], ==, '\0');
  if (n_bytes > 0)
    g_assert_null (nn_gzip_unpack (bytes, size, n_bytes - 1, &n_again, &error));
  return TRUE;
}
