/* nn-torch-storage.h - the storages that PyTorch's tensors are views of
 *
 * SPDX-License-Identifier: MIT
 *
 * A pickle written by torch.save () refers to them by persistent ids; their bytes
 * are elsewhere in the file, depending on the format. Private to the reader of
 * PyTorch's files.
 */

#pragma once

#include "nn/arrays/nn-array.h"
#include "nn/arrays/nn-pickle.h"

G_BEGIN_DECLS

typedef struct {
  /* @key: (array length=n_key)
   * Returns: (transfer full) (nullable): the bytes of that storage */
  GBytes *(*get) (gpointer data, const char *key, gsize n_key, GError **error);
  gpointer data;
  gboolean big_endian;
} NnTorchStorages;

/* The contents of a persistent id. */
typedef struct {
  const char *key; /* (not owned) (array length=n_key) */
  gsize n_key;
  const char *type; /* (nullable) if Nudge has no dtype for it: "complex64" */
  NnDtype dtype;    /* only if type is NULL */
  guint64 first;    /* of an old storage that is a view: its first value */
} NnTorchStorage;

gboolean nn_torch_is_storage_name (const char *name);
gboolean nn_torch_find_dtype (const char *name, NnDtype *dtype);
gboolean nn_torch_storage_read (NnTorchStorage *self,
                                const NnPickleValue *persistent,
                                GError **error);

G_END_DECLS
