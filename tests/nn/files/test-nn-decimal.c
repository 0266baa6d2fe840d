/* test-nn-decimal.c - numbers written in decimal
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/files/nn-decimal.h"

#define N_NUMBERS 200000

/* strtod () rounds rightly, and takes its time. */
static void
assert_as_strtod (const char *text)
{
  const double expected = g_ascii_strtod (text, NULL);
  double found;

  g_assert_true (nn_decimal_parse (text, strlen (text), '.', &found));
  if (memcmp (&found, &expected, sizeof found) != 0)
    g_error ("%s: %a, expected %a", text, found, expected);
}

/* @n_digits of them, the last @n_decimals behind the point. */
static void
append_digits (GString *text, GRand *random, int n_digits, int n_decimals)
{
  for (int i = 0; i < n_digits; i++) {
    if (i == n_digits - n_decimals)
      g_string_append_c (text, '.');
    g_string_append_c (text, (char) ('0' + g_rand_int_range (random, 0, 10)));
  }
}

static void
test_random_numbers_are_the_nearest_double (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < N_NUMBERS; i++) {
    const int n_digits = g_rand_int_range (random, 1, 23);

    g_string_assign (text, g_rand_boolean (random) ? "-" : "");
    append_digits (text, random, n_digits, g_rand_int_range (random, 0, n_digits + 1));
    if (i % 4 == 0)
      g_string_append_printf (text, "e%+d", g_rand_int_range (random, -45, 45));
    if (i % 400 == 0)
      g_string_append_printf (text, "%d", g_rand_int_range (random, 0, 10));
    assert_as_strtod (text->str);
  }
}

/* Halfway between two doubles, and beside it by less than 64 bits show. */
static void
test_halves_are_rounded_by_what_follows (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < N_NUMBERS; i++) {
    g_string_assign (text, "0.");
    append_digits (text, random, 19, 0);
    assert_as_strtod (text->str);
    g_string_printf (text, "%" G_GUINT64_FORMAT "%s",
                     (G_GUINT64_CONSTANT (1) << 53) + 1 + 2 * (guint64) i,
                     i % 3 == 0   ? ""
                     : i % 3 == 1 ? ".001"
                                  : ".0000000000000000000000000000001");
    assert_as_strtod (text->str);
  }
}

static void
test_borders (void)
{
  static const char *const texts[] = {
    "0",
    "-0",
    "0e999999999",
    "1e22",
    "1e23",
    "9007199254740993",
    "9007199254740993e22",
    "18446744073709551615",
    "18446744073709551616",
    "9999999999999999999e19",
    "9999999999999999999e-19",
    "1.7976931348623157e308",
    "1.7976931348623159e308",
    "4.9e-324",
    "2.4703282292062328e-324",
    "2.2250738585072011e-308",
    "1e-999999999999",
    "1e999999999999",
    "00000000000000000000000000000001",
    "0.00000000000000000000000000000000000000000000000000000001",
  };
  g_autofree char *zeros = g_strnfill (200000, '0');
  g_autofree char *small = g_strdup_printf ("0.%s1e200000", zeros);
  g_autofree char *large = g_strdup_printf ("1%s.e-200000", zeros);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_as_strtod (texts[i]);
  assert_as_strtod (small);
  assert_as_strtod (large);
}

static void
test_number_ends_where_it_ends (void)
{
  static const struct {
    const char *text;
    int length; /* of the number; 0: there is none */
    double number;
  } cases[] = {
    { "1;2", 1, 1 },
    { "1,5;2", 3, 1.5 },
    { "1.5", 1, 1 },
    { ",5", 2, 0.5 },
    { "5,", 2, 5 },
    { "1e", 1, 1 },
    { "1e+", 1, 1 },
    { "1e+2x", 4, 100 },
    { "+1", 2, 1 },
    { "-inf", 4, -HUGE_VAL },
    { "-", 0 },
    { "", 0 },
    { "x", 0 },
    { ",", 0 },
    { "e5", 0 },
    { "--1", 0 },
    { "Infinity", 8, HUGE_VAL },
    { "infin", 3, HUGE_VAL },
    { "nan", 0 },
    { "\xe2\x88\x92"
      "2",
      4, -2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *text = cases[i].text;
    double number;
    const char *end = nn_decimal_scan (text, text + strlen (text), ',', &number);

    g_test_message ("%s", text);
    g_assert_true (end == (cases[i].length > 0 ? text + cases[i].length : NULL));
    if (end != NULL)
      g_assert_cmpfloat (number, ==, cases[i].number);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/decimal/random-numbers-are-the-nearest-double",
                   test_random_numbers_are_the_nearest_double);
  g_test_add_func ("/nn/decimal/halves-are-rounded-by-what-follows",
                   test_halves_are_rounded_by_what_follows);
  g_test_add_func ("/nn/decimal/borders", test_borders);
  g_test_add_func ("/nn/decimal/number-ends-where-it-ends",
                   test_number_ends_where_it_ends);
  return g_test_run ();
}
