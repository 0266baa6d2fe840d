/* nn-torch-calls.c - the functions and classes that PyTorch's pickles may name
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-torch-calls.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-torch-storage.h"
#include "nn/base/nn-error.h"

/* Names that may be called, or be values. */
static const NnTorchCall calls[] = {
  { "torch._utils._rebuild_tensor_v2", NULL, TRUE, FALSE },
  { "torch._utils._rebuild_tensor_v3", NULL, TRUE, FALSE },
  { "torch._utils._rebuild_tensor", NULL, TRUE, FALSE },
  { "torch._utils._rebuild_parameter", NULL, TRUE, TRUE },
  { "torch._utils._rebuild_parameter_with_state", NULL, TRUE, TRUE },
  { "torch._utils._rebuild_qtensor", N_ ("it is quantized: save tensor.dequantize ()"),
    TRUE, FALSE },
  { "torch._utils._rebuild_sparse_tensor", N_ ("it is sparse: save tensor.to_dense ()"),
    TRUE, FALSE },
  { "torch._utils._rebuild_sparse_csr_tensor",
    N_ ("it is sparse: save tensor.to_dense ()"), TRUE, FALSE },
  { "torch._utils._rebuild_meta_tensor_no_storage",
    N_ ("it is on the device meta, which keeps no numbers"), TRUE, FALSE },
  { "torch.Size", NULL, FALSE, FALSE },
  { "torch.device", NULL, FALSE, FALSE },
  { "torch.serialization._get_layout", NULL, FALSE, FALSE },
  { "__builtin__.complex", NULL, FALSE, FALSE },
  { "builtins.complex", NULL, FALSE, FALSE },
  { "numpy.dtype", NULL, FALSE, FALSE },
  { "numpy.core.multiarray.scalar", NULL, FALSE, FALSE },
  { "numpy._core.multiarray.scalar", NULL, FALSE, FALSE },
};

/* PyTorch's constants, besides the dtypes that Nudge reads: they are allowed as values,
 * and as arguments of a tensor that is refused later, with its name. */
static const char *const constants[] = {
  "torch.complex32",
  "torch.complex64",
  "torch.complex128",
  "torch.quint8",
  "torch.qint8",
  "torch.qint32",
  "torch.float8_e4m3fn",
  "torch.float8_e5m2",
  "torch.strided",
  "torch.sparse_coo",
  "torch.sparse_csr",
  "torch.per_tensor_affine",
  "torch.per_channel_affine",
  "torch.per_tensor_symmetric",
  "torch.per_channel_symmetric",
  "torch.per_channel_affine_float_qparams",
  NULL,
};

/**
 * nn_torch_find_call:
 *
 * Returns: (transfer none) (nullable): the row of the function called @name
 */
const NnTorchCall *
nn_torch_find_call (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (strcmp (calls[i].name, name) == 0)
      return &calls[i];
  return NULL;
}

static gboolean
allows (const char *name)
{
  NnDtype dtype;

  return nn_torch_find_call (name) != NULL || nn_torch_is_storage_name (name) ||
         nn_torch_find_dtype (name, &dtype) || g_strv_contains (constants, name);
}

/**
 * nn_torch_pickle_new:
 *
 * nn_pickle_new () that allows only the names that build tensors, and usual values beside
 * them. The error for any other name says how to save only the tensors.
 *
 * Returns: (transfer full) (nullable)
 */
NnPickle *
nn_torch_pickle_new (const guint8 *bytes, gsize n_bytes, GError **error)
{
  GError *failure = NULL;
  NnPickle *pickle = nn_pickle_new (bytes, n_bytes, allows, &failure);

  if (pickle != NULL)
    return pickle;
  if (g_error_matches (failure, NN_ERROR, NN_ERROR_UNKNOWN)) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("%s: save only the tensors, in Python: torch.save (net.state_dict "
                    "(), \"parameters.pt\")"),
                 failure->message);
    g_error_free (failure);
  } else {
    g_propagate_error (error, failure);
  }
  return NULL;
}
