/* nn-arrays-npy.c - the format npy: one array, without a name
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>

#include "nn/arrays/nn-array-kind.h"
#include "nn/arrays/nn-npy.h"
#include "nn/base/nn-error.h"

static gboolean
read (NnArrayFile *file,
      GBytes *bytes,
      const char *member,
      const NnProgress *progress,
      GError **error)
{
  NnArray *array = nn_npy_read ("", bytes, error);

  if (array == NULL)
    return FALSE;
  g_ptr_array_add (file->arrays, array);
  return TRUE;
}

static GBytes *
encode (const NnArrayFile *file, GError **error)
{
  if (file->arrays->len == 1)
    return nn_npy_encode (file->arrays->pdata[0]);
  g_set_error (
      error, NN_ERROR, NN_ERROR_FILE,
      _ ("an npy file holds one array, and here are %u: name a file that ends in .npz"),
      file->arrays->len);
  return NULL;
}

const NnArrayFileKind nn_arrays_npy = {
  .name = "npy",
  .label = "NumPy array",
  .what = N_ ("a NumPy array (npy)"),
  .endings = ".npy",
  .holds_one = TRUE,
  .recognise = nn_npy_recognise,
  .read = read,
  .encode = encode,
  .value_memory = 8,
};
