/* nn-dtype.h - element types of arrays in files, and their conversion to floats
 *
 * SPDX-License-Identifier: MIT
 *
 * The types are rows of dtypes.inc. Conversions work on blocks of up to NN_NUMBERS_MOST
 * elements; they round once, to nearest, ties to even.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
#define ROW(dtype, name, n_bytes, safetensors, numpy) dtype,
#include "nn/arrays/dtypes.inc"
#undef ROW
  NN_N_DTYPES,
} NnDtype;

const char *nn_dtype_get_name (NnDtype dtype);
gsize nn_dtype_get_size (NnDtype dtype);
const char *nn_dtype_get_safetensors_name (NnDtype dtype);
const char *nn_dtype_get_numpy_code (NnDtype dtype);
gboolean nn_dtype_fits_float32 (NnDtype dtype);
gboolean nn_dtype_is_floating (NnDtype dtype);

#define NN_NUMBERS_MOST 1024 /* elements of a block */

/* A block of elements of one type, in the processor's byte order. */
typedef union {
  guint8 bytes[NN_NUMBERS_MOST * sizeof (double)];
  guint8 uint8[NN_NUMBERS_MOST];
  gint8 int8[NN_NUMBERS_MOST];
  guint16 uint16[NN_NUMBERS_MOST];
  gint16 int16[NN_NUMBERS_MOST];
  guint32 uint32[NN_NUMBERS_MOST];
  gint32 int32[NN_NUMBERS_MOST];
  guint64 uint64[NN_NUMBERS_MOST];
  gint64 int64[NN_NUMBERS_MOST];
  float float32[NN_NUMBERS_MOST];
  double float64[NN_NUMBERS_MOST];
} NnNumbers;

void nn_dtype_get_floats (NnDtype dtype, const NnNumbers *block, gsize n, float *values);
void
nn_dtype_get_doubles (NnDtype dtype, const NnNumbers *block, gsize n, double *values);
void nn_dtype_put_floats (NnDtype dtype, const float *values, gsize n, NnNumbers *block);

G_END_DECLS
