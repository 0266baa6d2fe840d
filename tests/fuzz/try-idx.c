/* try-idx.c - what any bytes must do when they are read as an array in MNIST's format
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-idx.h"

#include "nn/arrays/nn-array-file.h"

/**
 * try_idx:
 * @bytes: (array length=size): anything
 *
 * Aborts unless @bytes either are refused with an error that can be shown, or are one
 * array, whose numbers can be had and are no more than the bytes.
 *
 * Returns: whether they are an array
 */
gboolean
try_idx (const void *bytes, gsize size)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (bytes, size);
  g_autoptr (NnArrayFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree double *values = NULL;
  const NnArray *array;

  if (!nn_arrays_idx.recognise (bytes, MIN (size, NN_ARRAY_FILE_START)))
    return FALSE;
  file = nn_array_file_parse (contents, NULL, NULL, &error);
  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return FALSE;
  }
  g_assert_cmpuint (file->arrays->len, ==, 1);
  array = file->arrays->pdata[0];
  g_assert_cmpuint (array->n_values, <, size);
  values = g_new (double, array->n_values);
  nn_array_get_doubles (array, values);
  return TRUE;
}
