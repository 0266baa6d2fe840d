/* nn-gzip.c - what gzip has packed, whole
 *
 * SPDX-License-Identifier: MIT
 *
 * The format is RFC 1952. A small file may unpack to a thousand times as much, so what is
 * unpacked has a limit.
 */

#include "nn/files/nn-gzip.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zlib.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-path.h"

#define GZIP        (16 + MAX_WBITS)  /* zlib's code for the format, checksums and all */
#define PIECE       65536             /* bytes, the first memory for what is unpacked */
#define MOST_AT_ONE ((gsize) 1 << 30) /* bytes: zlib counts in 32 bits */

typedef struct {
  z_stream stream;
  const guint8 *end; /* of the packed bytes */
  char *bytes;       /* (owned) what is unpacked, and a NUL when it is whole */
  gsize length;
  gsize capacity;
  gsize most; /* for length */
} Unpacker;

/**
 * nn_gzip_recognise:
 * @bytes: (array length=n_bytes): the beginning of any file
 */
gboolean
nn_gzip_recognise (const void *bytes, gsize n_bytes)
{
  return n_bytes >= 3 && memcmp (bytes, "\x1f\x8b\x08", 3) == 0;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX, message);
  return FALSE;
}

static gboolean
refuse_size (const Unpacker *self, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("what gzip has packed is larger than %zu bytes"), self->most);
  return FALSE;
}

/* Gives zlib memory to write to, one byte more than may be used. */
static gboolean
prepare_output (Unpacker *self, GError **error)
{
  if (self->length > self->most)
    return refuse_size (self, error);
  if (self->length == self->capacity) {
    const gsize capacity = MIN (MAX (2 * self->capacity, PIECE), self->most + 1);
    char *bytes = g_try_realloc (self->bytes, capacity + 1);

    if (bytes == NULL) {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                           _ ("not enough memory for what gzip has packed"));
      return FALSE;
    }
    self->bytes = bytes;
    self->capacity = capacity;
  }
  self->stream.next_out = (guint8 *) self->bytes + self->length;
  self->stream.avail_out = (uInt) MIN (self->capacity - self->length, MOST_AT_ONE);
  return TRUE;
}

/* Whether all that follows is zeros, with which tapes are filled. */
static gboolean
is_at_end (Unpacker *self)
{
  const guint8 *at = self->stream.next_in;

  while (at < self->end && *at == 0)
    at++;
  return at == self->end;
}

/* One of the packed pieces, members, that may follow one another. */
static gboolean
unpack_member (Unpacker *self, GError **error)
{
  for (;;) {
    int status;
    uInt before;

    if (!prepare_output (self, error))
      return FALSE;
    before = self->stream.avail_out;
    self->stream.avail_in =
        (uInt) MIN ((gsize) (self->end - self->stream.next_in), MOST_AT_ONE);
    status = inflate (&self->stream, Z_NO_FLUSH);
    self->length += before - self->stream.avail_out;
    if (status == Z_STREAM_END)
      return TRUE;
    if (status != Z_OK && status != Z_BUF_ERROR)
      return refuse (error, _ ("the gzip file is damaged"));
    if (self->stream.next_in == self->end && self->stream.avail_out > 0)
      return refuse (error, _ ("the gzip file is cut off"));
  }
}

static gboolean
unpack_members (Unpacker *self, GError **error)
{
  do {
    if (!nn_gzip_recognise (self->stream.next_in,
                            (gsize) (self->end - self->stream.next_in)))
      return refuse (error, _ ("the gzip file has something behind its end"));
    if (!unpack_member (self, error))
      return FALSE;
    inflateReset (&self->stream);
  } while (!is_at_end (self));
  return self->length <= self->most || refuse_size (self, error);
}

/**
 * nn_gzip_unpack:
 * @bytes: (array length=n_bytes): that nn_gzip_recognise () knows
 * @most_bytes: that it may become
 * @n_unpacked: (out)
 *
 * Returns: (transfer full) (nullable): what was packed, and a NUL behind it; NULL with
 *   NN_ERROR_SYNTAX if a checksum does not fit or there is not all of it, NN_ERROR_FILE
 *   if it is too large
 */
char *
nn_gzip_unpack (const void *bytes,
                gsize n_bytes,
                gsize most_bytes,
                gsize *n_unpacked,
                GError **error)
{
  g_return_val_if_fail (bytes != NULL && most_bytes < G_MAXSSIZE, NULL);

  Unpacker self = { .end = (const guint8 *) bytes + n_bytes, .most = most_bytes };
  gboolean whole;

  /* zlib's field is not const, and what it points to is only read. */
  self.stream.next_in = (guint8 *) (gsize) bytes;
  if (inflateInit2 (&self.stream, GZIP) != Z_OK) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                         _ ("not enough memory to unpack"));
    return NULL;
  }
  whole = unpack_members (&self, error);
  inflateEnd (&self.stream);
  if (!whole) {
    g_free (self.bytes);
    return NULL;
  }
  self.bytes[self.length] = '\0';
  *n_unpacked = self.length;
  return self.bytes;
}

/**
 * nn_gzip_read_file:
 * @path: a file's or pipe's
 * @n_bytes: (out)
 *
 * Returns: (transfer full) (nullable): the contents, unpacked if gzip has packed them, and
 *   a NUL behind them; NULL with the file's name and what is wrong
 */
char *
nn_gzip_read_file (const char *path, gsize *n_bytes, GError **error)
{
  g_autofree char *bytes = nn_file_read (path, G_MAXSSIZE - 1, n_bytes, error);
  GError *failure = NULL;
  char *unpacked;

  if (bytes == NULL || !nn_gzip_recognise (bytes, *n_bytes))
    return g_steal_pointer (&bytes);
  unpacked =
      nn_gzip_unpack (bytes, *n_bytes, nn_file_get_memory_limit (), n_bytes, &failure);
  if (failure != NULL) {
    g_autofree char *name = nn_path_dup_display_name (path);

    g_prefix_error (&failure, "%s: ", name);
    g_propagate_error (error, failure);
  }
  return unpacked;
}
