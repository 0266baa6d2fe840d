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
