/* nn-array.c - an array with a type, a shape and strides, as stored in a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-array.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"

/* With a stride of 0 a few bytes give any number of elements: at most so many
 * are accepted. */
#define MAX_REPEATED (1 << 20)

#define SHOWN 60 /* bytes of a name in a message */

/* ---- making one -------------------------------------------------------------------- */

/* Sets n_values, and the strides if none are given.
 *
 * Returns: FALSE on overflow */
static gboolean
count_values (NnArray *self, const guint64 *shape, const guint64 *strides)
{
  guint64 n = 1;

  for (guint i = self->rank; i-- > 0;) {
    self->shape[i] = shape[i];
    self->strides[i] = strides ? strides[i] : n;
    /* A size of 0 counts as 1, so that the other sizes of an empty array are
     * checked, too. */
    if (!g_uint64_checked_mul (&n, n, MAX (shape[i], 1)))
      return FALSE;
  }
  for (guint i = 0; i < self->rank; i++)
    if (shape[i] == 0)
      n = 0;
  self->n_values = n;
  return n <= G_MAXSSIZE / sizeof (double);
}

/* Sets @n_reached to the number of elements in memory from the first to the last
 * used one.
 *
 * Returns: FALSE on overflow */
static gboolean
count_reached (const NnArray *self, guint64 *n_reached)
{
  guint64 last = 0;

  for (guint i = 0; i < self->rank && self->n_values > 0; i++) {
    guint64 step;

    if (!g_uint64_checked_mul (&step, self->shape[i] - 1, self->strides[i]) ||
        !g_uint64_checked_add (&last, last, step))
      return FALSE;
  }
  *n_reached = self->n_values > 0 ? last + 1 : 0;
  return last < G_MAXUINT64;
}

/* Says which array it is, unless it is alone in its file and has no name. */
static void
prefix_name (const char *name, GError **error)
{
  if (*name != '\0')
    g_prefix_error (error, "'%.*s': ", SHOWN, name);
}

static gboolean
check_size (const NnArray *self, GError **error)
{
  const gsize n_held = g_bytes_get_size (self->bytes) / nn_dtype_get_size (self->dtype);
  g_autofree char *shape = nn_array_dup_shape (self);
  guint64 n_reached;

  if (!count_reached (self, &n_reached) || n_reached > n_held) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("%s of shape %s needs more than the %zu bytes that it has"),
                 nn_dtype_get_name (self->dtype), shape, g_bytes_get_size (self->bytes));
    return FALSE;
  }
  if (self->n_values > MAX (n_held, MAX_REPEATED)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("the shape %s repeats %zu bytes too often; store the array whole"),
                 shape, g_bytes_get_size (self->bytes));
    return FALSE;
  }
  return TRUE;
}

static NnArray *
array_new (const char *name,
           NnDtype dtype,
           gboolean big_endian,
           guint rank,
           const guint64 *shape,
           const guint64 *strides,
           GBytes *bytes,
           GError **error)
{
  g_return_val_if_fail (name != NULL && dtype < NN_N_DTYPES && bytes != NULL, NULL);

  g_autoptr (NnArray) self = NULL;

  if (rank > NN_ARRAY_MAX_RANK) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("%u dimensions are more than the %d that are read"), rank,
                 NN_ARRAY_MAX_RANK);
    prefix_name (name, error);
    return NULL;
  }
  self = g_atomic_rc_box_new0 (NnArray);
  self->name = g_strdup (name);
  self->dtype = dtype;
  self->big_endian = big_endian && nn_dtype_get_size (dtype) > 1;
  self->rank = rank;
  self->bytes = g_bytes_ref (bytes);
  if (!count_values (self, shape, strides)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                         _ ("the shape is larger than any memory"));
    prefix_name (name, error);
    return NULL;
  }
  if (!check_size (self, error)) {
    prefix_name (name, error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * nn_array_new:
 * @name: copied
 * @shape: (array length=rank)
 * @strides: (nullable) (array length=rank): in elements; NULL for row-major
 * @bytes: from element [0, 0, …] on, little-endian; a reference is taken. May be longer
 *   than needed
 *
 * Returns: (transfer full) (nullable): NULL if @bytes is too short for the shape, the
 *   rank is too large, or strides of 0 repeat too many elements (NN_ERROR_SHAPE)
 */
NnArray *
nn_array_new (const char *name,
              NnDtype dtype,
              guint rank,
              const guint64 *shape,
              const guint64 *strides,
              GBytes *bytes,
              GError **error)
{
  return array_new (name, dtype, FALSE, rank, shape, strides, bytes, error);
}

/**
 * nn_array_new_big_endian:
 *
 * nn_array_new () for big-endian bytes.
 *
 * Returns: (transfer full) (nullable)
 */
NnArray *
nn_array_new_big_endian (const char *name,
                         NnDtype dtype,
                         guint rank,
                         const guint64 *shape,
                         const guint64 *strides,
                         GBytes *bytes,
                         GError **error)
{
  return array_new (name, dtype, TRUE, rank, shape, strides, bytes, error);
}

/**
 * nn_array_new_floats:
 * @shape: (array length=rank)
 * @values: (array): row-major; copied bit by bit
 *
 * Returns: (transfer full): an array of float32
 */
NnArray *
nn_array_new_floats (const char *name,
                     guint rank,
                     const guint64 *shape,
                     const float *values)
{
  g_autoptr (GBytes) bytes = NULL;
  NnArray *self;
  gsize n = 1;

  for (guint i = 0; i < rank; i++)
    n *= shape[i];
  bytes = g_bytes_new (values, n * sizeof (float));
  self = array_new (name, NN_DTYPE_FLOAT32, G_BYTE_ORDER == G_BIG_ENDIAN, rank, shape,
                    NULL, bytes, NULL);
  g_assert (self != NULL);
  return self;
}

/**
 * nn_array_copy_renamed:
 *
 * Returns: (transfer full): an array that shares the bytes, with another name
 */
NnArray *
nn_array_copy_renamed (const NnArray *self, const char *name)
{
  NnArray *copy = g_atomic_rc_box_new0 (NnArray);

  *copy = *self;
  copy->name = g_strdup (name);
  copy->bytes = g_bytes_ref (self->bytes);
  return copy;
}

NnArray *
nn_array_ref (NnArray *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnArray *self = data;

  g_free (self->name);
  g_bytes_unref (self->bytes);
}

void
nn_array_unref (NnArray *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* ---- values ------------------------------------------------------------------------ */

/**
 * nn_array_is_contiguous:
 *
 * Returns: whether the bytes are row-major without gaps, as no bytes are
 */
gboolean
nn_array_is_contiguous (const NnArray *self)
{
  guint64 n = 1;

  if (self->n_values == 0)
    return TRUE;
  for (guint i = self->rank; i-- > 0; n *= self->shape[i])
    if (self->shape[i] > 1 && self->strides[i] != n)
      return FALSE;
  return TRUE;
}

/* A cursor in row-major order: an element's indices, and its position in the bytes. */
typedef struct {
  const NnArray *array;
  const guint8 *bytes;
  gsize size;
  gboolean contiguous;
  gboolean swap;
  guint64 indices[NN_ARRAY_MAX_RANK];
  guint64 element;
} Reader;

static void
reader_init (Reader *self, const NnArray *array)
{
  *self = (Reader){ .array = array,
                    .bytes = g_bytes_get_data (array->bytes, NULL),
                    .size = nn_dtype_get_size (array->dtype),
                    .contiguous = nn_array_is_contiguous (array),
                    .swap = array->big_endian != (G_BYTE_ORDER == G_BIG_ENDIAN) };
}

static void
advance (Reader *self)
{
  for (guint i = self->array->rank; i-- > 0;) {
    self->element += self->array->strides[i];
    if (++self->indices[i] < self->array->shape[i])
      return;
    self->element -= self->array->strides[i] * self->array->shape[i];
    self->indices[i] = 0;
  }
}

static void
swap_bytes (guint8 *bytes, gsize n, gsize size)
{
  for (gsize i = 0; i < n; i++, bytes += size)
    for (gsize k = 0; k < size / 2; k++) {
      const guint8 byte = bytes[k];

      bytes[k] = bytes[size - 1 - k];
      bytes[size - 1 - k] = byte;
    }
}

/* Copies the next @n elements to @bytes, contiguous. */
static void
read_bytes (Reader *self, gsize n, guint8 *bytes)
{
  if (self->contiguous) {
    memcpy (bytes, &self->bytes[self->element * self->size], n * self->size);
    self->element += n;
    return;
  }
  for (gsize i = 0; i < n; i++) {
    memcpy (&bytes[i * self->size], &self->bytes[self->element * self->size], self->size);
    advance (self);
  }
}

static gsize
read_block (Reader *self, gsize n_left, NnNumbers *block)
{
  const gsize n = MIN (n_left, NN_NUMBERS_MOST);

  read_bytes (self, n, block->bytes);
  if (self->swap)
    swap_bytes (block->bytes, n, self->size);
  return n;
}

/**
 * nn_array_get_floats:
 * @values: (out) (n_values): row-major
 *
 * Converts to float32, rounding once to nearest, ties to even. A float32 keeps its bits,
 * even those of a NaN.
 */
void
nn_array_get_floats (const NnArray *self, float *values)
{
  Reader reader;
  NnNumbers block;

  reader_init (&reader, self);
  for (gsize i = 0; i < self->n_values;) {
    const gsize n = read_block (&reader, self->n_values - i, &block);

    nn_dtype_get_floats (self->dtype, &block, n, &values[i]);
    i += n;
  }
}

/**
 * nn_array_visit_doubles:
 *
 * Calls @visit with successive blocks of values, in row-major order, without memory for
 * all of them. The conversion is exact, except for 64 bit integers, which are rounded.
 */
void
nn_array_visit_doubles (const NnArray *self, NnArrayVisit visit, gpointer data)
{
  Reader reader;
  NnNumbers block;
  double values[NN_NUMBERS_MOST];

  reader_init (&reader, self);
  for (gsize i = 0; i < self->n_values;) {
    const gsize n = read_block (&reader, self->n_values - i, &block);

    nn_dtype_get_doubles (self->dtype, &block, n, values);
    visit (values, n, data);
    i += n;
  }
}

static void
append (const double *values, gsize n, gpointer to)
{
  memcpy (*(double **) to, values, n * sizeof *values);
  *(double **) to += n;
}

/**
 * nn_array_get_doubles:
 * @values: (out) (n_values): row-major
 *
 * The conversion is exact, except for 64 bit integers, which are rounded.
 */
void
nn_array_get_doubles (const NnArray *self, double *values)
{
  nn_array_visit_doubles (self, append, &values);
}

/**
 * nn_array_get_bytes:
 * @bytes: (out) (array): n_values elements of the array's type, row-major, little-endian
 */
void
nn_array_get_bytes (const NnArray *self, guint8 *bytes)
{
  Reader reader;

  reader_init (&reader, self);
  if (self->n_values == 0)
    return;
  read_bytes (&reader, self->n_values, bytes);
  if (self->big_endian)
    swap_bytes (bytes, self->n_values, reader.size);
}

/* ---- descriptions ------------------------------------------------------------------ */

/**
 * nn_array_dup_shape:
 *
 * Returns: (transfer full): the shape in Python's notation: "(8, 2)", "(3,)", "()"
 */
char *
nn_array_dup_shape (const NnArray *self)
{
  GString *text = g_string_new ("(");

  for (guint i = 0; i < self->rank; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? ", " : "",
                            self->shape[i]);
  g_string_append (text, self->rank == 1 ? ",)" : ")");
  return g_string_free (text, FALSE);
}

/**
 * nn_array_dup_conversion:
 *
 * Returns: (transfer full) (nullable): for the user: what nn_array_get_floats ()
 *   converts, "float64, rounded to float32"; NULL for row-major float32
 */
char *
nn_array_dup_conversion (const NnArray *self)
{
  const char *fate = self->dtype == NN_DTYPE_FLOAT32       ? ""
                     : nn_dtype_fits_float32 (self->dtype) ? _ (", widened to float32")
                                                           : _ (", rounded to float32");
  const gboolean reordered = !nn_array_is_contiguous (self);

  if (*fate == '\0' && !self->big_endian && !reordered)
    return NULL;
  return g_strdup_printf ("%s%s%s%s", self->big_endian ? _ ("big-endian ") : "",
                          nn_dtype_get_name (self->dtype),
                          reordered ? _ (" in another order than row after row") : "",
                          fate);
}
