/* nn-torch-tensors.c - finds the tensors in a pickle of PyTorch
 *
 * SPDX-License-Identifier: MIT
 *
 * A tensor is a call of torch._utils._rebuild_tensor_v2 (storage, offset, size, stride,
 * requires_grad, hooks), a parameter a call with a tensor. Dicts and lists around them
 * give them names: {"model": {"fc1.weight": …}} has model.fc1.weight.
 */

#include "nn/arrays/nn-torch-tensors.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-torch-calls.h"
#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"

#define MAX_DEPTH 64   /* of nested dicts */
#define MAX_NAME  1024 /* bytes of a name, with all keys */
#define MAX_NAMED 4    /* values that are no tensors and that a note lists */

typedef struct {
  NnArrayFile *file;
  const NnTorchStorages *storages;
  const NnProgress *progress;
  GHashTable *bytes; /* (owned) maps a storage's key to its bytes, once they were read */
  GString *name;     /* (owned) of the present value */
  GString *left;     /* (owned) "epoch = 3, lr = 0.01" */
  gsize n_left;
  gsize n_named;
  gsize n_visits;
  gsize most_visits;
  GError **error;
} Walk;

/* ---- a tensor ------------------------------------------------------------------------ */

static gboolean fail (Walk *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Returns: FALSE, for the caller to return; the error begins with the value's name */
static gboolean
fail (Walk *self, const char *format, ...)
{
  g_autofree char *name =
      self->name->len > 0 ? nn_text_dup_quoted (self->name->str) : NULL;
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (self->error, NN_ERROR, NN_ERROR_FILE, "%s%s%s", name != NULL ? name : "",
               name != NULL ? ": " : "", message);
  return FALSE;
}

static gboolean
fail_with (Walk *self, GError *failure)
{
  fail (self, "%s", failure->message);
  g_error_free (failure);
  return FALSE;
}

/* @value: a tuple, or torch.Size of one */
static gboolean
read_sizes (Walk *self, const NnPickleValue *value, guint64 *sizes, guint *n)
{
  if (value != NULL && value->type == NN_PICKLE_CALL)
    value = nn_pickle_get_item (nn_pickle_get_item (value, 1), 0);
  if (value == NULL || value->type != NN_PICKLE_TUPLE)
    return fail (self, _ ("its size or stride is not a tuple"));
  if (value->n_items > NN_ARRAY_MAX_RANK)
    return fail (self, _ ("it has %u dimensions, and at most %d are read"),
                 value->n_items, NN_ARRAY_MAX_RANK);
  *n = value->n_items;
  for (guint i = 0; i < value->n_items; i++) {
    const NnPickleValue *size = value->items[i];

    if (size->type != NN_PICKLE_INTEGER || size->integer < 0)
      return fail (
          self, _ ("its size or stride has something other than whole numbers from 0"));
    sizes[i] = (guint64) size->integer;
  }
  return TRUE;
}

/* Returns: (transfer none) (nullable) */
static GBytes *
get_storage (Walk *self, const NnTorchStorage *storage)
{
  g_autofree char *key = g_strndup (storage->key, storage->n_key);
  GBytes *bytes = g_hash_table_lookup (self->bytes, key);
  GError *failure = NULL;

  if (bytes != NULL)
    return bytes;
  bytes =
      self->storages->get (self->storages->data, storage->key, storage->n_key, &failure);
  if (bytes == NULL) {
    fail_with (self, failure);
    return NULL;
  }
  g_hash_table_insert (self->bytes, g_steal_pointer (&key), bytes);
  return bytes;
}

/* Adds an array that begins at value @first of the storage. */
static gboolean
add_array (Walk *self,
           NnDtype dtype,
           guint rank,
           const guint64 *shape,
           const guint64 *strides,
           GBytes *storage,
           guint64 first)
{
  const gsize n_bytes = g_bytes_get_size (storage);
  const gsize size = nn_dtype_get_size (dtype);
  g_autoptr (GBytes) bytes = NULL;
  GError *failure = NULL;
  NnArray *array;

  for (const char *c = self->name->str; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return fail (self, _ ("the name has a character that cannot be shown"));
  if (first > n_bytes / size)
    return fail (self, _ ("it begins after the end of its storage"));
  bytes = g_bytes_new_from_bytes (storage, (gsize) first * size,
                                  n_bytes - (gsize) first * size);
  array = (self->storages->big_endian ? nn_array_new_big_endian : nn_array_new) (
      self->name->str, dtype, rank, shape, strides, bytes, &failure);
  if (array == NULL) {
    g_propagate_error (self->error, failure);
    return FALSE;
  }
  g_ptr_array_add (self->file->arrays, array);
  return TRUE;
}

/* Adds the whole storage as an array of a type that Nudge cannot read. */
static gboolean
add_other (Walk *self, const NnTorchStorage *storage)
{
  GBytes *bytes = get_storage (self, storage);

  if (bytes != NULL)
    nn_in_place_add_other (self->file->in_place, self->name->str, storage->type, NULL,
                           bytes);
  return bytes != NULL;
}

/* Tensors of _rebuild_tensor_v3 have their type as an argument; others have
 * their storage's. */
static gboolean
choose_dtype (Walk *self,
              const NnPickleValue *arguments,
              gboolean is_v3,
              NnTorchStorage *storage)
{
  const NnPickleValue *dtype = nn_pickle_get_item (arguments, 6);

  if (storage->type != NULL)
    return fail (self,
                 _ ("its numbers are %s, which is not read: save another type, as by "
                    "torch.view_as_real () or dequantize ()"),
                 storage->type);
  if (!is_v3)
    return TRUE;
  if (dtype == NULL || dtype->type != NN_PICKLE_GLOBAL ||
      !nn_torch_find_dtype (dtype->text, &storage->dtype))
    return fail (self, _ ("its numbers are %s, which is not read: save tensor.float ()"),
                 dtype != NULL && dtype->type == NN_PICKLE_GLOBAL ? dtype->text
                                                                  : _ ("of no type"));
  return TRUE;
}

static gboolean
add_tensor (Walk *self, const NnPickleValue *arguments, gboolean is_v3)
{
  const NnPickleValue *persistent = nn_pickle_get_item (arguments, 0);
  const NnPickleValue *offset = nn_pickle_get_item (arguments, 1);
  guint64 shape[NN_ARRAY_MAX_RANK];
  guint64 strides[NN_ARRAY_MAX_RANK];
  guint rank, n_strides;
  NnTorchStorage storage;
  GError *failure = NULL;
  GBytes *bytes;

  if (persistent == NULL || persistent->type != NN_PICKLE_PERSISTENT || offset == NULL ||
      offset->type != NN_PICKLE_INTEGER || offset->integer < 0)
    return fail (self, _ ("a tensor without a storage, or without a valid offset"));
  if (!nn_torch_storage_read (&storage, persistent, &failure))
    return fail_with (self, failure);
  if (storage.type != NULL && self->file->in_place != NULL)
    return add_other (self, &storage);
  if (!choose_dtype (self, arguments, is_v3, &storage) ||
      !read_sizes (self, nn_pickle_get_item (arguments, 2), shape, &rank) ||
      !read_sizes (self, nn_pickle_get_item (arguments, 3), strides, &n_strides))
    return FALSE;
  if (rank != n_strides)
    return fail (self, _ ("its size has %u dimensions, but its stride %u"), rank,
                 n_strides);
  bytes = get_storage (self, &storage);
  return bytes != NULL && add_array (self, storage.dtype, rank, shape, strides, bytes,
                                     storage.first + (guint64) offset->integer);
}

/* ---- all values ---------------------------------------------------------------------- */

/* Notes a value that is no tensor; only at the top level, such as "epoch", not an
 * optimizer's settings. */
static void
note_left (Walk *self, const NnPickleValue *value)
{
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;

  self->n_left++;
  if (self->n_named == MAX_NAMED || strchr (self->name->str, '.') != NULL)
    return;
  shown = nn_pickle_dup_shown (value);
  name = nn_text_dup_quoted (self->name->str);
  g_string_append_printf (self->left, "%s%s = %s", self->n_named++ > 0 ? ", " : "", name,
                          shown);
}

/* @value: a call */
static gboolean
walk_over_call (Walk *self, const NnPickleValue *value)
{
  const NnPickleValue *arguments = nn_pickle_get_item (value, 1);
  const NnTorchCall *call = nn_torch_find_call (nn_pickle_get_item (value, 0)->text);

  if (call != NULL && call->is_parameter) {
    value = nn_pickle_get_item (arguments, 0);
    call = NULL;
    if (value != NULL && value->type == NN_PICKLE_CALL) {
      arguments = nn_pickle_get_item (value, 1);
      call = nn_torch_find_call (nn_pickle_get_item (value, 0)->text);
    }
    if (call == NULL || !call->is_tensor || call->is_parameter)
      return fail (self, _ ("it is a parameter without a tensor"));
  }
  if (call != NULL && call->remedy != NULL)
    return fail (self, "%s", _ (call->remedy));
  if (call != NULL && call->is_tensor)
    return add_tensor (self, arguments, g_str_has_suffix (call->name, "_v3"));
  note_left (self, value);
  return TRUE;
}

static gboolean walk_over (Walk *self, const NnPickleValue *value, guint depth);

/* @key: (nullable): of a dict; NULL in a list, in which @index is the key */
static gboolean
walk_into (Walk *self,
           const NnPickleValue *key,
           gsize index,
           const NnPickleValue *value,
           guint depth)
{
  const gsize length = self->name->len;
  gboolean good;

  if (length > 0)
    g_string_append_c (self->name, '.');
  if (key == NULL)
    g_string_append_printf (self->name, "%" G_GSIZE_FORMAT, index);
  else if (key->type == NN_PICKLE_STRING)
    g_string_append_len (self->name, key->text,
                         (gssize) MIN (key->n_bytes, MAX_NAME + 1));
  else {
    g_autofree char *shown = nn_pickle_dup_shown (key);

    g_string_append (self->name, shown);
  }
  if (self->name->len > MAX_NAME) {
    g_string_truncate (self->name, 0);
    return fail (self,
                 _ ("a tensor's name, with the keys of the dicts that it is in, is "
                    "longer than %d bytes"),
                 MAX_NAME);
  }
  good = walk_over (self, value, depth + 1);
  g_string_truncate (self->name, length);
  return good;
}

static gboolean
walk_over_items (Walk *self, const NnPickleValue *value, guint depth)
{
  const gboolean is_dict = value->type == NN_PICKLE_DICT;
  const gsize step = is_dict ? 2 : 1;

  if (depth == MAX_DEPTH)
    return fail (self, _ ("dicts and lists are nested more than %d deep"), MAX_DEPTH);
  for (gsize i = 0; i < value->n_items; i += step)
    if (!walk_into (self, is_dict ? value->items[i] : NULL, i, value->items[i + step - 1],
                    depth))
      return FALSE;
  return TRUE;
}

static gboolean
walk_over (Walk *self, const NnPickleValue *value, guint depth)
{
  /* A pickle has shared values once and refers to them: nested references could expand to
   * any number of visits. */
  if (++self->n_visits > self->most_visits)
    return fail (self, _ ("its values refer to each other too often"));
  switch (value->type) {
  case NN_PICKLE_DICT:
  case NN_PICKLE_LIST:
  case NN_PICKLE_TUPLE:
    return walk_over_items (self, value, depth);
  case NN_PICKLE_CALL:
    return walk_over_call (self, value);
  default:
    note_left (self, value);
    return TRUE;
  }
}

static void
add_notes (Walk *self)
{
  const gsize n_more = self->n_left - self->n_named;
  g_autofree char *more = g_strdup_printf (
      self->n_named > 0 ? _ (" and %zu more values") : _ ("%zu values"), n_more);

  if (self->n_left > 0)
    g_ptr_array_add (self->file->notes,
                     g_strconcat (_ ("left out, as they are not tensors: "),
                                  self->left->str, n_more > 0 ? more : "", NULL));
}

/**
 * nn_torch_read_tensors:
 *
 * Adds the tensors to @file, in the pickle's order, and a note about other values.
 *
 * Returns: FALSE if a tensor is damaged or of a type that cannot be read; the message
 *   begins with its name
 */
gboolean
nn_torch_read_tensors (NnArrayFile *file,
                       const NnPickle *pickle,
                       const NnTorchStorages *storages,
                       const NnProgress *progress,
                       GError **error)
{
  Walk walk = { .file = file,
                .storages = storages,
                .progress = progress,
                .most_visits = nn_pickle_get_n_bytes (pickle),
                .error = error };
  gboolean good;

  walk.bytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) g_bytes_unref);
  walk.name = g_string_new (NULL);
  walk.left = g_string_new (NULL);
  good = walk_over (&walk, nn_pickle_get_value (pickle), 0);
  if (good)
    add_notes (&walk);
  g_hash_table_unref (walk.bytes);
  g_string_free (walk.name, TRUE);
  g_string_free (walk.left, TRUE);
  return good;
}
