/* nn-deflate-file.c - decompresses and compresses members of a zip, from and to files
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-deflate-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "nn/base/nn-error.h"

#define PIECE       (256 * 1024) /* bytes at a time */
#define MAX_AT_ONCE (1 << 30) /* bytes given to zlib at once, which counts in 32 bits */
#define MEMORY      8         /* zlib's default, out of 1 to 9 */

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE, reason);
  return FALSE;
}

static gboolean
write_bytes (int fd, const guint8 *bytes, gsize n_bytes, GError **error)
{
  while (n_bytes > 0) {
    const ssize_t n = write (fd, bytes, n_bytes);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return refuse (error, nn_error_describe (errno));
    bytes += n;
    n_bytes -= (gsize) n;
  }
  return TRUE;
}

/* ---- unpacking --------------------------------------------------------------------- */

typedef struct {
  z_stream stream;
  guint64 n_left; /* compressed bytes that the stream has not got yet */
  guint64 n_done;
  uLong crc;
  guint8 piece[PIECE];
} Unpacker;

/* Returns: zlib's status */
static int
unpack_piece (Unpacker *self)
{
  if (self->stream.avail_in == 0) {
    self->stream.avail_in = (uInt) MIN (self->n_left, MAX_AT_ONCE);
    self->n_left -= self->stream.avail_in;
  }
  self->stream.next_out = self->piece;
  self->stream.avail_out = PIECE;
  return inflate (&self->stream, Z_NO_FLUSH);
}

static gboolean
unpack_all (Unpacker *self, guint64 n_bytes, guint32 crc, int fd, GError **error)
{
  int status = Z_OK;

  while (status == Z_OK) {
    gsize n;

    status = unpack_piece (self);
    n = PIECE - self->stream.avail_out;
    self->n_done += n;
    self->crc = crc32 (self->crc, self->piece, (uInt) n);
    if (self->n_done > n_bytes || (status != Z_OK && status != Z_STREAM_END))
      return refuse (error, _ ("the file is cut short or damaged"));
    if (!write_bytes (fd, self->piece, n, error))
      return FALSE;
  }
  if (self->n_done != n_bytes || self->crc != crc)
    return refuse (error,
                   _ ("the file is cut short or damaged: its checksum does not fit"));
  return TRUE;
}

/**
 * nn_deflate_unpack:
 * @packed: (array length=n_packed): compressed by deflate
 * @n_bytes: the expected length
 * @crc: the expected CRC-32
 * @fd: the decompressed bytes are written to it
 *
 * Returns: FALSE if length or checksum differ, the data is damaged, or @fd cannot be
 *   written (NN_ERROR_FILE)
 */
gboolean
nn_deflate_unpack (const guint8 *packed,
                   gsize n_packed,
                   guint64 n_bytes,
                   guint32 crc,
                   int fd,
                   GError **error)
{
  g_autofree Unpacker *self = g_new0 (Unpacker, 1);
  gboolean good;

  self->stream.next_in = (Bytef *) (guintptr) packed;
  self->n_left = n_packed;
  if (inflateInit2 (&self->stream, -MAX_WBITS) != Z_OK)
    return refuse (error, _ ("not enough memory to unpack it"));
  good = unpack_all (self, n_bytes, crc, fd, error);
  inflateEnd (&self->stream);
  return good;
}

/* ---- packing ----------------------------------------------------------------------- */

typedef struct {
  z_stream stream;
  guint8 from[PIECE];
  guint8 to[PIECE];
} Packer;

static gboolean
write_packed (Packer *self,
              int flush,
              NnDeflateWrite write,
              gpointer data,
              GError **error)
{
  do {
    gsize n;

    self->stream.next_out = self->to;
    self->stream.avail_out = PIECE;
    deflate (&self->stream, flush);
    n = PIECE - self->stream.avail_out;
    if (n > 0 && !write (data, self->to, n, error))
      return FALSE;
  } while (self->stream.avail_out == 0);
  return TRUE;
}

static gboolean
pack_all (Packer *self,
          int fd,
          guint64 n_bytes,
          NnDeflateWrite write,
          gpointer data,
          guint32 *crc,
          GError **error)
{
  uLong sum = crc32 (0, NULL, 0);

  for (guint64 done = 0; done < n_bytes;) {
    const gsize wanted = (gsize) MIN (n_bytes - done, PIECE);
    const ssize_t n = pread (fd, self->from, wanted, (off_t) done);

    if (n <= 0)
      return refuse (error, n < 0 ? nn_error_describe (errno) : _ ("it was cut short"));
    sum = crc32 (sum, self->from, (uInt) n);
    self->stream.next_in = self->from;
    self->stream.avail_in = (uInt) n;
    if (!write_packed (self, Z_NO_FLUSH, write, data, error))
      return FALSE;
    done += (guint64) n;
  }
  *crc = (guint32) sum;
  return write_packed (self, Z_FINISH, write, data, error);
}

/**
 * nn_deflate_pack:
 * @fd: its first @n_bytes are compressed, at zlib's default level
 * @write: called with each piece of the result
 * @data: for @write
 * @crc: (out): the CRC-32 of the uncompressed bytes
 *
 * Returns: FALSE if @fd cannot be read (NN_ERROR_FILE) or @write failed
 */
gboolean
nn_deflate_pack (int fd,
                 guint64 n_bytes,
                 NnDeflateWrite write,
                 gpointer data,
                 guint32 *crc,
                 GError **error)
{
  g_autofree Packer *self = g_new0 (Packer, 1);
  gboolean good;

  if (deflateInit2 (&self->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MEMORY,
                    Z_DEFAULT_STRATEGY) != Z_OK)
    return refuse (error, _ ("not enough memory to pack it"));
  good = pack_all (self, fd, n_bytes, write, data, crc, error);
  deflateEnd (&self->stream);
  return good;
}
