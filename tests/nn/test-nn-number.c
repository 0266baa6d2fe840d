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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/number/no-more-digits-than-needed",
                   test_no_more_digits_than_needed);
  g_test_add_func ("/nn/number/reads-back", test_reads_back);
  return g_test_run ();
}
