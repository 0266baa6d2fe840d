/* packed.h - what gzip makes of bytes, for tests
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>
#include <zlib.h>

/* Appends a member of a gzip file. */
static inline void
packed_append (GByteArray *file, const void *bytes, gsize n_bytes)
{
  z_stream stream = { .next_in = (guint8 *) (gsize) bytes, .avail_in = (uInt) n_bytes };
  const guint first = file->len;
  const uInt most = (uInt) n_bytes + (uInt) n_bytes / 1000 + 100;

  g_byte_array_set_size (file, first + most);
  stream.next_out = &file->data[first];
  stream.avail_out = most;
  g_assert_cmpint (
      deflateInit2 (&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY), ==,
      Z_OK);
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (file, first + (guint) stream.total_out);
  deflateEnd (&stream);
}
