/* nn-script-values.c - arrays of numbers in a program's text, or in the file beside it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-values.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-number.h"

#define MOST_INLINE 1000 /* numbers in the text; more go to the file */
#define COLUMNS     96   /* of a line of text */

static void
append_number (GString *text, float value, gboolean whole)
{
  const gsize start = text->len;

  if (whole) {
    g_string_append_printf (text, "%d", (int) value);
    return;
  }
  if (isnan (value)) {
    g_string_append (text, "math.nan");
    return;
  }
  nn_number_append_float (text, value);
  if (strpbrk (text->str + start, ".en") == NULL)
    g_string_append (text, ".0");
}

/* "[1.0, 2.0]" */
static char *
dup_row (const float *values, gsize n, gboolean whole)
{
  GString *text = g_string_new ("[");

  for (gsize i = 0; i < n; i++) {
    g_string_append (text, i > 0 ? ", " : "");
    append_number (text, values[i], whole);
  }
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static void
append_piece (GString *text, gsize *line, const char *piece)
{
  if (text->len - *line + strlen (piece) + 3 > COLUMNS) {
    g_string_append (text, "\n    ");
    *line = text->len - 4;
  } else if (text->str[text->len - 1] == ',') {
    g_string_append_c (text, ' ');
  }
  g_string_append (text, piece);
}

static char *
write_inline (const float *values, guint rank, const gsize *shape, gboolean whole)
{
  const gsize width = rank > 1 ? shape[1] : 1;
  const gboolean fits = shape[0] * width <= 8;
  GString *text = g_string_new (fits ? "torch.tensor([" : "torch.tensor([\n    ");
  gsize line = fits ? 0 : text->len - 4;

  for (gsize row = 0; row < shape[0]; row++) {
    g_autofree char *piece = dup_row (values + row * width, width, whole);

    if (rank == 1) {
      piece[strlen (piece) - 1] = '\0';
      memmove (piece, piece + 1, strlen (piece));
    }
    append_piece (text, &line, piece);
    if (row + 1 < shape[0] || !fits)
      g_string_append_c (text, ',');
  }
  g_string_append (text, fits ? "])" : "\n])");
  return g_string_free (text, FALSE);
}

/**
 * nn_script_write_values:
 * @stored: gets an array that is too long for the text
 * @name: of that array
 * @rank: 1 or 2
 * @whole: the numbers are integers, and stay so
 *
 * Returns: (transfer full): an expression for a tensor
 */
char *
nn_script_write_values (NnArrayFile *stored,
                        const char *name,
                        const float *values,
                        guint rank,
                        const gsize *shape,
                        gboolean whole)
{
  const guint64 sizes[2] = { shape[0], rank > 1 ? shape[1] : 1 };

  if (sizes[0] * sizes[1] <= MOST_INLINE)
    return write_inline (values, rank, shape, whole);
  g_ptr_array_add (stored->arrays, nn_array_new_floats (name, rank, sizes, values));
  return g_strdup_printf ("torch.from_numpy(stored[\"%s\"])%s", name,
                          whole ? ".long()" : "");
}
