/* nn-dtype.c - the types of numbers that arrays in files have
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-dtype.h"

#include <string.h>

static const struct {
  const char *name;
  gsize size;
  const char *safetensors;
  const char *numpy; /* (nullable) */
} dtypes[] = {
#define ROW(dtype, name, n_bytes, safetensors, numpy)                                    \
  [dtype] = { name, n_bytes, safetensors, numpy },
#include "nn/files/dtypes.inc"
#undef ROW
};

/* Returns: NumPy's and PyTorch's name of it, "float32" */
const char *
nn_dtype_get_name (NnDtype dtype)
{
  return dtypes[dtype].name;
}

/* Returns: bytes of one number */
gsize
nn_dtype_get_size (NnDtype dtype)
{
  return dtypes[dtype].size;
}

/* Returns: "F32" */
const char *
nn_dtype_get_safetensors_name (NnDtype dtype)
{
  return dtypes[dtype].safetensors;
}

/* Returns: (nullable): "f4", to be put behind '<' or '>'; NULL: NumPy has no such type */
const char *
nn_dtype_get_numpy_code (NnDtype dtype)
{
  return dtypes[dtype].numpy;
}

/* Returns: whether every number of the type is one of float32 */
gboolean
nn_dtype_fits_float32 (NnDtype dtype)
{
  return dtypes[dtype].size <= 2 || dtype == NN_DTYPE_FLOAT32;
}

/* Returns: whether the type has fractions: float16, bfloat16, float32 or float64 */
gboolean
nn_dtype_is_floating (NnDtype dtype)
{
  return dtype >= NN_DTYPE_FLOAT16;
}

/* The bits of a float32, a NaN's payload moved to the top as NumPy does. */
static guint32
widen_float16 (guint16 half)
{
  const guint32 sign = (guint32) (half & 0x8000) << 16;
  guint32 exponent = (half >> 10) & 0x1f;
  guint32 fraction = half & 0x3ff;

  if (exponent == 0x1f)
    return sign | 0x7f800000 | fraction << 13;
  if (exponent == 0 && fraction == 0)
    return sign;
  if (exponent == 0) { /* subnormal: float32 has it with an exponent */
    exponent = 1;
    for (; !(fraction & 0x400); exponent--)
      fraction <<= 1;
    fraction &= 0x3ff;
  }
  return sign | (exponent + (127 - 15)) << 23 | fraction << 13;
}

/* Moves bits and never handles a float32 as a number: some processors quiet a
 * signalling NaN that passes through a float register. */
static void
widen_halves (NnDtype dtype, const NnNumbers *block, gsize n, float *values)
{
  for (gsize i = 0; i < n; i++) {
    const guint32 bits = dtype == NN_DTYPE_FLOAT16 ? widen_float16 (block->uint16[i])
                                                   : (guint32) block->uint16[i] << 16;

    memcpy (&values[i], &bits, sizeof bits);
  }
}

#define CONVERT(type, member)                                                            \
  for (gsize i = 0; i < n; i++)                                                          \
  values[i] = (type) block->member[i]

/* The first @n numbers of @block, each rounded once, to the nearest. */
void
nn_dtype_get_floats (NnDtype dtype, const NnNumbers *block, gsize n, float *values)
{
  switch (dtype) {
  case NN_DTYPE_BOOL:
    for (gsize i = 0; i < n; i++)
      values[i] = block->uint8[i] != 0 ? 1 : 0;
    break;
  case NN_DTYPE_UINT8:
    CONVERT (float, uint8);
    break;
  case NN_DTYPE_INT8:
    CONVERT (float, int8);
    break;
  case NN_DTYPE_UINT16:
    CONVERT (float, uint16);
    break;
  case NN_DTYPE_INT16:
    CONVERT (float, int16);
    break;
  case NN_DTYPE_UINT32:
    CONVERT (float, uint32);
    break;
  case NN_DTYPE_INT32:
    CONVERT (float, int32);
    break;
  case NN_DTYPE_UINT64:
    CONVERT (float, uint64);
    break;
  case NN_DTYPE_INT64:
    CONVERT (float, int64);
    break;
  case NN_DTYPE_FLOAT64:
    CONVERT (float, float64);
    break;
  case NN_DTYPE_FLOAT16:
  case NN_DTYPE_BFLOAT16:
    widen_halves (dtype, block, n, values);
    break;
  case NN_DTYPE_FLOAT32:
    memcpy (values, block->bytes, n * sizeof (float));
    break;
  case NN_N_DTYPES:
    g_assert_not_reached ();
  }
}

/* As nn_dtype_get_floats (); every type but 64 bit integers is exact. */
void
nn_dtype_get_doubles (NnDtype dtype, const NnNumbers *block, gsize n, double *values)
{
  float floats[NN_NUMBERS_MOST];

  switch (dtype) {
  case NN_DTYPE_UINT32:
    CONVERT (double, uint32);
    break;
  case NN_DTYPE_INT32:
    CONVERT (double, int32);
    break;
  case NN_DTYPE_UINT64:
    CONVERT (double, uint64);
    break;
  case NN_DTYPE_INT64:
    CONVERT (double, int64);
    break;
  case NN_DTYPE_FLOAT64:
    memcpy (values, block->bytes, n * sizeof (double));
    break;
  default: /* every number of the others is a float32 */
    nn_dtype_get_floats (dtype, block, n, floats);
    for (gsize i = 0; i < n; i++)
      values[i] = (double) floats[i];
  }
}

/* To the nearest, ties to even; what is too large becomes infinite. */
static guint16
narrow_to_float16 (guint32 bits)
{
  const guint16 sign = (guint16) (bits >> 16 & 0x8000);
  const guint32 size = bits & 0x7fffffff;
  guint32 fraction, half, rest;
  guint shift;

  if (size > 0x7f800000) /* NaN, which stays one */
    return sign | 0x7e00;
  if (size >= 0x47800000) /* 65536 and above */
    return sign | 0x7c00;
  if (size < 0x33000000) /* below half of the least */
    return sign;
  if (size >= 0x38800000) { /* its exponent is one of float16's */
    half = (size - 0x38000000) >> 13;
    rest = size & 0x1fff;
    return sign | (guint16) (half + (rest > 0x1000 || (rest == 0x1000 && (half & 1))));
  }
  shift = 126 - (size >> 23);
  fraction = (size & 0x7fffff) | 0x800000;
  half = fraction >> shift;
  rest = fraction & ((1u << shift) - 1);
  return sign | (guint16) (half + (rest > 1u << (shift - 1) ||
                                   (rest == 1u << (shift - 1) && (half & 1))));
}

static guint16
narrow_to_bfloat16 (guint32 bits)
{
  if ((bits & 0x7fffffff) > 0x7f800000)
    return (guint16) (bits >> 16 | 0x40);
  return (guint16) ((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

/**
 * nn_dtype_put_floats:
 * @dtype: float16, bfloat16 or float32
 * @block: (out): the first @n, each rounded once, to the nearest, ties to even; a number
 *   that is too large becomes infinite
 */
void
nn_dtype_put_floats (NnDtype dtype, const float *values, gsize n, NnNumbers *block)
{
  g_return_if_fail (dtype >= NN_DTYPE_FLOAT16 && dtype <= NN_DTYPE_FLOAT32);

  for (gsize i = 0; i < n && dtype != NN_DTYPE_FLOAT32; i++) {
    guint32 bits;

    memcpy (&bits, &values[i], sizeof bits);
    block->uint16[i] =
        dtype == NN_DTYPE_FLOAT16 ? narrow_to_float16 (bits) : narrow_to_bfloat16 (bits);
  }
  if (dtype == NN_DTYPE_FLOAT32)
    memcpy (block->bytes, values, n * sizeof *values);
}
