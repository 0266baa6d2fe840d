/* test-nn-array.c - numbers of some type and shape, as a file holds them
 *
 * SPDX-License-Identifier: MIT
 *
 * Files that NumPy wrote are in test-nn-array-file.c.
 */

#include "nn/arrays/nn-array.h"

#include <string.h>

#include "nn/base/nn-error.h"

static NnArray *
vector_new (NnDtype dtype, gconstpointer numbers, guint64 n)
{
  g_autoptr (GBytes) bytes = g_bytes_new (numbers, n * nn_dtype_get_size (dtype));
  g_autoptr (GError) error = NULL;
  NnArray *array = (G_BYTE_ORDER == G_BIG_ENDIAN
                        ? nn_array_new_big_endian
                        : nn_array_new) ("a", dtype, 1, &n, NULL, bytes, &error);

  g_assert_no_error (error);
  return array;
}

static void
assert_floats (const NnArray *array, const guint32 *bits)
{
  g_autofree float *values = g_new (float, array->n_values);

  nn_array_get_floats (array, values);
  g_assert_cmpmem (values, array->n_values * sizeof *values, bits,
                   array->n_values * sizeof *bits);
}

/* Zero, subnormals, the largest, infinity, a signalling and a quiet NaN with a sign. */
static void
test_halves_are_exact (void)
{
  static const guint16 halves[] = { 0x0000, 0x8000, 0x0001, 0x83ff, 0x0400,
                                    0x3c01, 0x7bff, 0xfc00, 0x7c01, 0xfe05 };
  static const guint32 floats[] = { 0x00000000, 0x80000000, 0x33800000, 0xb87fc000,
                                    0x38800000, 0x3f802000, 0x477fe000, 0xff800000,
                                    0x7f802000, 0xffc0a000 };
  static const guint16 brains[] = { 0x8000, 0x0001, 0x3f81, 0x7f81, 0xffc5 };
  static const guint32 wide[] = { 0x80000000, 0x00010000, 0x3f810000, 0x7f810000,
                                  0xffc50000 };
  g_autoptr (NnArray) half = vector_new (NN_DTYPE_FLOAT16, halves, 10);
  g_autoptr (NnArray) brain = vector_new (NN_DTYPE_BFLOAT16, brains, 5);

  assert_floats (half, floats);
  assert_floats (brain, wide);
}

/* Every finite half, against its definition. */
static void
test_all_halves (void)
{
  for (guint32 i = 0; i < 0x7c00; i++) {
    const guint16 half = (guint16) i;
    const guint32 fraction = i & 0x3ff, exponent = i >> 10;
    double expected = exponent > 0 ? 1024 + fraction : fraction;
    g_autoptr (NnArray) array = vector_new (NN_DTYPE_FLOAT16, &half, 1);
    double found;

    for (guint32 k = 0; k < 24; k++)
      expected /= 2;
    for (guint32 k = 1; k < exponent; k++)
      expected *= 2;
    nn_array_get_doubles (array, &found);
    g_assert_cmpfloat (found, ==, expected);
  }
}

static void
test_float32_keeps_its_bits (void)
{
  static const guint32 bits[] = { 0x7f800001, 0xffc12345, 0x00000001, 0x80000000 };
  g_autoptr (NnArray) array = vector_new (NN_DTYPE_FLOAT32, bits, 4);

  assert_floats (array, bits);
}

/* Ties go to even; what is a little more than a tie does not, though it is no double. */
static void
test_integers_are_rounded_once (void)
{
  static const guint64 numbers[] = { (1u << 24) + 1, (1u << 24) + 3, G_MAXUINT64,
                                     (1ull << 63) + (1ull << 39),
                                     (1ull << 63) + (1ull << 39) + 1 };
  static const guint32 floats[] = { 0x4b800000, 0x4b800002, 0x5f800000, 0x5f000000,
                                    0x5f000001 };
  g_autoptr (NnArray) array = vector_new (NN_DTYPE_UINT64, numbers, 5);

  assert_floats (array, floats);
}

/* [[0, 1, 2], [3, 4, 5]] in Fortran's order, transposed, and one row for all rows. */
static void
test_strides (void)
{
  static const guint8 numbers[] = { 0, 3, 1, 4, 2, 5 };
  static const guint64 shape[] = { 2, 3 };
  static const guint64 fortran[] = { 1, 2 }, repeated[] = { 0, 2 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (numbers, sizeof numbers);
  g_autoptr (NnArray) a =
      nn_array_new ("a", NN_DTYPE_UINT8, 2, shape, fortran, bytes, NULL);
  g_autoptr (NnArray) b =
      nn_array_new ("b", NN_DTYPE_UINT8, 2, shape, repeated, bytes, NULL);
  float found[6];

  nn_array_get_floats (a, found);
  for (int i = 0; i < 6; i++)
    g_assert_cmpfloat (found[i], ==, (float) i);
  nn_array_get_floats (b, found);
  for (int i = 0; i < 6; i++)
    g_assert_cmpfloat (found[i], ==, (float) (i % 3));
}

/* Longer than what is converted at a time. */
static void
test_long_arrays (void)
{
  const guint64 shape[] = { 100, 70 }, strides[] = { 1, 100 };
  g_autofree gint32 *numbers = g_new (gint32, 7000);
  g_autofree float *found = g_new (float, 7000);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (NnArray) array = NULL;

  for (int i = 0; i < 7000; i++)
    numbers[i] = GINT32_TO_BE (i);
  bytes = g_bytes_new (numbers, 7000 * sizeof *numbers);
  array = nn_array_new_big_endian ("a", NN_DTYPE_INT32, 2, shape, strides, bytes, NULL);
  nn_array_get_floats (array, found);
  for (int i = 0; i < 7000; i++)
    g_assert_cmpfloat (found[i], ==, (float) (i / 70 + i % 70 * 100));
}

static void
assert_refused (guint rank, const guint64 *shape, const guint64 *strides, gsize n_bytes)
{
  g_autofree guint8 *zeros = g_new0 (guint8, n_bytes);
  g_autoptr (GBytes) bytes = g_bytes_new (zeros, n_bytes);
  g_autoptr (GError) error = NULL;

  g_assert_null (
      nn_array_new ("a", NN_DTYPE_FLOAT32, rank, shape, strides, bytes, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
}

static void
test_impossible_shapes_are_refused (void)
{
  static const guint64 two[] = { 2, 2 }, large[] = { 1ull << 32, 1ull << 32 };
  static const guint64 huge[] = { G_MAXUINT64, 2 }, none[] = { 0, G_MAXUINT64, 2 };
  static const guint64 zero[] = { 0, 0 }, far[] = { 1, G_MAXUINT64 };
  static const guint64 many[] = { 1 << 11, 1 << 10 };
  static const guint64 deep[NN_ARRAY_MAX_RANK + 1] = { 0 };

  assert_refused (2, two, NULL, 15);
  assert_refused (2, two, (const guint64[]){ 1, 3 }, 16);
  assert_refused (2, large, NULL, 16);
  assert_refused (2, large, zero, 16);
  assert_refused (2, huge, zero, 16);
  assert_refused (3, none, NULL, 16);
  assert_refused (2, two, far, 16);
  assert_refused (2, many, zero, 16);
  assert_refused (NN_ARRAY_MAX_RANK + 1, deep, NULL, 16);
  assert_refused (0, NULL, NULL, 3);
}

/* None of which is in another order, whatever the strides are. */
static void
test_no_values_have_any_shape (void)
{
  static const guint64 shape[] = { 1ull << 40, 0 }, fortran[] = { 1, 1ull << 40 };
  g_autoptr (GBytes) bytes = g_bytes_new (NULL, 0);
  g_autoptr (NnArray) a =
      nn_array_new ("a", NN_DTYPE_FLOAT32, 2, shape, NULL, bytes, NULL);
  g_autoptr (NnArray) b =
      nn_array_new ("b", NN_DTYPE_FLOAT32, 2, shape, fortran, bytes, NULL);

  g_assert_true (nn_array_is_contiguous (a));
  g_assert_null (nn_array_dup_conversion (a));
  g_assert_true (nn_array_is_contiguous (b));
  g_assert_null (nn_array_dup_conversion (b));
}

static void
test_says_what_is_converted (void)
{
  static const guint64 shape[] = { 2, 1 }, fortran[] = { 1, 2 };
  static const guint64 square[] = { 2, 2 };
  g_autoptr (GBytes) bytes = g_bytes_new ("0123456789abcdef", 16);
  g_autoptr (NnArray) a =
      nn_array_new ("", NN_DTYPE_FLOAT32, 2, shape, fortran, bytes, NULL);
  g_autoptr (NnArray) b =
      nn_array_new_big_endian ("", NN_DTYPE_FLOAT64, 2, shape, NULL, bytes, NULL);
  g_autoptr (NnArray) c =
      nn_array_new ("", NN_DTYPE_FLOAT16, 2, square, fortran, bytes, NULL);
  g_autoptr (NnArray) d = nn_array_new ("", NN_DTYPE_INT8, 0, NULL, NULL, bytes, NULL);
  g_autofree char *conversion = nn_array_dup_conversion (b);
  g_autofree char *other = nn_array_dup_conversion (c);
  g_autofree char *shape_a = nn_array_dup_shape (a);
  g_autofree char *shape_d = nn_array_dup_shape (d);

  g_assert_null (nn_array_dup_conversion (a));
  g_assert_cmpstr (conversion, ==, "big-endian float64, rounded to float32");
  g_assert_cmpstr (other, ==,
                   "float16 in another order than row after row, widened to float32");
  g_assert_cmpstr (shape_a, ==, "(2, 1)");
  g_assert_cmpstr (shape_d, ==, "()");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/array/" name, test)
  add ("halves-are-exact", test_halves_are_exact);
  add ("all-halves", test_all_halves);
  add ("float32-keeps-its-bits", test_float32_keeps_its_bits);
  add ("integers-are-rounded-once", test_integers_are_rounded_once);
  add ("strides", test_strides);
  add ("long-arrays", test_long_arrays);
  add ("impossible-shapes-are-refused", test_impossible_shapes_are_refused);
  add ("no-values-have-any-shape", test_no_values_have_any_shape);
  add ("says-what-is-converted", test_says_what_is_converted);
#undef add
  return g_test_run ();
}
