/* nn-torch-calls.h - the functions and classes that PyTorch's pickles may name
 *
 * SPDX-License-Identifier: MIT
 *
 * Nothing is called: this is the list of allowed names. Private to the reader of
 * PyTorch's files.
 */

#pragma once

#include "nn/arrays/nn-pickle.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;      /* "torch._utils._rebuild_tensor_v2" */
  const char *remedy;    /* (nullable) for a tensor that Nudge cannot read: what to do */
  gboolean is_tensor;    /* called with storage, offset, size and stride */
  gboolean is_parameter; /* called with a tensor */
} NnTorchCall;

const NnTorchCall *nn_torch_find_call (const char *name);
NnPickle *nn_torch_pickle_new (const guint8 *bytes,
                               gsize n_bytes,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
