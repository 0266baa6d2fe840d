/* nn-chunks.c - a container of named chunks of bytes, with a checksum: checkpoint files
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-chunks.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-atomic-file.h"
#include "nn/files/nn-little-endian.h"
#include "nn/files/nn-pack.h"

#define N_DIGEST 32                              /* bytes of SHA-256 */
#define N_NUMBER sizeof (guint64)                /* bytes */
#define N_HEAD   (NN_CHUNKS_NAME + 2 * N_NUMBER) /* bytes before the first chunk */

typedef struct {
  char name[NN_CHUNKS_NAME + 1];
  GBytes *bytes; /* (owned) */
} Chunk;

struct _NnChunks {
  GArray *all; /* (owned) Chunk, in the order of the file */
};

static void
chunk_clear (gpointer data)
{
  g_bytes_unref (((Chunk *) data)->bytes);
}

NnChunks *
nn_chunks_new (void)
{
  NnChunks *self = g_new (NnChunks, 1);

  self->all = g_array_new (FALSE, FALSE, sizeof (Chunk));
  g_array_set_clear_func (self->all, chunk_clear);
  return self;
}

void
nn_chunks_free (NnChunks *self)
{
  g_array_unref (self->all);
  g_free (self);
}

/**
 * nn_chunks_take:
 * @name: ASCII, at most NN_CHUNKS_NAME characters, different from all others
 * @bytes: (transfer full)
 *
 * Appends a chunk.
 */
void
nn_chunks_take (NnChunks *self, const char *name, GBytes *bytes)
{
  Chunk chunk = { .bytes = bytes };

  g_return_if_fail (strlen (name) <= NN_CHUNKS_NAME && self->all->len < NN_CHUNKS_MOST);

  strcpy (chunk.name, name);
  g_array_append_val (self->all, chunk);
}

void
nn_chunks_take_array (NnChunks *self, const char *name, GByteArray *bytes)
{
  nn_chunks_take (self, name, g_byte_array_free_to_bytes (bytes));
}

/**
 * nn_chunks_get:
 *
 * Returns: (transfer none) (nullable): the chunk called @name; NULL if there is none
 */
GBytes *
nn_chunks_get (const NnChunks *self, const char *name)
{
  for (guint i = 0; i < self->all->len; i++) {
    const Chunk *chunk = &g_array_index (self->all, Chunk, i);

    if (strcmp (chunk->name, name) == 0)
      return chunk->bytes;
  }
  return NULL;
}

/**
 * nn_chunks_get_nth:
 * @index: in the order of the file
 * @name: (out) (transfer none)
 *
 * Returns: (transfer none): the chunk
 */
GBytes *
nn_chunks_get_nth (const NnChunks *self, gsize index, const char **name)
{
  const Chunk *chunk = &g_array_index (self->all, Chunk, index);

  *name = chunk->name;
  return chunk->bytes;
}

gsize
nn_chunks_get_n (const NnChunks *self)
{
  return self->all->len;
}

/* ---- writing ----------------------------------------------------------------------- */

typedef struct {
  NnAtomicFile *file;
  GChecksum *checksum;
} Sink;

static gboolean
write_bytes (const Sink *sink, const void *bytes, gsize n, GError **error)
{
  if (n == 0)
    return TRUE;
  g_checksum_update (sink->checksum, bytes, (gssize) n);
  return nn_atomic_file_write (sink->file, bytes, n, error);
}

static gboolean
write_number (const Sink *sink, guint64 number, GError **error)
{
  guint8 bytes[N_NUMBER];

  nn_little_endian_put_u64 (bytes, number);
  return write_bytes (sink, bytes, sizeof bytes, error);
}

static gboolean
write_chunk (const Sink *sink, const Chunk *chunk, GError **error)
{
  gsize n_bytes;
  const void *bytes = g_bytes_get_data (chunk->bytes, &n_bytes);

  return write_bytes (sink, chunk->name, NN_CHUNKS_NAME, error) &&
         write_number (sink, n_bytes, error) && write_bytes (sink, bytes, n_bytes, error);
}

static gboolean
write_digest (const Sink *sink, GError **error)
{
  guint8 digest[N_DIGEST];
  gsize n = sizeof digest;

  g_checksum_get_digest (sink->checksum, digest, &n);
  return nn_atomic_file_write (sink->file, digest, n, error);
}

/**
 * nn_chunks_save:
 *
 * Returns: FALSE if it cannot be written (NN_ERROR_FILE); then an existing file
 *   is unchanged
 */
gboolean
nn_chunks_save (const NnChunks *self,
                const NnChunksKind *kind,
                const char *path,
                GError **error)
{
  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (path, error);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const Sink sink = { file, checksum };

  if (file == NULL || !write_bytes (&sink, kind->magic, NN_CHUNKS_NAME, error) ||
      !write_number (&sink, kind->version, error) ||
      !write_number (&sink, self->all->len, error))
    return FALSE;
  for (guint i = 0; i < self->all->len; i++)
    if (!write_chunk (&sink, &g_array_index (self->all, Chunk, i), error))
      return FALSE;
  return write_digest (&sink, error) && nn_atomic_file_commit (file, error);
}

/* ---- reading ----------------------------------------------------------------------- */

static gboolean
refuse (const NnChunksKind *kind, const char *why, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("it is %s that %s"), _ (kind->what),
               why);
  return FALSE;
}

static gboolean
check_head (const guint8 *bytes, gsize n_bytes, const NnChunksKind *kind, GError **error)
{
  guint64 version;

  if (n_bytes < NN_CHUNKS_NAME || memcmp (bytes, kind->magic, NN_CHUNKS_NAME) != 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("it is not %s"), _ (kind->what));
    return FALSE;
  }
  if (n_bytes < N_HEAD + N_DIGEST)
    return refuse (kind, _ ("ends too early"), error);
  version = nn_little_endian_get_u64 (bytes + NN_CHUNKS_NAME);
  if (version <= kind->version)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("it is %s of version %" PRIu64
                  ", and this program reads those up to %" PRIu64
                  ": it may be from a newer one, or damaged"),
               _ (kind->what), version, kind->version);
  return FALSE;
}

static gboolean
check_digest (const guint8 *bytes,
              gsize n_bytes,
              const NnChunksKind *kind,
              GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[N_DIGEST];
  gsize n = sizeof digest;

  g_checksum_update (checksum, bytes, (gssize) (n_bytes - N_DIGEST));
  g_checksum_get_digest (checksum, digest, &n);
  return memcmp (digest, bytes + n_bytes - N_DIGEST, N_DIGEST) == 0 ||
         refuse (kind, _ ("is damaged: its SHA-256 does not match"), error);
}

/* Reads the next chunk from what is left.
 *
 * Returns: FALSE if it does not fit, or its name occurred before */
static gboolean
parse_chunk (NnChunks *self, GBytes *file, NnUnpack *left)
{
  const guint8 *start = g_bytes_get_data (file, NULL);
  char name[NN_CHUNKS_NAME + 1] = { 0 };
  guint64 n_bytes;

  if (left->n_left < NN_CHUNKS_NAME)
    return FALSE;
  memcpy (name, left->at, NN_CHUNKS_NAME);
  left->at += NN_CHUNKS_NAME;
  left->n_left -= NN_CHUNKS_NAME;
  n_bytes = nn_unpack_u64 (left);
  if (left->failed || n_bytes > left->n_left || nn_chunks_get (self, name) != NULL)
    return FALSE;
  nn_chunks_take (self, name,
                  g_bytes_new_from_bytes (file, (gsize) (left->at - start), n_bytes));
  left->at += n_bytes;
  left->n_left -= n_bytes;
  return TRUE;
}

/**
 * nn_chunks_parse:
 * @file: its whole contents; a reference is taken
 *
 * Returns: (transfer full) (nullable): NULL if it is of another kind, of a newer version
 *   or damaged (NN_ERROR_FILE); the caller prefixes the file's name
 */
NnChunks *
nn_chunks_parse (GBytes *file, const NnChunksKind *kind, GError **error)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (file, &n_bytes);
  g_autoptr (NnChunks) self = nn_chunks_new ();
  NnUnpack left;
  guint64 n_chunks;

  if (!check_head (bytes, n_bytes, kind, error) ||
      !check_digest (bytes, n_bytes, kind, error))
    return NULL;
  left = (NnUnpack){ .at = bytes + NN_CHUNKS_NAME + N_NUMBER,
                     .n_left = n_bytes - N_DIGEST - NN_CHUNKS_NAME - N_NUMBER };
  n_chunks = nn_unpack_u64_up_to (&left, NN_CHUNKS_MOST);
  for (guint64 i = 0; i < n_chunks; i++)
    if (!parse_chunk (self, file, &left)) {
      refuse (kind, _ ("is damaged: its chunks are longer than the file"), error);
      return NULL;
    }
  if (!nn_unpack_is_done (&left)) {
    refuse (kind, _ ("is damaged: it continues after its last chunk"), error);
    return NULL;
  }
  return g_steal_pointer (&self);
}
