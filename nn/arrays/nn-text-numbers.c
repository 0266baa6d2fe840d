/* nn-text-numbers.c - arrays in formats that store numbers as text (json, csv)
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-text-numbers.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-number.h"
#include "nn/files/nn-little-endian.h"

#define FLOAT_FORMAT "%.9g" /* nine digits tell every float32 from all others */

/* ---- reading ----------------------------------------------------------------------- */

/* Whether @number is in float32's range, and was written with no more digits than
 * one needs. */
static gboolean
is_float32 (double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number) || number == 0)
    return TRUE;
  if (!isfinite ((float) number) || (float) number == 0)
    return FALSE;
  g_ascii_formatd (digits, sizeof digits, FLOAT_FORMAT, number);
  return g_ascii_strtod (digits, NULL) == number;
}

static NnDtype
choose_dtype (const NnTextNumber *numbers, gsize n)
{
  gboolean whole = n > 0;

  for (gsize i = 0; i < n && whole; i++)
    whole = numbers[i].whole;
  if (whole)
    return NN_DTYPE_INT64;
  for (gsize i = 0; i < n; i++)
    if (!is_float32 (numbers[i].real))
      return NN_DTYPE_FLOAT64;
  return NN_DTYPE_FLOAT32;
}

static void
put_number (guint8 *bytes, NnDtype dtype, const NnTextNumber *number)
{
  const float rounded = (float) number->real;
  guint64 bits;

  if (dtype == NN_DTYPE_FLOAT32) {
    nn_little_endian_put_floats (bytes, &rounded, 1);
    return;
  }
  if (dtype == NN_DTYPE_INT64)
    bits = (guint64) number->integer;
  else
    memcpy (&bits, &number->real, sizeof bits);
  nn_little_endian_put_u64 (bytes, bits);
}

/**
 * nn_text_numbers_make_array:
 * @shape: (array length=rank)
 * @numbers: (array): row-major, as many as @shape has elements
 *
 * Returns: (transfer full) (nullable): NULL as nn_array_new ()
 */
NnArray *
nn_text_numbers_make_array (const char *name,
                            guint rank,
                            const guint64 *shape,
                            const NnTextNumber *numbers,
                            GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  NnDtype dtype;
  guint8 *start;
  gsize size;
  gsize n = 1;

  for (guint i = 0; i < rank; i++)
    n *= shape[i];
  dtype = choose_dtype (numbers, n);
  size = nn_dtype_get_size (dtype);
  start = g_malloc (n * size);
  for (gsize i = 0; i < n; i++)
    put_number (&start[i * size], dtype, &numbers[i]);
  bytes = g_bytes_new_take (start, n * size);
  return nn_array_new (name, dtype, rank, shape, NULL, bytes, error);
}

/* ---- writing ----------------------------------------------------------------------- */

void
nn_text_numbers_init (NnTextNumbers *self, const NnArray *array)
{
  self->dtype = array->dtype;
  self->n_values = array->n_values;
  self->bytes = NULL;
  self->doubles = g_new (double, array->n_values);
  nn_array_get_doubles (array, self->doubles);
  if (array->dtype == NN_DTYPE_INT64 || array->dtype == NN_DTYPE_UINT64) {
    self->bytes = g_new (guint8, array->n_values * sizeof (guint64));
    nn_array_get_bytes (array, self->bytes);
  }
}

void
nn_text_numbers_clear (NnTextNumbers *self)
{
  g_free (self->bytes);
  g_free (self->doubles);
}

gboolean
nn_text_numbers_are_finite (const NnTextNumbers *self)
{
  for (gsize i = 0; i < self->n_values; i++)
    if (!isfinite (self->doubles[i]))
      return FALSE;
  return TRUE;
}

/* Python's names of numbers that are not finite. */
static const char *
get_word (double number)
{
  return isnan (number) ? "nan" : number > 0 ? "inf" : "-inf";
}

static void
append_real (const NnTextNumbers *self, double number, GString *text)
{
  const gsize start = text->len;

  if (self->dtype == NN_DTYPE_FLOAT64)
    nn_number_append (text, number);
  else
    nn_number_append_float (text, (float) number);
  if (strspn (&text->str[start], "-0123456789") == text->len - start)
    g_string_append (text, ".0");
}

/**
 * nn_text_numbers_append:
 *
 * Appends value @index; "nan", "inf" or "-inf", as in Python, if it is not finite.
 */
void
nn_text_numbers_append (const NnTextNumbers *self, gsize index, GString *text)
{
  const double number = self->doubles[index];

  if (self->dtype == NN_DTYPE_INT64)
    g_string_append_printf (
        text, "%" G_GINT64_FORMAT,
        (gint64) nn_little_endian_get_u64 (&self->bytes[index * sizeof (guint64)]));
  else if (self->dtype == NN_DTYPE_UINT64)
    g_string_append_printf (
        text, "%" G_GUINT64_FORMAT,
        nn_little_endian_get_u64 (&self->bytes[index * sizeof (guint64)]));
  else if (self->dtype < NN_DTYPE_FLOAT16)
    g_string_append_printf (text, "%.0f", number);
  else if (!isfinite (number))
    g_string_append (text, get_word (number));
  else
    append_real (self, number, text);
}
