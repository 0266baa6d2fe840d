/* nn-arrays-idx.c - the format idx: one array, as MNIST is distributed
 *
 * SPDX-License-Identifier: MIT
 *
 * Two zero bytes, a code for the type, the rank, each size in 32 bits, and the values in
 * row-major order, all big-endian (LeCun, Cortes and Burges, The MNIST database of
 * handwritten digits, 1998: "the IDX file format").
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-array-kind.h"
#include "nn/base/nn-error.h"

#define N_MAGIC 4 /* bytes before the sizes */

/* The codes of types. */
static const struct {
  guint8 code;
  NnDtype dtype;
} types[] = {
  { 0x08, NN_DTYPE_UINT8 }, { 0x09, NN_DTYPE_INT8 },    { 0x0b, NN_DTYPE_INT16 },
  { 0x0c, NN_DTYPE_INT32 }, { 0x0d, NN_DTYPE_FLOAT32 }, { 0x0e, NN_DTYPE_FLOAT64 },
};

static gboolean
find_type (guint8 code, NnDtype *dtype)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].code == code) {
      *dtype = types[i].dtype;
      return TRUE;
    }
  return FALSE;
}

static gboolean
recognise (const guint8 *start, gsize n_bytes)
{
  NnDtype dtype;

  return n_bytes >= N_MAGIC && start[0] == 0 && start[1] == 0 &&
         find_type (start[2], &dtype) && start[3] >= 1 && start[3] <= NN_ARRAY_MAX_RANK;
}

static guint32
get_size (const guint8 *bytes)
{
  guint32 size;

  memcpy (&size, bytes, sizeof size);
  return GUINT32_FROM_BE (size);
}

/* @n_values: (out): the product of the sizes
 *
 * Returns: FALSE on overflow */
static gboolean
read_shape (const guint8 *bytes, guint rank, guint64 *shape, gsize *n_values)
{
  *n_values = 1;
  for (guint i = 0; i < rank; i++) {
    shape[i] = get_size (&bytes[i * sizeof (guint32)]);
    if (!g_size_checked_mul (n_values, *n_values, shape[i]))
      return FALSE;
  }
  return TRUE;
}

/* The file must be exactly as large as its header says. */
static gboolean
check_size (gsize n_values, NnDtype dtype, gsize n_bytes, GError **error)
{
  const gsize size = nn_dtype_get_size (dtype);

  if (n_bytes / size == n_values && n_bytes % size == 0)
    return TRUE;
  g_set_error (
      error, NN_ERROR, NN_ERROR_SYNTAX,
      ngettext ("the header says %zu numbers of %zu byte, and %zu bytes follow it%s",
                "the header says %zu numbers of %zu bytes, and %zu bytes follow it%s",
                size),
      n_values, size, n_bytes,
      n_bytes / size < n_values ? _ (": the file is cut off") : "");
  return FALSE;
}

static gboolean
read (NnArrayFile *file,
      GBytes *bytes,
      const char *member,
      const NnProgress *progress,
      GError **error)
{
  gsize n_bytes;
  const guint8 *start = g_bytes_get_data (bytes, &n_bytes);
  const guint rank = start[3];
  const gsize n_header = N_MAGIC + rank * sizeof (guint32);
  guint64 shape[NN_ARRAY_MAX_RANK];
  g_autoptr (GBytes) numbers = NULL;
  NnDtype dtype = NN_DTYPE_UINT8;
  NnArray *array;
  gsize n_values;

  if (n_bytes < n_header) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("the file is cut off in the sizes of its %u dimensions"), rank);
    return FALSE;
  }
  find_type (start[2], &dtype);
  if (!read_shape (&start[N_MAGIC], rank, shape, &n_values)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         _ ("the header says more numbers than any file can have"));
    return FALSE;
  }
  if (!check_size (n_values, dtype, n_bytes - n_header, error))
    return FALSE;
  numbers = g_bytes_new_from_bytes (bytes, n_header, n_bytes - n_header);
  array = nn_array_new_big_endian ("", dtype, rank, shape, NULL, numbers, error);
  if (array == NULL)
    return FALSE;
  g_ptr_array_add (file->arrays, array);
  return TRUE;
}

const NnArrayFileKind nn_arrays_idx = {
  .name = "idx",
  .label = "idx (MNIST)",
  .what = N_ ("an array in MNIST's format (idx)"),
  .endings = ".idx",
  .recognise = recognise,
  .read = read,
};
