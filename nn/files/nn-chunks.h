/* nn-chunks.h - a container of named chunks of bytes, with a checksum: checkpoint files
 *
 * SPDX-License-Identifier: MIT
 *
 * The file: 16 bytes of magic; version and number of chunks; of each chunk its name (16
 * bytes, padded with NUL), its length and its bytes; the SHA-256 of everything before.
 * All numbers are 64 bits, little-endian. Chunks that are read share the file's memory.
 *
 * A plain value with one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_CHUNKS_NAME       16                 /* bytes */
#define NN_CHUNKS_CHECKPOINT "nudge-checkpoint" /* the magic of checkpoints */
#define NN_CHUNKS_MOST       64                 /* chunks in a file */

typedef struct {
  const char *magic; /* NN_CHUNKS_NAME bytes */
  const char *what;  /* "a checkpoint": for messages, marked with N_ () */
  guint64 version;   /* written, and the newest that can be read */
} NnChunksKind;

typedef struct _NnChunks NnChunks;

NnChunks *nn_chunks_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_chunks_free (NnChunks *self);

void nn_chunks_take (NnChunks *self, const char *name, GBytes *bytes);
void nn_chunks_take_array (NnChunks *self, const char *name, GByteArray *bytes);
GBytes *nn_chunks_get (const NnChunks *self, const char *name);
gsize nn_chunks_get_n (const NnChunks *self);
GBytes *nn_chunks_get_nth (const NnChunks *self, gsize index, const char **name);

gboolean nn_chunks_save (const NnChunks *self,
                         const NnChunksKind *kind,
                         const char *path,
                         GError **error);
NnChunks *nn_chunks_parse (GBytes *file,
                           const NnChunksKind *kind,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnChunks, nn_chunks_free)

G_END_DECLS
