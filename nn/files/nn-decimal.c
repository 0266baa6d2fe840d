/* nn-decimal.c - parses decimal numbers to the nearest double, quickly
 *
 * SPDX-License-Identifier: MIT
 *
 * Tables have millions of numbers, nearly all of them short: an integer of 64 bits times
 * a small power of ten. These are converted without strtod ().
 */

#include "nn/files/nn-decimal.h"

#include <math.h>
#include <string.h>

/* Below this, another digit still fits into 64 bits. */
#define MAX_DIGITS G_GUINT64_CONSTANT (1000000000000000000)

/* Integers up to 2^53 and powers of ten up to 10^22 are exact doubles. Their product or
 * quotient is rounded once, so it is the nearest double (Clinger, How to read floating
 * point numbers accurately, 1990, section 4). */
#define EXACT_DIGITS (G_GUINT64_CONSTANT (1) << 53)
#define EXACT_POWER  22

#define WIDE_POWER    19 /* the largest power of ten in 64 bits */
#define MOST_EXPONENT 100000
#define BUFFER        128 /* longer numbers, in bytes, are copied to allocated memory */

__extension__ typedef unsigned __int128 Wide;

/* digits * 10^exponent */
typedef struct {
  guint64 digits;
  int exponent;
  gboolean any;  /* there was a digit */
  gboolean lost; /* there were more digits than fit */
} Decimal;

static const double powers[EXACT_POWER + 1] = {
  1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

static const char *
scan_digits (const char *at, const char *end, gboolean fraction, Decimal *decimal)
{
  for (; at < end && g_ascii_isdigit (*at); at++) {
    decimal->any = TRUE;
    if (decimal->digits < MAX_DIGITS) {
      decimal->digits = decimal->digits * 10 + (guint64) (*at - '0');
      decimal->exponent -= fraction && decimal->exponent > -MOST_EXPONENT;
    } else {
      decimal->lost = TRUE;
    }
  }
  return at;
}

/* Returns: what follows the exponent at @at; @at if there is none */
static const char *
scan_exponent (const char *at, const char *end, Decimal *decimal)
{
  const char *digit = at + 1;
  gboolean negative = FALSE;
  int exponent = 0;

  if (at == end || (*at != 'e' && *at != 'E'))
    return at;
  if (digit < end && (*digit == '+' || *digit == '-'))
    negative = *digit++ == '-';
  if (digit == end || !g_ascii_isdigit (*digit))
    return at;
  for (; digit < end && g_ascii_isdigit (*digit); digit++)
    exponent = MIN (exponent * 10 + (*digit - '0'), MOST_EXPONENT);
  decimal->lost |= exponent == MOST_EXPONENT || decimal->exponent == -MOST_EXPONENT;
  decimal->exponent += negative ? -exponent : exponent;
  return digit;
}

/* The slow path: 150 ns for 17 digits; others of nn_decimal_scan () take 10 to 50 ns. */
static double
convert_text (const char *text, gsize n_bytes, char sign)
{
  char buffer[BUFFER];
  g_autofree char *allocated = NULL;
  char *copy = buffer;
  char *found;

  if (n_bytes >= sizeof buffer)
    copy = allocated = g_malloc (n_bytes + 1);
  memcpy (copy, text, n_bytes);
  copy[n_bytes] = '\0';
  found = memchr (copy, sign, n_bytes);
  if (found != NULL)
    *found = '.';
  return g_ascii_strtod (copy, NULL);
}

/* @power: 1 to WIDE_POWER
 *
 * In 128 bits a product is exact. A quotient has at least 64 significant bits, of which
 * the last is set if there is a remainder (a sticky bit), so the conversion to double is
 * the only rounding. */
static double
convert_wide (guint64 digits, int power, gboolean divide)
{
  guint64 ten_to_power = 1;
  int shift;
  Wide quotient;

  for (int i = 0; i < power; i++)
    ten_to_power *= 10;
  if (!divide)
    return (double) ((Wide) digits * ten_to_power);
  shift = __builtin_clzll (digits) + 64;
  quotient = ((Wide) digits << shift) / ten_to_power;
  if (quotient * ten_to_power != (Wide) digits << shift)
    quotient |= 1;
  return ldexp ((double) quotient, -shift);
}

static double
convert (const Decimal *decimal, const char *text, gsize n_bytes, char sign)
{
  const int power = ABS (decimal->exponent);
  const gboolean divide = decimal->exponent < 0;

  if (decimal->lost)
    return convert_text (text, n_bytes, sign);
  if (decimal->digits <= EXACT_DIGITS && power <= EXACT_POWER)
    return divide ? (double) decimal->digits / powers[power]
                  : (double) decimal->digits * powers[power];
  if (decimal->digits == 0)
    return 0;
  if (power <= WIDE_POWER)
    return convert_wide (decimal->digits, power, divide);
  return convert_text (text, n_bytes, sign);
}

static gboolean
has_prefix (const char *at, const char *end, const char *prefix)
{
  const gsize length = strlen (prefix);

  return (gsize) (end - at) >= length && g_ascii_strncasecmp (at, prefix, length) == 0;
}

/* Returns: what follows a sign at @at; @at if there is none */
static const char *
scan_sign (const char *at, const char *end, gboolean *negative)
{
  static const char minus[] = "\xe2\x88\x92"; /* U+2212, which typesetters write */

  *negative = FALSE;
  if (at < end && (*at == '-' || *at == '+')) {
    *negative = *at == '-';
    return at + 1;
  }
  if (has_prefix (at, end, minus)) {
    *negative = TRUE;
    return at + strlen (minus);
  }
  return at;
}

/* Returns: what follows an infinity at @at; NULL if there is none */
static const char *
scan_infinity (const char *at, const char *end)
{
  if (has_prefix (at, end, "infinity"))
    return at + strlen ("infinity");
  return has_prefix (at, end, "inf") ? at + strlen ("inf") : NULL;
}

/**
 * nn_decimal_scan:
 * @at: (array zero-terminated=0): up to @end
 * @sign: the decimal sign, not a digit
 * @number: (out): the nearest double; infinite on overflow
 *
 * Parses the longest number at @at, of any length: `1`, `-1.5`, `+.5`, `1.`,
 * `1e-3`, `inf`.
 *
 * Returns: (transfer none) (nullable): the position after it; NULL if there is none
 */
const char *
nn_decimal_scan (const char *at, const char *end, char sign, double *number)
{
  Decimal decimal = { 0 };
  gboolean negative;
  const char *const unsigned_at = scan_sign (at, end, &negative);
  const char *stop = scan_digits (unsigned_at, end, FALSE, &decimal);

  if (stop < end && *stop == sign)
    stop = scan_digits (stop + 1, end, TRUE, &decimal);
  if (decimal.any) {
    stop = scan_exponent (stop, end, &decimal);
    *number = convert (&decimal, unsigned_at, (gsize) (stop - unsigned_at), sign);
  } else {
    stop = scan_infinity (unsigned_at, end);
    *number = HUGE_VAL;
  }
  if (negative)
    *number = -*number;
  return stop;
}

/**
 * nn_decimal_parse:
 * @text: (array length=n_bytes)
 *
 * @sign: as in nn_decimal_scan ()
 * @number: (out)
 *
 * Returns: whether the whole @text is a number, with blanks around it allowed
 */
gboolean
nn_decimal_parse (const char *text, gsize n_bytes, char sign, double *number)
{
  const char *end = text + n_bytes;

  while (text < end && g_ascii_isspace (*text))
    text++;
  while (end > text && g_ascii_isspace (end[-1]))
    end--;
  return nn_decimal_scan (text, end, sign, number) == end;
}

/**
 * nn_decimal_parse_grouped:
 * @text: (array length=n_bytes)
 * @number: (out)
 * @sure: (out): whether it can be nothing else: it has a decimal comma, too
 *
 * Returns: whether the whole @text is a number with a point after each thousand, as in
 *   German: `1.000,5`, `-12.345.678`; with blanks around it allowed
 */
gboolean
nn_decimal_parse_grouped (const char *text, gsize n_bytes, double *number, gboolean *sure)
{
  const char *const end = text + n_bytes;
  g_autofree char *plain = NULL;
  gboolean negative;
  const char *at = text;
  gsize n_first = 0, n_groups = 0, n = 0;

  while (at < end && g_ascii_isspace (*at))
    at++;
  at = scan_sign (at, end, &negative);
  while (at + n_first < end && g_ascii_isdigit (at[n_first]))
    n_first++;
  if (n_first == 0 || n_first > 3 || *at == '0')
    return FALSE;
  for (at += n_first; end - at >= 4 && *at == '.' && g_ascii_isdigit (at[1]) &&
                      g_ascii_isdigit (at[2]) && g_ascii_isdigit (at[3]);
       at += 4)
    n_groups++;
  if (n_groups == 0)
    return FALSE;
  *sure = at < end && *at == ',';
  plain = g_malloc (n_bytes);
  for (const char *c = text; c < end; c++)
    if (*c != '.' || c >= at)
      plain[n++] = *c;
  return nn_decimal_parse (plain, n, ',', number);
}
