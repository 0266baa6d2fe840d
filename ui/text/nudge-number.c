/* nudge-number.c - numbers as people read and type them
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-number.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nn/base/nn-error.h"

#define MINUS      "\u2212"
#define THIN_SPACE "\u2009"

/* From here on the thousands are set apart: 1204, but 12 040. */
#define GROUP_FROM_DIGITS 5

/* Outside these powers of ten a number is easier to read as 1.2e−7. */
#define SMALLEST_PLAIN_EXPONENT (-4)
#define LARGEST_PLAIN_EXPONENT  6

/* And outside these, beside such a number. */
#define SMALLEST_BESIDE (-2)
#define LARGEST_BESIDE  3

/* From there on plain decimals are longer than others. */
#define SMALLEST_NARROW (-3)

/* A double has at most this many. */
#define MAX_DIGITS 17

static char *
format_not_finite (double value)
{
  if (isnan (value))
    return g_strdup (_ ("not a number"));
  return g_strdup (value < 0 ? MINUS "∞" : "∞");
}

/* The digits of a plain number, with thin spaces between its thousands. */
static void
append_grouped (GString *out, const char *plain)
{
  gsize n_whole = strspn (plain, "0123456789");

  for (gsize i = 0; i < n_whole; i++) {
    if (i > 0 && n_whole >= GROUP_FROM_DIGITS && (n_whole - i) % 3 == 0)
      g_string_append (out, THIN_SPACE);
    g_string_append_c (out, plain[i]);
  }
  g_string_append (out, plain + n_whole);
}

/* Zeros at the end of a fraction say nothing: 0.50 is 0.5, 2.0 is 2. */
static void
trim_zeros (char *number)
{
  gsize length = strlen (number);

  if (strchr (number, '.') == NULL)
    return;
  while (number[length - 1] == '0')
    length--;
  if (number[length - 1] == '.')
    length--;
  number[length] = '\0';
}

/* @magnitude > 0, finite; as "1.2e−7", or "412 000" from the @smallest power of ten to the
 * @largest. */
static void
append_magnitude (GString *out,
                  double magnitude,
                  int digits,
                  gboolean grouped,
                  int smallest,
                  int largest)
{
  char scientific[G_ASCII_DTOSTR_BUF_SIZE];
  char format[16];
  char *e;
  int exponent;

  g_snprintf (format, sizeof format, "%%.%de", digits - 1);
  g_ascii_formatd (scientific, sizeof scientific, format, magnitude);
  e = strchr (scientific, 'e');
  exponent = atoi (e + 1);
  if (exponent < smallest || exponent > largest) {
    *e = '\0';
    trim_zeros (scientific);
    g_string_append_printf (out, "%se%s%d", scientific, exponent < 0 ? MINUS : "",
                            abs (exponent));
  } else {
    /* What the scientific form has rounded is written out in full. */
    char plain[64];

    g_snprintf (format, sizeof format, "%%.%df", MAX (digits - 1 - exponent, 0));
    g_ascii_formatd (plain, sizeof plain, format, g_ascii_strtod (scientific, NULL));
    trim_zeros (plain);
    if (grouped)
      append_grouped (out, plain);
    else
      g_string_append (out, plain);
  }
}

/* Plain up to the @largest power of ten. */
static char *
format_between (double value, int digits, gboolean grouped, int smallest, int largest)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!isfinite (value))
    return format_not_finite (value);
  if (value == 0)
    return g_strdup ("0");
  if (value < 0)
    g_string_append (out, MINUS);
  append_magnitude (out, fabs (value), digits, grouped, smallest, largest);
  return g_strdup (out->str);
}

static char *
format_number (double value, int digits, gboolean grouped)
{
  return format_between (value, digits, grouped, SMALLEST_PLAIN_EXPONENT,
                         MAX (LARGEST_PLAIN_EXPONENT, digits - 1));
}

/**
 * nudge_number_format:
 * @digits: significant digits, 1 … 17; zeros at the end of a fraction are left out
 *
 * Writes @value for reading: 0.0183, 24.1, 1.2e−7, 412 000. Thousands are set
 * apart by thin spaces from 10 000 up. Zero has no sign; what is not finite is
 * said as "∞", "−∞" or "not a number".
 */
char *
nudge_number_format (double value, int digits)
{
  return format_number (value, CLAMP (digits, 1, MAX_DIGITS), TRUE);
}

/**
 * nudge_number_format_narrow:
 * @digits: significant digits, 1 … 17
 *
 * Writes @value as nudge_number_format () does, but never longer than its digits need:
 * 6.3e6, and 6.3e4 rather than 63 000, 6.3e−4 rather than 0.00063.
 */
char *
nudge_number_format_narrow (double value, int digits)
{
  return format_between (value, CLAMP (digits, 1, MAX_DIGITS), TRUE, SMALLEST_NARROW,
                         LARGEST_BESIDE);
}

/**
 * nudge_number_format_tick:
 * @digits: significant digits, 1 … 17
 * @low: the least number on the axis, or the one nearest to zero where it is logarithmic
 * @high: the greatest
 *
 * Writes @value as nudge_number_format () does, but so that one axis has one style: 5e6
 * beside 1e7, and 1e−4 beside 1e−5.
 */
char *
nudge_number_format_tick (double value, int digits, double low, double high)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const double greatest = MAX (fabs (low), fabs (high));
  const double least = low > 0 ? low : greatest;
  const gboolean many = greatest >= pow (10, LARGEST_PLAIN_EXPONENT + 1);
  const gboolean few = least < pow (10, SMALLEST_PLAIN_EXPONENT);

  if (!isfinite (value) || value == 0)
    return nudge_number_format (value, digits);
  if (value < 0)
    g_string_append (out, MINUS);
  append_magnitude (out, fabs (value), CLAMP (digits, 1, MAX_DIGITS), TRUE,
                    few ? SMALLEST_BESIDE : SMALLEST_PLAIN_EXPONENT,
                    many ? LARGEST_BESIDE : LARGEST_PLAIN_EXPONENT);
  return g_strdup (out->str);
}

/**
 * nudge_number_format_count:
 *
 * Writes what is counted, as steps are: every digit, and never as 1e7.
 */
char *
nudge_number_format_count (guint64 count)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  g_autoptr (GString) out = g_string_new (NULL);

  append_grouped (out, plain);
  return g_strdup (out->str);
}

/**
 * nudge_number_format_percent:
 * @part: of a whole, whose sign is left out
 */
char *
nudge_number_format_percent (double part)
{
  const double percent = 100 * fabs (part);
  g_autofree char *number =
      nudge_number_format (percent < 1 ? percent : round (percent), percent < 1 ? 1 : 3);

  return g_strdup_printf (_ ("%s\u00a0%%"), percent < 0.05 ? "0" : number);
}

/**
 * nudge_number_format_steady:
 * @digits: significant digits, all of which are written
 *
 * As nudge_number_format (), but 0.50 has its zero: what changes keeps its width.
 */
char *
nudge_number_format_steady (double value, int digits)
{
  g_autofree char *short_one = nudge_number_format (value, digits);
  g_autoptr (GString) out = NULL;
  const char *e;
  int n_digits = 0;
  gboolean leads = TRUE;

  if (!isfinite (value) || value == 0)
    return g_steal_pointer (&short_one);
  e = strchr (short_one, 'e');
  e = e ? e : short_one + strlen (short_one);
  for (const char *p = short_one; p < e; p++) {
    leads &= !g_ascii_isdigit (*p) || *p == '0';
    n_digits += g_ascii_isdigit (*p) && !leads;
  }
  out = g_string_new_len (short_one, e - short_one);
  if (n_digits < digits && !strchr (out->str, '.'))
    g_string_append_c (out, '.');
  for (; n_digits < digits; n_digits++)
    g_string_append_c (out, '0');
  g_string_append (out, e);
  return g_strdup (out->str);
}

/**
 * nudge_number_format_exact:
 *
 * Writes the fewest digits, nine at most, that nudge_number_parse () reads back
 * as the very same float32. Nine always suffice (Matula, "In-and-out
 * conversions", CACM 11, 1968).
 */
char *
nudge_number_format_exact (float value)
{
  char digits_of_it[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 1; digits < 9; digits++) {
    char format[8];

    g_snprintf (format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd (digits_of_it, sizeof digits_of_it, format, (double) value);
    if ((float) g_ascii_strtod (digits_of_it, NULL) == value)
      return format_number ((double) value, digits, FALSE);
  }
  return format_number ((double) value, 9, FALSE);
}

/* All characters that users type for a sign, a point or a space, as ASCII. */
static char *
normalise (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    switch (c) {
    case 0x2212: /* minus */
    case 0x2010: /* hyphen */
    case 0x2013: /* en dash */
      c = '-';
      break;
    case 0x00d7: /* multiplication sign */
    case 0x00b7: /* middle dot */
      c = '*';
      break;
    case 0x00f7: /* division sign */
    case 0x2044: /* fraction slash */
      c = '/';
      break;
    default:
      if (g_unichar_isspace (c) || c == 0x202f)
        c = ' ';
    }
    g_string_append_unichar (out, c);
  }
  return g_strstrip (g_strdup (out->str));
}

static const char *
skip_spaces (const char *p)
{
  while (*p == ' ')
    p++;
  return p;
}

/* Is @p, a space, one between thousands: with three digits behind it, no more? */
static gboolean
groups_thousands (const char *p)
{
  return strspn (p + 1, "0123456789") == 3;
}

/* Digits, with the spaces between groups of them left out of @number. Behind the
 * point any single space is one, so that 0.742 318 7 reads back. */
static const char *
scan_digits (const char *p, gboolean fraction, GString *number)
{
  const char *start = p;

  while (g_ascii_isdigit (*p) ||
         (*p == ' ' && p > start && p[-1] != ' ' && g_ascii_isdigit (p[1]) &&
          (fraction || groups_thousands (p)))) {
    if (*p != ' ')
      g_string_append_c (number, *p);
    p++;
  }
  return p;
}

/* Reads a number without its sign from @p; returns what follows it, or NULL if none
 * is there. Unlike strtod () it takes a comma, and no "inf", "nan" or 0x. */
static const char *
scan_magnitude (const char *p, double *magnitude)
{
  g_autoptr (GString) number = g_string_new (NULL);
  gsize n_digits;

  p = scan_digits (p, FALSE, number);
  n_digits = number->len;
  if (*p == '.' || *p == ',') {
    g_string_append_c (number, '.');
    p = scan_digits (p + 1, TRUE, number);
    n_digits = number->len - 1;
  }
  if (n_digits == 0)
    return NULL;
  if (*p == 'e' || *p == 'E') {
    const char *digits = p + 1 + (p[1] == '-' || p[1] == '+');

    if (!g_ascii_isdigit (*digits))
      return NULL;
    g_string_append_len (number, p, digits - p);
    for (p = digits; g_ascii_isdigit (*p); p++)
      g_string_append_c (number, *p);
  }
  *magnitude = g_ascii_strtod (number->str, NULL);
  return p;
}

/* A signed number or fraction that ends with the text. */
static gboolean
scan_operand (const char *p, double *value)
{
  double below;
  gboolean negative = *p == '-';

  p = skip_spaces (*p == '-' || *p == '+' ? p + 1 : p);
  p = scan_magnitude (p, value);
  if (p == NULL)
    return FALSE;
  if (negative)
    *value = -*value;
  p = skip_spaces (p);
  if (*p == '/') {
    p = scan_magnitude (skip_spaces (p + 1), &below);
    if (p == NULL)
      return FALSE;
    *value /= below;
    p = skip_spaces (p);
  }
  return *p == '\0';
}

#define MOST_DIGITS 9

/**
 * nudge_number_choose_digits:
 * @least: so many at least
 *
 * Returns: how many digits tell @one from @other, if any do
 */
int
nudge_number_choose_digits (double one, double other, int least)
{
  int digits = least;

  while (digits < MOST_DIGITS && one != other) {
    g_autofree char *first = nudge_number_format (one, digits);
    g_autofree char *second = nudge_number_format (other, digits);

    if (!g_str_equal (first, second))
      break;
    digits++;
  }
  return digits;
}

/* Is @c what the environment has for @item, RADIXCHAR or THOUSEP? The program's own locale
 * has a decimal point everywhere. */
static gboolean
is_usual (nl_item item, char c)
{
  locale_t locale = newlocale (LC_NUMERIC_MASK, "", NULL);
  gboolean usual;

  if (locale == NULL)
    return FALSE;
  usual = *nl_langinfo_l (item, locale) == c;
  freelocale (locale);
  return usual;
}

/* "1,000" is a thousand or 1, as one country or another writes them, and so is "1,125" where
 * the decimal sign is no comma. "0,500" and "1,0000" are never thousands. A point is always
 * that of a decimal, as it is in all numbers that are shown, unless it is usual between
 * thousands and only zeros follow. */
static gboolean
is_ambiguous (const char *ascii)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?<![0-9.,])(?<![0-9] )[1-9][0-9]{0,2}"
                                          "(?:(,)|\\.)(?:(000)|[0-9]{3})"
                                          "(?![0-9]| [0-9])",
                                          0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  gboolean ambiguous = FALSE;

  for (g_regex_match (regex, ascii, 0, &match);
       !ambiguous && g_match_info_matches (match); g_match_info_next (match, NULL)) {
    g_autofree char *comma = g_match_info_fetch (match, 1);
    g_autofree char *zeros = g_match_info_fetch (match, 2);
    const gboolean needless = zeros != NULL && *zeros != '\0';

    ambiguous = *comma != '\0' ? needless || !is_usual (RADIXCHAR, ',')
                               : needless && is_usual (THOUSEP, '.');
  }
  return ambiguous;
}

/**
 * nudge_number_parse:
 * @present: the value that "*1.1", "/2" and "+0.2" change
 * @value: (out) finite; untouched after an error
 *
 * Reads a number as users type it: with comma or point, spaces between thousands, a
 * hyphen or a true minus, an exponent, or as a fraction ("3/4"). A leading *, / or +
 * makes it a change of @present; a leading minus does not, it is a negative number.
 * Refuses "1,000", which may be a thousand.
 */
gboolean
nudge_number_parse (const char *text, double present, double *value, GError **error)
{
  g_autofree char *ascii = NULL;
  char operation;
  double operand;
  double result;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("not text: expected a number such as 0.5, 3/4, *1.1 or +0.2"));
    return FALSE;
  }
  ascii = normalise (text);
  if (is_ambiguous (ascii)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("“%s” may have thousands or decimals: expected a number such as 1000 "
                    "or 1.5"),
                 text);
    return FALSE;
  }
  operation = *ascii != '\0' && strchr ("*/+", *ascii) != NULL ? *ascii : '=';
  if (!scan_operand (operation == '=' ? ascii : skip_spaces (ascii + 1), &operand)) {
    g_set_error (
        error, NN_ERROR, NN_ERROR_SYNTAX,
        _ ("“%s” is not a number: expected a number such as 0.5, 3/4, *1.1 or +0.2"),
        text);
    return FALSE;
  }
  result = operation == '*'   ? present * operand
           : operation == '/' ? present / operand
           : operation == '+' ? present + operand
                              : operand;
  if (!isfinite (result)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("“%s” is not finite: expected a number that is, such as 0.5"), text);
    return FALSE;
  }
  *value = result;
  return TRUE;
}

/**
 * nudge_number_parse_whole:
 * @present: as of nudge_number_parse ()
 * @value: (out) finite, but not necessarily whole; untouched after an error
 *
 * Reads a number of which only whole ones make sense: "1.000" and "1,000" are a thousand,
 * as they are written in one country or another, and not 1.
 */
gboolean
nudge_number_parse_whole (const char *text, double present, double *value, GError **error)
{
  static const char grouped[] =
      "^\\s*\\+?\\s*[1-9][0-9]{0,2}([.,])[0-9]{3}(\\1[0-9]{3})*\\s*$";
  g_autoptr (GString) digits = NULL;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);
  if (!g_utf8_validate (text, -1, NULL) || !g_regex_match_simple (grouped, text, 0, 0))
    return nudge_number_parse (text, present, value, error);
  digits = g_string_new (text);
  g_string_replace (digits, ".", "", 0);
  g_string_replace (digits, ",", "", 0);
  return nudge_number_parse (digits->str, present, value, error);
}
