/* test-nn-idx.c - arrays in MNIST's format
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/base/nn-error.h"

static NnArrayFile *
read_data (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "idx", name, NULL);
  g_autoptr (GError) error = NULL;
  NnArrayFile *file = nn_array_file_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->kind->name, ==, "idx");
  g_assert_cmpuint (file->arrays->len, ==, 1);
  return file;
}

static void
test_packed_files_are_read (void)
{
  g_autoptr (NnArrayFile) pictures = read_data ("pictures-idx3-ubyte.gz");
  g_autoptr (NnArrayFile) labels = read_data ("labels-idx1-ubyte.gz");
  const NnArray *array = pictures->arrays->pdata[0];
  g_autofree char *shape = nn_array_dup_shape (array);
  float values[500];

  g_assert_cmpstr (array->name, ==, "");
  g_assert_cmpint (array->dtype, ==, NN_DTYPE_UINT8);
  g_assert_cmpstr (shape, ==, "(20, 5, 5)");
  nn_array_get_floats (array, values);
  g_assert_cmpfloat (values[0], ==, 0xac);
  g_assert_cmpfloat (values[16], ==, 0x58);
  array = labels->arrays->pdata[0];
  g_assert_cmpuint (array->n_values, ==, 20);
  nn_array_get_floats (array, values);
  for (int i = 0; i < 20; i++)
    g_assert_cmpfloat (values[i], ==, (float) (i % 10));
}

/* Returns: (nullable): the array of @n_bytes at @bytes */
static NnArrayFile *
parse (const char *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (bytes, n_bytes);

  return nn_array_file_parse (contents, NULL, NULL, error);
}

static void
test_each_type_is_read (void)
{
#define BYTES(text) text, sizeof text - 1
  static const struct {
    const char *bytes;
    gsize n_bytes;
    NnDtype dtype;
    double value;
  } files[] = {
    { BYTES ("\0\0\x08\1\0\0\0\1\xff"), NN_DTYPE_UINT8, 255 },
    { BYTES ("\0\0\x09\1\0\0\0\1\xff"), NN_DTYPE_INT8, -1 },
    { BYTES ("\0\0\x0b\1\0\0\0\1\xfe\1"), NN_DTYPE_INT16, -511 },
    { BYTES ("\0\0\x0c\1\0\0\0\1\0\1\0\2"), NN_DTYPE_INT32, 65538 },
    { BYTES ("\0\0\x0d\1\0\0\0\1\x3f\xc0\0\0"), NN_DTYPE_FLOAT32, 1.5 },
    { BYTES ("\0\0\x0e\1\0\0\0\1\xbf\xf8\0\0\0\0\0\0"), NN_DTYPE_FLOAT64, -1.5 },
    { BYTES ("\0\0\x08\2\0\0\0\1\0\0\0\1\7"), NN_DTYPE_UINT8, 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (NnArrayFile) file = parse (files[i].bytes, files[i].n_bytes, &error);
    const NnArray *array;
    double value;

    g_assert_no_error (error);
    array = file->arrays->pdata[0];
    g_assert_cmpint (array->dtype, ==, files[i].dtype);
    g_assert_cmpuint (array->n_values, ==, 1);
    nn_array_get_doubles (array, &value);
    g_assert_cmpfloat (value, ==, files[i].value);
  }
}

static void
test_wrong_sizes_are_refused (void)
{
  static const struct {
    const char *bytes;
    gsize n_bytes;
    const char *message;
  } files[] = {
    { BYTES ("\0\0\x08\2\0\0\0\1\0\0"),
      "the file is cut off in the sizes of its 2 dimensions" },
    { BYTES ("\0\0\x08\1\0\0\0\3\1\2"),
      "the header says 3 numbers of 1 byte, and 2 bytes follow it: the file is cut off" },
    { BYTES ("\0\0\x08\1\0\0\0\3\1\2\3\4"),
      "the header says 3 numbers of 1 byte, and 4 bytes follow it" },
    { BYTES ("\0\0\x0c\1\0\0\0\1\1\2\3\4\5"),
      "the header says 1 numbers of 4 bytes, and 5 bytes follow it" },
    { BYTES ("\0\0\x0c\1\xff\xff\xff\xff\1\2\3\4"),
      "the header says 4294967295 numbers of 4 bytes, and 4 bytes follow it: the file is "
      "cut off" },
    { BYTES ("\0\0\x08\3\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\1"),
      "the header says more numbers than any file can have" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (parse (files[i].bytes, files[i].n_bytes, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
    g_assert_cmpstr (error->message, ==, files[i].message);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/idx/packed-files-are-read", test_packed_files_are_read);
  g_test_add_func ("/nn/idx/each-type-is-read", test_each_type_is_read);
  g_test_add_func ("/nn/idx/wrong-sizes-are-refused", test_wrong_sizes_are_refused);
  return g_test_run ();
}
