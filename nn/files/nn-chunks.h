/* nn-chunks.h - a file of named chunks of bytes, whose digest says whether it is whole
 *
 * SPDX-License-Identifier: MIT
 *
 * The file: 16 bytes that say which kind it is; its version and the number of chunks;
 * each chunk's name (16 bytes, the rest NUL), number of bytes and bytes; and the SHA-256
 * of everything before. All numbers are 64 bits, the lowest byte first. What is read from
 * a file is a part of it in memory and takes no more than that.
 *
 * A plain value with one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_CHUNKS_NAME       16                 /* bytes */
#define NN_CHUNKS_CHECKPOINT "nudge-checkpoint" /* which kind: a run to go on from */
#define NN_CHUNKS_MOST       64                 /* chunks in a file */

typedef struct {
  const char *magic; /* NN_CHUNKS_NAME bytes */
  const char *what;  /* "a checkpoint": for messages */
  guint64 version;   /* the newest that can be read */
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
