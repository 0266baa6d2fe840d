/* nn-torch-storage.h - the storages that PyTorch's tensors are views of
 *
 * SPDX-License-Identifier: MIT
 *
 * A pickle that torch.save () writes names them by persistent ids; their bytes are
 * elsewhere in the file, where depends on the format. Private to the reader of PyTorch's
 * files.
 */

#pragma once

#include "nn/files/nn-array.h"
#include "nn/files/nn-pickle.h"

G_BEGIN_DECLS

typedef struct {
  /* @key: of @n_key bytes. Returns: (transfer full) (nullable): all of it */
  GBytes *(*get) (gpointer data, const char *key, gsize n_key, GError **error);
  gpointer data;
  gboolean big_endian;
} NnTorchStorages;

/* What a persistent id says. */
typedef struct {
  const char *key; /* (not owned) n_key bytes */
  gsize n_key;
  const char *type; /* (nullable) what Nudge has no dtype for: "complex64" */
  NnDtype dtype;
  guint64 first; /* of the view that an old storage may be, in values */
} NnTorchStorage;

gboolean nn_torch_is_storage_name (const char *name);
gboolean nn_torch_find_dtype (const char *name, NnDtype *dtype);
gboolean nn_torch_storage_read (NnTorchStorage *self,
                                const NnPickleValue *persistent,
                                GError **error);

G_END_DECLS
