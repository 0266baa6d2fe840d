/* test-nn-number.c - numbers as text that reads back as the same number
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-number.h"

#include <float.h>
#include <math.h>
#include <string.h>

static void
assert_text (double number, const char *expected)
{
  g_autoptr (GString) text = g_string_new ("x");

  nn_number_append (text, number);
  g_assert_cmpstr (text->str + 1, ==, expected);
}

static void
assert_float_text (float number, const char *expected)
{
  g_autoptr (GString) text = g_string_new ("x");

  nn_number_append_float (text, number);
  g_assert_cmpstr (text->str + 1, ==, expected);
}

static void
test_no_more_digits_than_needed (void)
{
  assert_text (0.001, "0.001");
  assert_text (1e-8, "1e-08");
  assert_text (100000, "100000");
  assert_text (0, "0");
  assert_text (-0.0, "-0.0");
  assert_text (0.1 + 0.2, "0.30000000000000004");
  assert_text (DBL_MAX, "1.7976931348623157e+308");
  assert_text (9007199254740993.0, "9007199254740992");
  assert_float_text (0.001f, "0.001");
  assert_float_text (0.1f, "0.1");
  assert_float_text (-0.0f, "-0.0");
  assert_float_text (16777215, "16777215");
  assert_float_text (1.0f / 3, "0.33333334");
  assert_float_text (FLT_MAX, "3.4028235e+38");
}

/* Every sign and exponent, with fractions drawn at random. */
static void
test_reads_back (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 40000; i++) {
    guint64 bits = ((guint64) g_rand_int (random) << 32) | g_rand_int (random);
    guint32 float_bits = g_rand_int (random);
    double number;
    float float_number;

    memcpy (&number, &bits, sizeof number);
    memcpy (&float_number, &float_bits, sizeof float_number);
    if (isfinite (number)) {
      g_string_truncate (text, 0);
      nn_number_append (text, number);
      g_assert_true (g_ascii_strtod (text->str, NULL) == number);
    }
    if (isfinite (float_number)) {
      g_string_truncate (text, 0);
      nn_number_append_float (text, float_number);
      g_assert_true ((float) g_ascii_strtod (text->str, NULL) == float_number);
    }
  }
}

static void
assert_written (float number)
{
  char text[NN_NUMBER_FLOAT_SIZE + 1];
  char expected[G_ASCII_DTOSTR_BUF_SIZE];

  text[nn_number_write_float (text, number)] = '\0';
  g_ascii_formatd (expected, sizeof expected, "%.9g", (double) number);
  g_assert_cmpstr (text, ==, expected);
}

/* Every exponent, and there the ends, the middle between two numbers of nine digits where
 * there is one, and some drawn at random. */
static void
test_written_as_printf_does (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint32 exponent = 0; exponent < 255; exponent++)
    for (guint32 i = 0; i < 2000; i++) {
      const guint32 fraction = i < 200   ? i
                               : i < 400 ? 0x7fffff - (i - 200)
                               : i < 424 ? 1u << (i - 400)
                                         : g_rand_int (random) & 0x7fffff;
      const guint32 bits = exponent << 23 | (fraction & 0x7fffff);
      float number;

      memcpy (&number, &bits, sizeof number);
      assert_written (number);
      assert_written (-number);
    }
  for (guint i = 0; i < 300000; i++) /* as losses mostly are */
    assert_written ((float) (g_rand_double (random) * exp (-(double) (i % 30))));
  for (guint i = 0; i < 1000; i++)
    assert_written ((float) i / 64);
  assert_written (INFINITY);
  assert_written (-INFINITY);
}

static void
test_written_nan_has_no_sign (void)
{
  char text[NN_NUMBER_FLOAT_SIZE];

  g_assert_cmpmem (text, nn_number_write_float (text, -NAN), "nan", 3);
}

static void
test_counts_are_written (void)
{
  static const guint64 counts[] = { 0, 9, 10, 1234567890, G_MAXUINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    char text[NN_NUMBER_COUNT_SIZE + 1];
    g_autofree char *expected = g_strdup_printf ("%" G_GUINT64_FORMAT, counts[i]);

    text[nn_number_write_count (text, counts[i])] = '\0';
    g_assert_cmpstr (text, ==, expected);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/number/no-more-digits-than-needed",
                   test_no_more_digits_than_needed);
  g_test_add_func ("/nn/number/reads-back", test_reads_back);
  g_test_add_func ("/nn/number/written-as-printf-does", test_written_as_printf_does);
  g_test_add_func ("/nn/number/written-nan-has-no-sign", test_written_nan_has_no_sign);
  g_test_add_func ("/nn/number/counts-are-written", test_counts_are_written);
  return g_test_run ();
}
