/* nn-array-values.c - reads and writes elements of an array on disk, in blocks
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-array-values.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-memory.h"

/* ---- making one -------------------------------------------------------------------- */

/**
 * nn_array_values_count_span:
 *
 * Returns: the number of bytes from the first element to the end of the last
 */
guint64
nn_array_values_count_span (const NnArray *array)
{
  guint64 last = 0;

  if (array->n_values == 0)
    return 0;
  for (guint i = 0; i < array->rank; i++)
    last += (array->shape[i] - 1) * array->strides[i];
  return (last + 1) * nn_dtype_get_size (array->dtype);
}

static gboolean
read_span (NnArrayValues *self, GError **error)
{
  if (self->n_span > nn_memory_get_available () ||
      (self->span = g_try_malloc (self->n_span)) == NULL) {
    g_set_error (error, NN_ERROR, NN_ERROR_MEMORY,
                 _ ("'%s' is stored in another order than row after row, which takes "
                    "%.0f MiB of memory, more than is free: store it contiguous"),
                 nn_array_area_get_name (self->area->array),
                 ceil ((double) self->n_span / NN_MEBI));
    return FALSE;
  }
  return nn_array_place_read (&self->place, 0, self->span, (gsize) self->n_span, error);
}

/**
 * nn_array_values_init:
 * @self: (out): to be cleared by the caller, even after a failure
 * @area: borrowed
 * @place: where the array is in its file; copied
 *
 * Returns: FALSE if an array that is not row-major is too large for memory
 *   (NN_ERROR_MEMORY) or cannot be read (NN_ERROR_FILE)
 */
gboolean
nn_array_values_init (NnArrayValues *self,
                      const NnArrayArea *area,
                      const NnArrayPlace *place,
                      GError **error)
{
  const NnArray *array = area->array;

  *self = (NnArrayValues){
    .area = area,
    .place = *place,
    .size = nn_dtype_get_size (array->dtype),
    .swaps = array->big_endian != (G_BYTE_ORDER == G_BIG_ENDIAN) &&
             nn_dtype_get_size (array->dtype) > 1,
    .contiguous = nn_array_is_contiguous (array),
    .n_span = nn_array_values_count_span (array),
  };
  return self->contiguous || read_span (self, error);
}

void
nn_array_values_clear (NnArrayValues *self)
{
  g_clear_pointer (&self->span, g_free);
  g_clear_pointer (&self->bytes, g_free);
}

/* ---- offsets ----------------------------------------------------------------------- */

/* Returns: the offset of an element in bytes from the start of the array */
static guint64
get_offset (const NnArrayValues *self, guint64 element)
{
  const NnArray *array = self->area->array;
  guint64 rest = nn_array_area_get_flat_index (self->area, element);
  guint64 offset = 0;

  if (self->contiguous)
    return rest * self->size;
  for (guint i = array->rank; i-- > 0; rest /= array->shape[i])
    offset += rest % array->shape[i] * array->strides[i];
  return offset * self->size;
}

/* Returns: how many of the @n elements from @first on are contiguous in the file */
static gsize
count_run (const NnArrayValues *self, guint64 first, gsize n)
{
  const guint64 start = get_offset (self, first);
  gsize length = 1;

  if (self->area->whole && self->contiguous)
    return n;
  while (length < n && get_offset (self, first + length) == start + length * self->size)
    length++;
  return length;
}

static guint8 *
reserve (NnArrayValues *self, gsize n)
{
  if (n * self->size > self->n_bytes) {
    self->n_bytes = n * self->size;
    self->bytes = g_realloc (self->bytes, self->n_bytes);
  }
  return self->bytes;
}

static void
swap_bytes (guint8 *bytes, gsize n, gsize size)
{
  for (; n > 0; n--, bytes += size)
    for (gsize k = 0; k < size / 2; k++) {
      const guint8 byte = bytes[k];

      bytes[k] = bytes[size - 1 - k];
      bytes[size - 1 - k] = byte;
    }
}

/* ---- reading ----------------------------------------------------------------------- */

/**
 * nn_array_values_read_bytes:
 *
 * Returns: (transfer none) (nullable): the @n elements of the area from @first on, in the
 *   array's type and the processor's byte order; until the next call
 */
const guint8 *
nn_array_values_read_bytes (NnArrayValues *self, guint64 first, gsize n, GError **error)
{
  guint8 *bytes = reserve (self, n);

  for (gsize done = 0; done < n;) {
    const gsize run = count_run (self, first + done, n - done);
    const guint64 offset = get_offset (self, first + done);
    guint8 *to = bytes + done * self->size;

    if (self->span != NULL)
      memcpy (to, self->span + offset, run * self->size);
    else if (!nn_array_place_read (&self->place, offset, to, run * self->size, error))
      return NULL;
    done += run;
  }
  if (self->swaps)
    swap_bytes (bytes, n, self->size);
  return bytes;
}

/**
 * nn_array_values_read:
 * @first: an index into the area
 * @values: (out) (array length=n): doubles if @as_double, else floats
 *
 * Returns: FALSE if the file cannot be read (NN_ERROR_FILE)
 */
gboolean
nn_array_values_read (NnArrayValues *self,
                      guint64 first,
                      gsize n,
                      gboolean as_double,
                      gpointer values,
                      GError **error)
{
  const NnDtype dtype = self->area->array->dtype;
  const guint8 *bytes = nn_array_values_read_bytes (self, first, n, error);
  NnNumbers block;

  if (bytes == NULL)
    return FALSE;
  for (gsize done = 0; done < n; done += NN_NUMBERS_MOST) {
    const gsize n_block = MIN (n - done, NN_NUMBERS_MOST);

    memcpy (block.bytes, bytes + done * self->size, n_block * self->size);
    if (as_double)
      nn_dtype_get_doubles (dtype, &block, n_block, (double *) values + done);
    else
      nn_dtype_get_floats (dtype, &block, n_block, (float *) values + done);
  }
  return TRUE;
}

/* ---- writing ----------------------------------------------------------------------- */

/* For float16 and bfloat16, in which a finite float32 may become infinite. */
static gboolean
check_rounded (const NnArrayValues *self,
               const NnNumbers *block,
               const float *values,
               guint64 first,
               gsize n,
               GError **error)
{
  const NnDtype dtype = self->area->array->dtype;
  const guint16 exponent = dtype == NN_DTYPE_FLOAT16 ? 0x7c00 : 0x7f80;

  for (gsize i = 0; i < n && self->size == sizeof (guint16); i++) {
    g_autofree char *name = NULL;

    if ((block->uint16[i] & exponent) != exponent)
      continue;
    name = nn_array_area_dup_element_name (self->area, first + i);
    g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE,
                 _ ("%s: %.9g would become infinite, as %s has no number so large"), name,
                 (double) values[i], nn_dtype_get_name (dtype));
    return FALSE;
  }
  return TRUE;
}

/* Converts the values to the file's type and byte order, in self->bytes. */
static gboolean
convert (NnArrayValues *self,
         guint64 first,
         gsize n,
         gconstpointer values,
         GError **error)
{
  const NnDtype dtype = self->area->array->dtype;
  const float *floats = values;
  guint8 *bytes = reserve (self, n);
  NnNumbers block;

  if (dtype == NN_DTYPE_FLOAT64)
    memcpy (bytes, values, n * self->size);
  for (gsize done = 0; dtype != NN_DTYPE_FLOAT64 && done < n; done += NN_NUMBERS_MOST) {
    const gsize n_block = MIN (n - done, NN_NUMBERS_MOST);

    nn_dtype_put_floats (dtype, floats + done, n_block, &block);
    if (!check_rounded (self, &block, floats + done, first + done, n_block, error))
      return FALSE;
    memcpy (bytes + done * self->size, block.bytes, n_block * self->size);
  }
  if (self->swaps)
    swap_bytes (bytes, n, self->size);
  return TRUE;
}

/**
 * nn_array_values_write:
 * @first: an index into the area
 * @values: (array length=n): doubles for a float64 array, else floats; rounded once to
 *   the array's type
 * @write: (nullable): NULL only checks whether the values can be rounded
 * @data: for @write
 *
 * Returns: FALSE if a value is too large for the array's type (NN_ERROR_NOT_FINITE), or
 *   @write failed
 */
gboolean
nn_array_values_write (NnArrayValues *self,
                       guint64 first,
                       gsize n,
                       gconstpointer values,
                       NnArrayValuesWrite write,
                       gpointer data,
                       GError **error)
{
  if (!convert (self, first, n, values, error))
    return FALSE;
  for (gsize done = 0; write != NULL && done < n;) {
    const gsize run = count_run (self, first + done, n - done);
    const guint64 offset = get_offset (self, first + done);
    const guint8 *from = self->bytes + done * self->size;

    if (self->span != NULL)
      memcpy (self->span + offset, from, run * self->size);
    else if (!write (data, offset, from, run * self->size, error))
      return FALSE;
    done += run;
  }
  self->changed |= write != NULL;
  return TRUE;
}

/**
 * nn_array_values_flush:
 *
 * Writes the elements of an array that is not row-major, which are held in memory. To be
 * called after the last nn_array_values_write ().
 *
 * Returns: FALSE if @write failed
 */
gboolean
nn_array_values_flush (NnArrayValues *self,
                       NnArrayValuesWrite write,
                       gpointer data,
                       GError **error)
{
  return self->span == NULL || !self->changed ||
         write (data, 0, self->span, (gsize) self->n_span, error);
}
