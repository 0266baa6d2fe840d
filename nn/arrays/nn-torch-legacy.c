/* nn-torch-legacy.c - reads files of PyTorch before version 1.6
 *
 * SPDX-License-Identifier: MIT
 *
 * A sequence of pickles: a magic number, the version of the format, facts about the
 * machine, the saved object, and a list of the storages' keys. Then, in the list's
 * order, each storage: the number of values, in 8 bytes, and the values, little-endian
 * on every machine.
 */

#include "nn/arrays/nn-torch-legacy.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-torch-calls.h"
#include "nn/arrays/nn-torch-tensors.h"
#include "nn/base/nn-error.h"

#define VERSION      1001
#define MAGIC        "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"
#define MAGIC_DIGITS "119547037146038801333356" /* in pickle protocols 0 and 1 */
#define MOST_BEFORE  16 /* at most so many bytes precede the magic number */

typedef struct {
  GBytes *bytes;        /* (not owned) the file's */
  gsize at;             /* the offset to read from next */
  GHashTable *sizes;    /* (owned) maps a storage's key to the size of its elements */
  GHashTable *storages; /* (owned) maps a storage's key to its bytes */
} Legacy;

gboolean
nn_torch_recognise_legacy (const guint8 *start, gsize n_bytes)
{
  if (n_bytes > strlen (MAGIC_DIGITS) &&
      memcmp (start, "L" MAGIC_DIGITS, strlen (MAGIC_DIGITS) + 1) == 0)
    return TRUE;
  for (gsize i = 0; i < MOST_BEFORE && i + strlen (MAGIC) <= n_bytes; i++)
    if (start[0] == 0x80 && memcmp (&start[i], MAGIC, strlen (MAGIC)) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("in PyTorch's format before 1.6, %s"),
               why);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the next pickle */
static NnPickle *
read_pickle (Legacy *self, GError **error)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (self->bytes, &n_bytes);
  NnPickle *pickle = nn_torch_pickle_new (bytes + self->at, n_bytes - self->at, error);

  if (pickle != NULL)
    self->at += nn_pickle_get_n_bytes (pickle);
  return pickle;
}

/* Skips the magic number, which was recognised, and the facts about the machine. */
static gboolean
skip_head (Legacy *self, GError **error)
{
  g_autoptr (NnPickle) magic = read_pickle (self, error);
  g_autoptr (NnPickle) version = magic != NULL ? read_pickle (self, error) : NULL;
  g_autoptr (NnPickle) facts = version != NULL ? read_pickle (self, error) : NULL;
  const NnPickleValue *number;

  if (facts == NULL)
    return FALSE;
  number = nn_pickle_get_value (version);
  return (number->type == NN_PICKLE_INTEGER && number->integer == VERSION) ||
         refuse (error, _ ("its version is not 1001, the only one there was"));
}

/* Finds the element size of each storage, which only the references to it contain. */
static gboolean
find_sizes (Legacy *self, const NnPickle *pickle, GError **error)
{
  for (gsize i = 0; i < nn_pickle_get_n_persistent (pickle); i++) {
    NnTorchStorage storage;

    if (nn_pickle_is_text (
            nn_pickle_get_item (
                nn_pickle_get_item (nn_pickle_get_persistent (pickle, i), 0), 0),
            "module"))
      return refuse (error, _ ("it holds a class: save only the tensors, in Python: "
                               "torch.save (net.state_dict (), \"parameters.pt\")"));
    if (!nn_torch_storage_read (&storage, nn_pickle_get_persistent (pickle, i), error))
      return FALSE;
    g_hash_table_insert (
        self->sizes, g_strndup (storage.key, storage.n_key),
        GSIZE_TO_POINTER (storage.type != NULL ? 0 : nn_dtype_get_size (storage.dtype)));
  }
  return TRUE;
}

static gboolean
read_storage (Legacy *self, const NnPickleValue *value, GError **error)
{
  const gsize n_left = g_bytes_get_size (self->bytes) - self->at;
  g_autofree char *key = NULL;
  gpointer size;
  guint64 n;

  if (value->type != NN_PICKLE_STRING && value->type != NN_PICKLE_BYTES)
    return refuse (error, _ ("the key of a storage is not a text"));
  key = g_strndup (value->text, value->n_bytes);
  if (!g_hash_table_lookup_extended (self->sizes, key, NULL, &size))
    return refuse (error, _ ("there is a storage that no tensor uses"));
  if (size == NULL)
    return refuse (error,
                   _ ("there is a tensor of complex or quantized numbers, which are not "
                      "read: save torch.view_as_real () or dequantize () of it"));
  if (n_left < sizeof n)
    return refuse (error, _ ("a storage is cut off"));
  memcpy (&n, (const guint8 *) g_bytes_get_data (self->bytes, NULL) + self->at, sizeof n);
  n = GUINT64_FROM_LE (n);
  if (n > (n_left - sizeof n) / GPOINTER_TO_SIZE (size))
    return refuse (error, _ ("a storage is cut off"));
  self->at += sizeof n;
  g_hash_table_insert (self->storages, g_steal_pointer (&key),
                       g_bytes_new_from_bytes (self->bytes, self->at,
                                               (gsize) n * GPOINTER_TO_SIZE (size)));
  self->at += (gsize) n * GPOINTER_TO_SIZE (size);
  return TRUE;
}

static gboolean
read_storages (Legacy *self, const NnPickle *keys, GError **error)
{
  const NnPickleValue *list = nn_pickle_get_value (keys);

  if (list->type != NN_PICKLE_LIST)
    return refuse (error, _ ("there is no list of storages"));
  for (guint i = 0; i < list->n_items; i++)
    if (!read_storage (self, list->items[i], error))
      return FALSE;
  return TRUE;
}

static GBytes *
get_storage (gpointer data, const char *key, gsize n_key, GError **error)
{
  Legacy *self = data;
  g_autofree char *copy = g_strndup (key, n_key);
  GBytes *bytes = g_hash_table_lookup (self->storages, copy);

  if (bytes != NULL)
    return g_bytes_ref (bytes);
  refuse (error, _ ("its storage is not in the list of them"));
  return NULL;
}

static gboolean
read_all (Legacy *self, NnArrayFile *file, const NnProgress *progress, GError **error)
{
  const NnTorchStorages storages = { .get = get_storage, .data = self };
  g_autoptr (NnPickle) saved = NULL;
  g_autoptr (NnPickle) keys = NULL;

  if (!skip_head (self, error))
    return FALSE;
  saved = read_pickle (self, error);
  if (saved == NULL || !find_sizes (self, saved, error))
    return FALSE;
  keys = read_pickle (self, error);
  return keys != NULL && read_storages (self, keys, error) &&
         nn_torch_read_tensors (file, saved, &storages, progress, error);
}

gboolean
nn_torch_read_legacy (NnArrayFile *file,
                      GBytes *bytes,
                      const NnProgress *progress,
                      GError **error)
{
  Legacy self = { .bytes = bytes };
  gboolean good;

  self.sizes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.storages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_bytes_unref);
  good = read_all (&self, file, progress, error);
  g_hash_table_unref (self.sizes);
  g_hash_table_unref (self.storages);
  return good;
}
