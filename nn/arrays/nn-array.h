/* nn-array.h - an array with a type, a shape and strides, as stored in a file
 *
 * SPDX-License-Identifier: MIT
 *
 * Like a NumPy array: the bytes keep the type and byte order that they have in the file,
 * and strides describe other orders than row-major (NumPy's Fortran order, PyTorch's
 * views). For computing, get floats or doubles, which are always row-major. Immutable and
 * shared: ref and unref from any thread.
 */

#pragma once

#include "nn/arrays/nn-dtype.h"

G_BEGIN_DECLS

#define NN_ARRAY_MAX_RANK 32 /* NumPy's */

typedef struct {
  char *name; /* (owned) UTF-8; "" for the array of a file without names */
  NnDtype dtype;
  gboolean big_endian;
  guint rank; /* 0: a scalar */
  guint64 shape[NN_ARRAY_MAX_RANK];
  /* in elements; 0 repeats an element (broadcasting) */
  guint64 strides[NN_ARRAY_MAX_RANK];
  gsize n_values; /* the product of the shape */
  GBytes *bytes;  /* (owned) from element [0, 0, …] on */
} NnArray;

typedef void (*NnArrayVisit) (const double *values, gsize n, gpointer data);

NnArray *nn_array_new (const char *name,
                       NnDtype dtype,
                       guint rank,
                       const guint64 *shape,
                       const guint64 *strides,
                       GBytes *bytes,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnArray *nn_array_new_big_endian (const char *name,
                                  NnDtype dtype,
                                  guint rank,
                                  const guint64 *shape,
                                  const guint64 *strides,
                                  GBytes *bytes,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnArray *nn_array_new_floats (const char *name,
                              guint rank,
                              const guint64 *shape,
                              const float *values) G_GNUC_WARN_UNUSED_RESULT;
NnArray *
nn_array_copy_renamed (const NnArray *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
NnArray *nn_array_ref (NnArray *self);
void nn_array_unref (NnArray *self);

gboolean nn_array_is_contiguous (const NnArray *self);
void nn_array_get_floats (const NnArray *self, float *values);
void nn_array_get_doubles (const NnArray *self, double *values);
void nn_array_visit_doubles (const NnArray *self, NnArrayVisit visit, gpointer data);
void nn_array_get_bytes (const NnArray *self, guint8 *bytes);

char *nn_array_dup_shape (const NnArray *self);
char *nn_array_dup_conversion (const NnArray *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnArray, nn_array_unref)

G_END_DECLS
