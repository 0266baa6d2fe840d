/* nn-array-store.h - the arrays of a file that stays on disk and may be larger than memory
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, types and shapes are in memory; values are read from the file with
 * nn_array_place_read (). Compressed members of a zip are unpacked to temporary files
 * without a name. Formats that store numbers as text (json, csv) are held in memory. One
 * owner; read from any thread.
 */

#pragma once

#include "nn/arrays/nn-array-file.h"
#include "nn/files/nn-zip-directory.h"

G_BEGIN_DECLS

typedef struct {
  NnMappedFile *file;  /* (owned) */
  NnArrayFile *arrays; /* (owned) with in_place */
  NnZipDirectory *zip; /* (owned) (nullable) only of a zip archive */
} NnArrayStore;

/* The position of an array's first element, [0, 0, …]: in a file or in memory. */
typedef struct {
  const NnMappedFile *file; /* (not owned) (nullable) */
  guint64 offset;           /* in the file, in bytes */
  gssize unpacked;      /* the index of the unpacked member; -1: the store's own file */
  const guint8 *memory; /* (not owned) (nullable) if there is no file */
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
