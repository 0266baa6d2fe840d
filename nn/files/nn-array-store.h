/* nn-array-store.h - the arrays of a file of any size, which stays on disk
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, types and shapes are in memory; numbers are read where they are, block after
 * block. What a zip has packed is unpacked to files without a name beside. Formats that
 * write numbers as text (json, csv) are in memory. One owner; read from any thread.
 */

#pragma once

#include "nn/files/nn-array-file.h"
#include "nn/files/nn-zip-directory.h"

G_BEGIN_DECLS

typedef struct {
  NnMappedFile *file;  /* (owned) */
  NnArrayFile *arrays; /* (owned) with in_place */
  NnZipDirectory *zip; /* (owned) (nullable) of a zip archive: where its members are */
} NnArrayStore;

/* Where the bytes of an array begin: of its element [0, 0, …]. */
typedef struct {
  const NnMappedFile *file; /* (nullable) (not owned) */
  guint64 offset;           /* in the file */
  gssize unpacked;      /* which of those that are unpacked it is; -1: the file itself */
  const guint8 *memory; /* (nullable) (not owned) where there is no file */
} NnArrayPlace;

NnArrayStore *nn_array_store_open (const char *path,
                                   const char *folder,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnArrayStore *nn_array_store_new (NnMappedFile *file,
                                  const char *member,
                                  const char *folder,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_array_store_free (NnArrayStore *self);

NnArrayPlace nn_array_store_locate (const NnArrayStore *self, GBytes *bytes);
gboolean nn_array_place_read (const NnArrayPlace *self,
                              guint64 offset,
                              gpointer bytes,
                              gsize n_bytes,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnArrayStore, nn_array_store_free)

G_END_DECLS
