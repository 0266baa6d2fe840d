/* try-arrays.c - what any bytes must do when they are read as named arrays
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-arrays.h"

#include <string.h>

#include "nn/arrays/nn-array-file.h"
#include "tests/fuzz/said.h"

/* Of arrays, for each byte of a file: deflate's limit, and what one number of text needs. */
#define MOST_VALUES 1040

static gsize
use_numbers (const NnArrayFile *file)
{
  gsize n_values = 0;

  for (guint i = 0; i < file->arrays->len; i++) {
    const NnArray *array = file->arrays->pdata[i];
    g_autofree float *values = g_new (float, array->n_values);

    g_assert_true (g_utf8_validate (array->name, -1, NULL));
    nn_array_get_floats (array, values);
    n_values += array->n_values;
  }
  return n_values;
}

/* Written, the arrays are read as the same ones: each shape and name, and the same bytes
 * when they are written again. */
static void
assert_comes_back (const NnArrayFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = file->kind->encode (file, &error);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (NnArrayFile) read = NULL;

  if (bytes == NULL) {
    assert_can_be_said (error);
    return;
  }
  read = nn_array_file_parse (bytes, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (read->kind == file->kind);
  g_assert_cmpuint (read->arrays->len, ==, file->arrays->len);
  for (guint i = 0; i < read->arrays->len; i++)
    g_assert_cmpstr (((const NnArray *) read->arrays->pdata[i])->name, ==,
                     ((const NnArray *) file->arrays->pdata[i])->name);
  again = file->kind->encode (read, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
}

/* Aborts unless @bytes either are no @kind or are refused with an error that can be
 * shown, or hold arrays that are no larger than the bytes can be, and can be written.
 * Returns: whether they hold arrays */
static gboolean
try_kind (const NnArrayFileKind *kind, const void *bytes, gsize size)
{
  g_autoptr (GBytes) contents = g_bytes_new (bytes, size); /* a copy: ASan sees its end */
  g_autoptr (NnArrayFile) file = NULL;
  g_autoptr (GError) error = NULL;

  file = nn_array_file_parse (contents, NULL, NULL, &error);
  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL) {
    assert_can_be_said (error);
    return FALSE;
  }
  if (file->kind != kind)
    return FALSE;
  g_assert_cmpuint (use_numbers (file), <=, MOST_VALUES * size);
  assert_comes_back (file);
  return TRUE;
}

gboolean
try_arrays_csv (const void *bytes, gsize size)
{
  return try_kind (&nn_arrays_csv, bytes, size);
}

gboolean
try_json (const void *bytes, gsize size)
{
  return try_kind (&nn_arrays_json, bytes, size);
}

gboolean
try_npy (const void *bytes, gsize size)
{
  return try_kind (&nn_arrays_npy, bytes, size);
}

gboolean
try_npz (const void *bytes, gsize size)
{
  return try_kind (&nn_arrays_npz, bytes, size);
}

gboolean
try_safetensors (const void *bytes, gsize size)
{
  return try_kind (&nn_arrays_safetensors, bytes, size);
}
