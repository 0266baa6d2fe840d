/* try-pickle.c - what any bytes must do when they are read as a pickle
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-pickle.h"

#include "nn/arrays/nn-array-file.h"
#include "nn/arrays/nn-torch-calls.h"
#include "nn/arrays/nn-torch-tensors.h"
#include "tests/fuzz/said.h"

#define STORAGE 64 /* bytes of each */

static GBytes *
get_storage (gpointer data, const char *key, gsize n_key, GError **error)
{
  static const guint8 zeros[STORAGE];

  return g_bytes_new_static (zeros, sizeof zeros);
}

/**
 * try_pickle:
 * @bytes: (array length=size): anything
 *
 * Aborts unless @bytes either are refused with an error that can be shown, or are a
 * pickle that ends within them and whose tensors are read or refused likewise.
 *
 * Returns: whether they are a pickle
 */
gboolean
try_pickle (const void *bytes, gsize size)
{
  const NnTorchStorages storages = { .get = get_storage };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnPickle) pickle = nn_torch_pickle_new (bytes, size, &error);
  g_autoptr (NnArrayFile) file = nn_array_file_new (&nn_arrays_torch);

  g_assert_true ((pickle == NULL) == (error != NULL));
  if (pickle == NULL) {
    assert_can_be_said (error);
    return FALSE;
  }
  g_assert_cmpuint (nn_pickle_get_n_bytes (pickle), <=, size);
  if (!nn_torch_read_tensors (file, pickle, &storages, NULL, &error))
    assert_can_be_said (error);
  g_assert_cmpuint (file->arrays->len, <=, size);
  return TRUE;
}
