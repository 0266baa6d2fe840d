/* nn-text-numbers.h - arrays of numbers that are written as text
 *
 * SPDX-License-Identifier: MIT
 *
 * Text has no types, so digits say them: whole numbers without a point are int64, and
 * others are float32, unless one has more digits than a float32 is written with; then
 * they are float64. What is written here reads back as it was, but for the types that are
 * not among these.
 */

#pragma once

#include "nn/files/nn-array.h"

G_BEGIN_DECLS

/* One that was read. */
typedef struct {
  gboolean whole; /* written without a point and without an exponent */
  gint64 integer; /* if whole */
  double real;    /* in any case */
} NnTextNumber;

NnArray *nn_text_numbers_make_array (const char *name,
                                     guint rank,
                                     const guint64 *shape,
                                     const NnTextNumber *numbers,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The numbers of an array, to be written. */
typedef struct {
  NnDtype dtype;
  gsize n_values;
  guint8 *bytes;   /* (owned) as nn_array_get_bytes () gives them */
  double *doubles; /* (owned) */
} NnTextNumbers;

void nn_text_numbers_init (NnTextNumbers *self, const NnArray *array);
void nn_text_numbers_clear (NnTextNumbers *self);
gboolean nn_text_numbers_are_finite (const NnTextNumbers *self);
void nn_text_numbers_append (const NnTextNumbers *self, gsize index, GString *text);

G_END_DECLS
