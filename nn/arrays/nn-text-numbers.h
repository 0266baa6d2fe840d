/* nn-text-numbers.h - arrays in formats that store numbers as text (json, csv)
 *
 * SPDX-License-Identifier: MIT
 *
 * Text has no types, so an array's type is derived from the digits: int64 if all numbers
 * are whole and without a point, otherwise float32, or float64 if one has more digits
 * than a float32 needs. Arrays of these types are read back as they were written.
 */

#pragma once

#include "nn/arrays/nn-array.h"

G_BEGIN_DECLS

/* A number that was read. */
typedef struct {
  gboolean whole; /* written without a point and without an exponent */
  gint64 integer; /* only if whole */
  double real;    /* always */
} NnTextNumber;

NnArray *nn_text_numbers_make_array (const char *name,
                                     guint rank,
                                     const guint64 *shape,
                                     const NnTextNumber *numbers,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The values of an array to write. */
typedef struct {
  NnDtype dtype;
  gsize n_values;
  guint8 *bytes;   /* (owned) from nn_array_get_bytes () */
  double *doubles; /* (owned) */
} NnTextNumbers;

void nn_text_numbers_init (NnTextNumbers *self, const NnArray *array);
void nn_text_numbers_clear (NnTextNumbers *self);
gboolean nn_text_numbers_are_finite (const NnTextNumbers *self);
void nn_text_numbers_append (const NnTextNumbers *self, gsize index, GString *text);

G_END_DECLS
