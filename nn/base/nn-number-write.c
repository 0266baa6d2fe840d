/* nn-number-write.c - "%.9g" of a float32, ten times as fast as printf
 *
 * SPDX-License-Identifier: MIT
 *
 * The nine digits are the integer part of number × 10^k in double, which is below 2^30
 * with an error below 2^-21. Where that error could change the rounding, near the middle
 * between two integers, the C library formats the number instead.
 */

#include "nn/base/nn-number.h"

#include <math.h>
#include <string.h>

#define N_DIGITS     9
#define LEAST_DIGITS 1e8 /* the first number of nine digits … */
#define PAST_DIGITS  1e9 /* … and the first of ten */
#define UNSURE       0x1p-20

/* 10 to the power of 8 - k, where 10^k is the weight of the first digit, k from -45
 * to 38. */
static const double powers_of_ten[] = {
  1e-30, 1e-29, 1e-28, 1e-27, 1e-26, 1e-25, 1e-24, 1e-23, 1e-22, 1e-21, 1e-20, 1e-19,
  1e-18, 1e-17, 1e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9,  1e-8,  1e-7,
  1e-6,  1e-5,  1e-4,  1e-3,  1e-2,  1e-1,  1e0,   1e1,   1e2,   1e3,   1e4,   1e5,
  1e6,   1e7,   1e8,   1e9,   1e10,  1e11,  1e12,  1e13,  1e14,  1e15,  1e16,  1e17,
  1e18,  1e19,  1e20,  1e21,  1e22,  1e23,  1e24,  1e25,  1e26,  1e27,  1e28,  1e29,
  1e30,  1e31,  1e32,  1e33,  1e34,  1e35,  1e36,  1e37,  1e38,  1e39,  1e40,  1e41,
  1e42,  1e43,  1e44,  1e45,  1e46,  1e47,  1e48,  1e49,  1e50,  1e51,  1e52,  1e53,
};
#define ZEROTH 30

/* @number: above 0
 * @power: (out): k if the first of the nine digits stands for 10^k
 *
 * Returns: the nine digits as an integer; 0 if the rounding is unsure */
static guint32
find_digits (double number, int *power)
{
  guint64 bits;
  double product, fraction;
  guint32 digits;

  /* ⌊exponent · log10 (2)⌋ is the power of ten, or one less; 1233 / 4096 ≈ log10 (2). */
  memcpy (&bits, &number, sizeof bits);
  *power = (((int) (bits >> 52) - 1023) * 1233) >> 12;
  product = number * powers_of_ten[ZEROTH + N_DIGITS - 1 - *power];
  if (product >= PAST_DIGITS) {
    ++*power;
    product = number * powers_of_ten[ZEROTH + N_DIGITS - 1 - *power];
  }
  digits = (guint32) product;
  fraction = product - digits;
  if (fabs (fraction - 0.5) < UNSURE || product < LEAST_DIGITS ||
      product > PAST_DIGITS - 1)
    return 0;
  return digits + (fraction > 0.5);
}

static gsize
write_power (char *text, int power)
{
  const int size = ABS (power); /* below 100 */

  text[0] = 'e';
  text[1] = power < 0 ? '-' : '+';
  text[2] = (char) ('0' + size / 10);
  text[3] = (char) ('0' + size % 10);
  return 4;
}

/* @digits: (array length=n): without trailing zeros, in a buffer of 2 N_DIGITS.
 * As %g does, numbers from 1e-4 to below 1e9 are written without an exponent. */
static gsize
write_digits (char *text, const char *digits, gsize n, int power)
{
  gsize whole; /* digits before the point */

  if (power < 0 && power >= -4) {
    memcpy (text, "0.0000", 6);
    memcpy (text + 1 - power, digits, N_DIGITS);
    return 1 - (gsize) power + n;
  }
  whole = power >= 0 && power < N_DIGITS ? (gsize) power + 1 : 1;
  memcpy (text, digits, N_DIGITS);
  if (n > whole) {
    text[whole] = '.';
    memcpy (text + whole + 1, digits + whole, N_DIGITS - 1);
  }
  text += n > whole ? n + 1 : whole;
  return (n > whole ? n + 1 : whole) +
         (power < -4 || power >= N_DIGITS ? write_power (text, power) : 0);
}

static gsize
write_slowly (char *text, float number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  const char *written = digits;
  gsize n;

  /* printf would show the sign of a NaN, which means nothing. */
  if (isnan (number))
    written = "nan";
  else
    g_ascii_formatd (digits, sizeof digits, "%.9g", (double) number);
  n = strlen (written);
  memcpy (text, written, n);
  return n;
}

/**
 * nn_number_write_float:
 * @text: (NN_NUMBER_FLOAT_SIZE) (out): not terminated; what follows the number
 *   is undefined
 * @number: any; not finite, it is "inf", "-inf" or "nan"
 *
 * Writes @number as "%.9g" does: nine digits tell every float32 from all others.
 *
 * Returns: how many characters were written
 */
gsize
nn_number_write_float (char *text, float number)
{
  char digits[2 * N_DIGITS];
  guint32 left;
  gsize n = N_DIGITS;
  gsize sign;
  int power;

  if (number == 0 && !signbit (number)) { /* common: a converged run logs many zeros */
    *text = '0';
    return 1;
  }
  if (!isnormal (number) || (left = find_digits ((double) fabsf (number), &power)) == 0)
    return write_slowly (text, number);
  for (gsize i = N_DIGITS; i-- > 0; left /= 10)
    digits[i] = (char) ('0' + left % 10);
  while (digits[n - 1] == '0')
    n--;
  text[0] = '-';
  sign = number < 0;
  return sign + write_digits (text + sign, digits, n, power);
}

/**
 * nn_number_write_count:
 * @text: (NN_NUMBER_COUNT_SIZE) (out): not terminated
 *
 * Returns: how many characters were written
 */
gsize
nn_number_write_count (char *text, guint64 number)
{
  char digits[NN_NUMBER_COUNT_SIZE];
  gsize first = sizeof digits;

  do {
    digits[--first] = (char) ('0' + number % 10);
    number /= 10;
  } while (number > 0);
  memcpy (text, digits + first, sizeof digits - first);
  return sizeof digits - first;
}
