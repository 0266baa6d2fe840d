/* test-nudge-number.c - numbers as people read and type them
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-number.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"

static void
assert_format (double value, int digits, const char *expected)
{
  g_autofree char *text = nudge_number_format (value, digits);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_reads_well (void)
{
  assert_format (0.0183, 3, "0.0183");
  assert_format (24.1, 4, "24.1");
  assert_format (24.0996, 4, "24.1");
  assert_format (-0.0024, 2, "−0.0024");
  assert_format (1.2e-7, 3, "1.2e−7");
  assert_format (-9.99e-5, 2, "−0.0001");
  assert_format (412345, 3, "412\u2009000");
  assert_format (1204, 6, "1204");
  assert_format (10000, 3, "10\u2009000");
  assert_format (12040.25, 7, "12\u2009040.25");
  assert_format (1234567890123, 17, "1\u2009234\u2009567\u2009890\u2009123");
  assert_format (1.5e30, 3, "1.5e30");
  assert_format (9.9999, 2, "10");
  assert_format (2, 5, "2");
}

static void
test_zero_has_no_sign (void)
{
  assert_format (-0.0, 3, "0");
  assert_format (0, 3, "0");
}

static void
test_not_finite_is_said (void)
{
  assert_format (NAN, 3, "not a number");
  assert_format (INFINITY, 3, "∞");
  assert_format (-INFINITY, 3, "−∞");
}

static void
assert_round_trip (float value)
{
  g_autofree char *text = nudge_number_format_exact (value);
  g_autoptr (GError) error = NULL;
  double parsed = NAN;
  float back;

  g_assert_true (nudge_number_parse (text, 0, &parsed, &error));
  g_assert_no_error (error);
  back = (float) parsed;
  g_assert_true (back == value);
}

/* Every exponent, and mantissas from a simple generator: what is shown is the float. */
static void
test_exact_round_trips (void)
{
  guint32 state = 1;

  for (guint i = 0; i < 20000; i++) {
    float value;

    state = state * 1664525 + 1013904223;
    memcpy (&value, &state, sizeof value);
    if (isfinite (value))
      assert_round_trip (value);
  }
  assert_round_trip (0.1f);
  assert_round_trip (-0.7423187f);
  assert_round_trip (16777216.0f);
  assert_round_trip (1e-45f);
}

static void
test_exact_is_short (void)
{
  g_autofree char *tenth = nudge_number_format_exact (0.1f);
  g_autofree char *weight = nudge_number_format_exact (-0.7423187f);
  g_autofree char *thousand = nudge_number_format_exact (16777216.0f);

  g_assert_cmpstr (tenth, ==, "0.1");
  g_assert_cmpstr (weight, ==, "−0.7423187");
  g_assert_cmpstr (thousand, ==, "16777216");
}

static void
assert_parse (const char *text, double present, double expected)
{
  g_autoptr (GError) error = NULL;
  double value = NAN;

  if (!nudge_number_parse (text, present, &value, &error))
    g_error ("“%s”: %s", text, error->message);
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-12 * MAX (1, fabs (expected)));
}

static void
test_reads_what_people_type (void)
{
  assert_parse ("0.5", 0, 0.5);
  assert_parse ("0,5", 0, 0.5);
  assert_parse (".5", 0, 0.5);
  assert_parse ("5.", 0, 5);
  assert_parse ("  -3 ", 0, -3);
  assert_parse ("−0.742 318 7", 0, -0.7423187);
  assert_parse ("+-1", 2, 1);
  assert_parse ("1e-3", 0, 0.001);
  assert_parse ("1.2E−7", 0, 1.2e-7);
  assert_parse ("3/4", 0, 0.75);
  assert_parse ("-3 / 4", 0, -0.75);
  assert_parse ("12\u2009040", 0, 12040);
  assert_parse ("412\u00a0000", 0, 412000);
  assert_parse ("412\u202f000,5", 0, 412000.5);
  assert_parse ("1.234", 0, 1.234);
  assert_parse ("1.000", 0, 1);
  assert_parse ("0,125", 0, 0.125);
  assert_parse ("-0,500", 0, -0.5);
  assert_parse ("1,5000", 0, 1.5);
  assert_parse ("1234,567", 0, 1234.567);
  assert_parse ("12 345,678", 0, 12345.678);
  assert_parse ("1,000 000 1", 0, 1.0000001);
  assert_parse ("0,001", 0, 0.001);
  assert_parse ("1,25e-3", 0, 0.00125);
}

/* In a country or another a point or a comma is between thousands. */
static void
test_whole_numbers_have_thousands (void)
{
  static const struct {
    const char *text;
    double value;
  } cases[] = {
    { "1.000", 1000 },     { "1,000", 1000 },
    { " 12,500 ", 12500 }, { "1.000.000", 1e6 },
    { "+1.000", 1007 },    { "*2", 14 },
    { "20", 20 },          { "412\u202f000", 412000 },
    { "2.0", 2 },          { "0.500", 0.5 },
    { "1.0000", 1 },       { "1234.567", 1234.567 },
    { "1e3", 1000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    double value = 42;

    g_test_message ("%s", cases[i].text);
    g_assert_true (nudge_number_parse_whole (cases[i].text, 7, &value, NULL));
    g_assert_cmpfloat (value, ==, cases[i].value);
  }
  for (gsize i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    double value;

    g_assert_false (
        nudge_number_parse_whole (i == 0 ? "1.000,000" : "\xff", 7, &value, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  }
}

static void
test_changes_the_present_value (void)
{
  assert_parse ("*1.1", 2, 2.2);
  assert_parse ("×1.1", 2, 2.2);
  assert_parse ("* -1", 2, -2);
  assert_parse ("*3/4", 2, 1.5);
  assert_parse ("/2", 3, 1.5);
  assert_parse ("÷ 4", 3, 0.75);
  assert_parse ("+0.2", 1, 1.2);
  assert_parse ("-0.2", 1, -0.2);
}

static void
assert_refuse (const char *text)
{
  g_autoptr (GError) error = NULL;
  double value = 42;

  if (nudge_number_parse (text, 1, &value, &error))
    g_error ("“%s” was read as %g", text, value);
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "expected"));
  g_assert_cmpfloat (value, ==, 42);
}

static void
test_bad_text_is_refused (void)
{
  static const char *const bad[] = {
    "",      " ",       "abc",    "1.2.3",   "1,204.5", "--2",     "nan",
    "inf",   "0x10",    "1e",     "3/",      "/",       "*",       "1/0",
    "0/0",   "1e999",   "2 3",    "12 34",   "1 2345",  "1e1e1",   "3/4/5",
    "1+1",   "\xff",    "5%",     "**2",     "−",       ".",       "1 ,5",
    "1,000", "-12,500", "*1,234", "1,000/2", "3/1,000", "1.000,5", "1,000e3",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refuse (bad[i]);
}

/* Where a comma is the decimal sign it is read as one, but for needless zeros. */
static void
test_locales_differ_in_thousands (void)
{
  static const char *const bad[] = { "1,000", "1.000", "-12.000", "+100,000" };
  locale_t german;

  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  german = newlocale (LC_ALL_MASK, "", NULL);
  if (german) {
    freelocale (german);
    assert_parse ("1,125", 0, 1.125);
    assert_parse ("1.125", 0, 1.125);
    assert_parse ("*1,125", 2, 2.25);
    assert_parse ("0.000", 0, 0);
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
      assert_refuse (bad[i]);
  } else {
    g_test_skip ("no German locale is installed");
  }
  g_setenv ("LC_ALL", "C", TRUE);
  assert_refuse ("1,125");
}

/* The change is what must be finite, not only what was typed. */
static void
test_result_is_finite (void)
{
  g_autoptr (GError) error = NULL;
  double value = 42;

  g_assert_false (nudge_number_parse ("*1e300", 1e300, &value, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpfloat (value, ==, 42);
}

static void
test_an_axis_has_one_style (void)
{
  static const struct {
    double value, low, high;
    const char *text;
  } cases[] = {
    { 5e6, 0, 9e6, "5\u2009000\u2009000" },
    { 5e6, 0, 1e7, "5e6" },
    { 1e7, 0, 1e7, "1e7" },
    { 100, 1, 1e7, "100" },
    { 0, 0, 1e7, "0" },
    { -5e6, -1e7, 1e7, "\u22125e6" },
    { 1e-4, 1e-4, 1, "0.0001" },
    { 1e-4, 1e-5, 1, "1e\u22124" },
    { 0.1, 1e-5, 1, "0.1" },
    { 5e-5, 0, 9e-5, "5e\u22125" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        nudge_number_format_tick (cases[i].value, 7, cases[i].low, cases[i].high);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_narrow_numbers_have_no_more_than_their_digits (void)
{
  static const struct {
    double value;
    const char *text;
  } cases[] = {
    { 6.3e6, "6.3e6" },
    { 63000, "6.3e4" },
    { -6300, "\u22126300" },
    { 0.0179, "0.0179" },
    { 0, "0" },
    { INFINITY, "∞" },
    { 0.00631, "0.00631" },
    { 0.000631, "6.31e\u22124" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = nudge_number_format_narrow (cases[i].value, 3);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_counts_are_written_in_full (void)
{
  static const struct {
    guint64 count;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { 1204, "1204" },
    { 12040, "12\u2009040" },
    { 22401358, "22\u2009401\u2009358" },
    { G_MAXUINT64, "18\u2009446\u2009744\u2009073\u2009709\u2009551\u2009615" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = nudge_number_format_count (cases[i].count);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

int
main (int argc, char *argv[])
{
  g_setenv ("LC_ALL", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/number/reads-well", test_reads_well);
  g_test_add_func ("/ui/number/zero-has-no-sign", test_zero_has_no_sign);
  g_test_add_func ("/ui/number/not-finite-is-said", test_not_finite_is_said);
  g_test_add_func ("/ui/number/exact-round-trips", test_exact_round_trips);
  g_test_add_func ("/ui/number/exact-is-short", test_exact_is_short);
  g_test_add_func ("/ui/number/reads-what-people-type", test_reads_what_people_type);
  g_test_add_func ("/ui/number/whole-numbers-have-thousands",
                   test_whole_numbers_have_thousands);
  g_test_add_func ("/ui/number/changes-the-present-value",
                   test_changes_the_present_value);
  g_test_add_func ("/ui/number/bad-text-is-refused", test_bad_text_is_refused);
  g_test_add_func ("/ui/number/locales-differ-in-thousands",
                   test_locales_differ_in_thousands);
  g_test_add_func ("/ui/number/result-is-finite", test_result_is_finite);
  g_test_add_func ("/ui/number/an-axis-has-one-style", test_an_axis_has_one_style);
  g_test_add_func ("/ui/number/narrow-numbers-have-no-more-than-their-digits",
                   test_narrow_numbers_have_no_more_than_their_digits);
  g_test_add_func ("/ui/number/counts-are-written-in-full",
                   test_counts_are_written_in_full);
  return g_test_run ();
}
