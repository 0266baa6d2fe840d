/* nn-dtype.c - element types of arrays in files, and their conversion to floats
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-dtype.h"

#include <string.h>

static const struct {
  const char *name;
  gsize size;
  const char *safetensors;
  const char *numpy; /* (nullable) */
} dtypes[] = {
#define ROW(dtype, name, n_bytes, safetensors, numpy)                                    \
  [dtype] = { name, n_bytes, safetensors, numpy },
#include "nn/arrays/dtypes.inc"
#undef ROW
};

/**
 * nn_dtype_get_name:
 *
 * Returns: (transfer none): the name in NumPy and PyTorch: "float32"
 */
const char *
nn_dtype_get_name (NnDtype dtype)
{
  return dtypes[dtype].name;
}

/**
 * nn_dtype_get_size:
 *
 * Returns: the bytes of an element
 */
gsize
nn_dtype_get_size (NnDtype dtype)
{
  return dtypes[dtype].size;
}

/**
 * nn_dtype_get_safetensors_name:
 *
 * Returns: (transfer none): "F32"
 */
const char *
nn_dtype_get_safetensors_name (NnDtype dtype)
{
  return dtypes[dtype].safetensors;
}

/**
 * nn_dtype_get_numpy_code:
 *
 * Returns: (transfer none) (nullable): "f4", to follow '<' or '>'; NULL if NumPy has no
 *   such type
 */
const char *
nn_dtype_get_numpy_code (NnDtype dtype)
{
  return dtypes[dtype].numpy;
}

/**
 * nn_dtype_fits_float32:
 *
 * Returns: whether every value of the type is exact in float32
 */
gboolean
nn_dtype_fits_float32 (NnDtype dtype)
{
  return dtypes[dtype].size <= 2 || dtype == NN_DTYPE_FLOAT32;
}

/**
 * nn_dtype_is_floating:
 *
 * Returns: whether it is float16, bfloat16, float32 or float64
 */
gboolean
nn_dtype_is_floating (NnDtype dtype)
{
  return dtype >= NN_DTYPE_FLOAT16;
}

/* Returns: the bits of a float32; the payload of a NaN is shifted up, as in NumPy */
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

/* Moves bits as integers: some processors make a signalling NaN quiet when it passes
 * through a floating-point register. */
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

/**
 * nn_dtype_get_floats:
 * @n: at most NN_NUMBERS_MOST
 * @values: (out) (n)
 */
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

/**
 * nn_dtype_get_doubles:
 * @n: at most NN_NUMBERS_MOST
 * @values: (out) (n): exact, except for 64 bit integers
 */
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
  default: /* exact in float32 */
    nn_dtype_get_floats (dtype, block, n, floats);
    for (gsize i = 0; i < n; i++)
      values[i] = (double) floats[i];
  }
}

/* Rounds to nearest, ties to even; overflow gives infinity. */
static guint16
narrow_to_float16 (guint32 bits)
{
  const guint16 sign = (guint16) (bits >> 16 & 0x8000);
  const guint32 size = bits & 0x7fffffff;
  guint32 fraction, half, rest;
  guint shift;

  if (size > 0x7f800000) /* NaN */
    return sign | 0x7e00;
  if (size >= 0x47800000) /* 65536 and above */
    return sign | 0x7c00;
  if (size < 0x33000000) /* below half of the least */
    return sign;
  if (size >= 0x38800000) { /* a normal float16 */
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
 * @n: at most NN_NUMBERS_MOST
 * @block: (out): the first @n elements; overflow gives infinity
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
