/* try-store.c - what any bytes must do when they are arrays that stay on disk
 *
 * SPDX-License-Identifier: MIT
 */

#define _GNU_SOURCE /* memfd_create () */

#include "tests/fuzz/try-store.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "nn/patch/nn-array-values.h"
#include "tests/fuzz/said.h"

#define BLOCK 1000 /* numbers read at a time, which is no power of 2 */

static NnArrayStore *
open_store (const void *bytes, gsize size, GError **error)
{
  const int fd = memfd_create ("store", MFD_CLOEXEC);
  NnMappedFile *file;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, size), ==, (gssize) size);
  file = nn_mapped_file_new ("store", fd, error);
  return file != NULL ? nn_array_store_new (file, NULL, g_get_tmp_dir (), error) : NULL;
}

/* Every number, in blocks, is the one that is read at once. */
static void
assert_values (const NnArrayStore *store, const NnArray *array, const NnArray *whole)
{
  const NnArrayPlace place = nn_array_store_locate (store, array->bytes);
  const gsize size = nn_dtype_get_size (array->dtype);
  g_autofree guint8 *expected = g_malloc (array->n_values * size + 1);
  g_autoptr (GError) error = NULL;
  NnArrayValues values;
  NnArrayArea area;

  nn_array_area_init_whole (&area, array, 0);
  nn_array_values_init (&values, &area, &place, &error);
  g_assert_no_error (error);
  if (whole != NULL)
    nn_array_get_bytes (whole, expected);
  for (gsize first = 0; first < array->n_values; first += BLOCK) {
    const gsize n = MIN (array->n_values - first, BLOCK);
    const guint8 *read = nn_array_values_read_bytes (&values, first, n, &error);

    g_assert_no_error (error);
    if (whole != NULL)
      g_assert_cmpmem (read, n * size, expected + first * size, n * size);
  }
  nn_array_values_clear (&values);
}

/* Aborts unless @bytes are refused with an error that can be shown, or hold arrays whose
 * numbers are all there, and are those that a reader of the whole file finds. */
gboolean
try_store (const void *bytes, gsize size)
{
  g_autoptr (GBytes) contents = g_bytes_new (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayStore) store = open_store (bytes, size, &error);
  g_autoptr (NnArrayFile) file = NULL;
  const GPtrArray *arrays;

  g_assert_true ((store == NULL) == (error != NULL));
  if (store == NULL) {
    assert_can_be_said (error);
    return FALSE;
  }
  file = nn_array_file_parse (contents, NULL, NULL, NULL);
  arrays = store->arrays->arrays;
  for (guint i = 0; i < arrays->len; i++)
    assert_values (store, arrays->pdata[i],
                   file != NULL
                       ? nn_array_file_find (file, ((NnArray *) arrays->pdata[i])->name)
                       : NULL);
  return TRUE;
}
