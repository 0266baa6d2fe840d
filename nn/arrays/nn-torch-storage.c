/* nn-torch-storage.c - the storages that PyTorch's tensors are views of
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-torch-storage.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"

#define PREFIX "torch."

/* PyTorch's _dtype_to_storage_type_map (). */
static const struct {
  const char *name; /* after "torch." */
  const char *type; /* (nullable) if Nudge has no dtype for it */
  NnDtype dtype;
} storages[] = {
  { "FloatStorage", NULL, NN_DTYPE_FLOAT32 },
  { "DoubleStorage", NULL, NN_DTYPE_FLOAT64 },
  { "HalfStorage", NULL, NN_DTYPE_FLOAT16 },
  { "BFloat16Storage", NULL, NN_DTYPE_BFLOAT16 },
  { "LongStorage", NULL, NN_DTYPE_INT64 },
  { "IntStorage", NULL, NN_DTYPE_INT32 },
  { "ShortStorage", NULL, NN_DTYPE_INT16 },
  { "CharStorage", NULL, NN_DTYPE_INT8 },
  { "ByteStorage", NULL, NN_DTYPE_UINT8 },
  { "BoolStorage", NULL, NN_DTYPE_BOOL },
  { "UntypedStorage", NULL, NN_DTYPE_UINT8 },
  { "storage.UntypedStorage", NULL, NN_DTYPE_UINT8 },
  { "storage._UntypedStorage", NULL, NN_DTYPE_UINT8 },
  { "_UntypedStorage", NULL, NN_DTYPE_UINT8 },
  { "ComplexFloatStorage", "complex64", NN_DTYPE_UINT8 },
  { "ComplexDoubleStorage", "complex128", NN_DTYPE_UINT8 },
  { "QInt8Storage", "qint8", NN_DTYPE_UINT8 },
  { "QInt32Storage", "qint32", NN_DTYPE_UINT8 },
  { "QUInt8Storage", "quint8", NN_DTYPE_UINT8 },
  { "QUInt4x2Storage", "quint4x2", NN_DTYPE_UINT8 },
  { "QUInt2x4Storage", "quint2x4", NN_DTYPE_UINT8 },
};

/* Very old files may have storages of a GPU, "torch.cuda.FloatStorage". */
static gssize
find_storage (const char *name)
{
  if (g_str_has_prefix (name, "torch.cuda."))
    name += strlen ("torch.cuda.");
  else if (g_str_has_prefix (name, PREFIX))
    name += strlen (PREFIX);
  else
    return -1;
  for (gsize i = 0; i < G_N_ELEMENTS (storages); i++)
    if (strcmp (storages[i].name, name) == 0)
      return (gssize) i;
  return -1;
}

/**
 * nn_torch_is_storage_name:
 * @name: "torch.FloatStorage"
 *
 * Returns: whether it is the class of a storage
 */
gboolean
nn_torch_is_storage_name (const char *name)
{
  return find_storage (name) >= 0;
}

/**
 * nn_torch_find_dtype:
 * @name: "torch.float16"
 * @dtype: (out)
 *
 * Returns: FALSE if Nudge has no such type
 */
gboolean
nn_torch_find_dtype (const char *name, NnDtype *dtype)
{
  if (!g_str_has_prefix (name, PREFIX))
    return FALSE;
  for (NnDtype i = 0; i < NN_N_DTYPES; i++)
    if (strcmp (nn_dtype_get_name (i), name + strlen (PREFIX)) == 0) {
      *dtype = i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, "%s", why);
  return FALSE;
}

/* ("FLAT KEY", offset, size): a storage that is a view of another, until version 0.4. */
static gboolean
read_view (NnTorchStorage *self, const NnPickleValue *view, GError **error)
{
  const NnPickleValue *first = nn_pickle_get_item (view, 1);

  if (view == NULL || view->type == NN_PICKLE_NONE)
    return TRUE;
  if (first == NULL || first->type != NN_PICKLE_INTEGER || first->integer < 0)
    return refuse (error, _ ("a storage is part of another one, which is not named"));
  self->first = (guint64) first->integer;
  return TRUE;
}

/**
 * nn_torch_storage_read:
 * @self: (out): borrows from the pickle
 * @persistent: an NN_PICKLE_PERSISTENT
 *
 * Reads the tuple ("storage", class, key, device, number of values[, view]).
 *
 * Returns: FALSE if it is something else (NN_ERROR_FILE)
 */
gboolean
nn_torch_storage_read (NnTorchStorage *self,
                       const NnPickleValue *persistent,
                       GError **error)
{
  const NnPickleValue *id = nn_pickle_get_item (persistent, 0);
  const NnPickleValue *type = nn_pickle_get_item (id, 1);
  const NnPickleValue *key = nn_pickle_get_item (id, 2);
  gssize row;

  *self = (NnTorchStorage){ 0 };
  if (id != NULL && id->type == NN_PICKLE_BYTES)
    return refuse (error, _ ("with pickle protocol 0 torch.save () writes what PyTorch "
                             "cannot read itself: save without pickle_protocol=0"));
  if (!nn_pickle_is_text (nn_pickle_get_item (id, 0), "storage") || type == NULL ||
      type->type != NN_PICKLE_GLOBAL || key == NULL ||
      (key->type != NN_PICKLE_STRING && key->type != NN_PICKLE_BYTES))
    return refuse (error, _ ("a tensor has no storage that PyTorch would know"));
  row = find_storage (type->text);
  if (row < 0)
    return refuse (error, _ ("a tensor's storage has no class of PyTorch's"));
  self->key = key->text;
  self->n_key = key->n_bytes;
  self->type = storages[row].type;
  self->dtype = storages[row].dtype;
  return read_view (self, nn_pickle_get_item (id, 5), error);
}
