/* nn-number.c - numbers as text that reads back as the same number
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-number.h"

#include <math.h>
#include <string.h>

/* Any text of DIGITS digits survives a round trip through the type, so fewer need not be
 * tried; any number of the type survives a round trip through text of MOST_DIGITS digits
 * (C17, 5.2.4.2.2: FLT_DIG, FLT_DECIMAL_DIG and those of double). */
#define FLOAT_DIGITS      6
#define FLOAT_MOST_DIGITS 9
#define DIGITS            15
#define MOST_DIGITS       17

static void
format (char *text, int n_digits, double number)
{
  char how[8];

  g_snprintf (how, sizeof how, "%%.%dg", n_digits);
  g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, how, number);
}

/* Negative zero is written as -0.0: JSON's readers take -0 for an integer, which has
 * no sign. */
static void
append (GString *text, const char *number)
{
  g_string_append (text, number);
  if (strcmp (number, "-0") == 0)
    g_string_append (text, ".0");
}

/**
 * nn_number_append:
 * @number: finite
 *
 * Appends the fewest digits, 15 at least, that JSON, C and Python read back as @number.
 */
void
nn_number_append (GString *text, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (isfinite (number));

  for (int n = DIGITS; n <= MOST_DIGITS; n++) {
    format (digits, n, number);
    if (g_ascii_strtod (digits, NULL) == number)
      break;
  }
  append (text, digits);
}

/**
 * nn_number_append_float:
 * @number: finite
 *
 * Appends the fewest digits that read back as @number once rounded to float32.
 */
void
nn_number_append_float (GString *text, float number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (isfinite (number));

  for (int n = FLOAT_DIGITS; n <= FLOAT_MOST_DIGITS; n++) {
    format (digits, n, (double) number);
    if ((float) g_ascii_strtod (digits, NULL) == number)
      break;
  }
  append (text, digits);
}

/**
 * nn_number_widen:
 *
 * Returns: the double that nn_number_append_float () writes for @number: 0.001,
 *   not 0.00100000005
 */
double
nn_number_widen (float number)
{
  g_autoptr (GString) text = g_string_new (NULL);

  nn_number_append_float (text, number);
  return g_ascii_strtod (text->str, NULL);
}
