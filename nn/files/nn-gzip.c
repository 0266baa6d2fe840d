/* nn-gzip.c - decompresses gzip, in memory
 *
 * SPDX-License-Identifier: MIT
 *
 * RFC 1952. A file may expand a thousandfold, so the result is limited in size.
 */

#include "nn/files/nn-gzip.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zlib.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"

#define GZIP  (16 + MAX_WBITS) /* zlib's windowBits for gzip with its checksum */
#define PIECE 65536            /* bytes: the initial capacity of the output */
/* bytes given to zlib at once, which counts in 32 bits */
#define MAX_AT_ONCE ((gsize) 1 << 30)

typedef struct {
  z_stream stream;
  const guint8 *end; /* of the compressed bytes */
  char *bytes;       /* (owned) the decompressed bytes; terminated by NUL in the end */
  gsize length;
  gsize capacity;
  gsize most; /* the maximal length */
} Unpacker;

/**
 * nn_gzip_recognise:
 * @bytes: (array length=n_bytes): the start of a file
 *
 * Returns: whether it is a gzip file
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
               _ ("the unpacked gzip file is larger than %zu bytes"), self->most);
  return FALSE;
}

/* Grows the output buffer, to at most one byte more than the limit, to detect that it
 * is exceeded. */
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
                           _ ("not enough memory for the unpacked gzip file"));
      return FALSE;
    }
    self->bytes = bytes;
    self->capacity = capacity;
  }
  self->stream.next_out = (guint8 *) self->bytes + self->length;
  self->stream.avail_out = (uInt) MIN (self->capacity - self->length, MAX_AT_ONCE);
  return TRUE;
}

/* Whether only zeros follow: padding, as on tapes. */
static gboolean
is_at_end (Unpacker *self)
{
  const guint8 *at = self->stream.next_in;

  while (at < self->end && *at == 0)
    at++;
  return at == self->end;
}

/* Decompresses one member; a gzip file may consist of several. */
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
        (uInt) MIN ((gsize) (self->end - self->stream.next_in), MAX_AT_ONCE);
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
      return refuse (error, _ ("the gzip file continues after its end"));
    if (!unpack_member (self, error))
      return FALSE;
    inflateReset (&self->stream);
  } while (!is_at_end (self));
  return self->length <= self->most || refuse_size (self, error);
}

/**
 * nn_gzip_unpack:
 * @bytes: (array length=n_bytes): a whole gzip file
 * @most_bytes: the maximal size of the result
 * @n_unpacked: (out)
 *
 * Returns: (transfer full) (nullable): the decompressed bytes, terminated by NUL;
 *   NULL if the file is damaged or incomplete (NN_ERROR_SYNTAX), or the result too
 *   large (NN_ERROR_FILE)
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

  /* next_in is not const, but zlib only reads from it. */
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
 * @path: of a file or pipe
 * @wanted: (nullable): as nn_file_read_wanted ()'s; told the compressed bytes
 * @n_bytes: (out)
 *
 * nn_file_read_wanted () that decompresses gzip.
 *
 * Returns: (transfer full) (nullable): the contents, terminated by NUL; NULL with an
 *   error that begins with the file's name
 */
char *
nn_gzip_read_file (const char *path, NnFileWanted wanted, gsize *n_bytes, GError **error)
{
  g_autofree char *bytes =
      nn_file_read_wanted (path, G_MAXSSIZE - 1, wanted, n_bytes, error);
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
