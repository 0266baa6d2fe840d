/* nn-array-values.h - reads and writes elements of an array on disk, in blocks
 *
 * SPDX-License-Identifier: MIT
 *
 * Elements are in row-major order and the processor's byte order, whatever they are in
 * the file. An array that is row-major in the file needs memory for one block; any other
 * (NumPy's Fortran order, PyTorch's strided views) is held in memory from its first byte
 * to its last, and written back by nn_array_values_flush (). One owner, one thread.
 */

#pragma once

#include "nn/arrays/nn-array-store.h"
#include "nn/patch/nn-array-area.h"

G_BEGIN_DECLS

/* Writes bytes at @offset from the start of the array, as pwrite () does. Returns: FALSE
 * if they cannot be written */
typedef gboolean (*NnArrayValuesWrite) (gpointer data,
                                        guint64 offset,
                                        gconstpointer bytes,
                                        gsize n_bytes,
                                        GError **error);

typedef struct {
  const NnArrayArea *area; /* (not owned) */
  NnArrayPlace place;
  gsize size;          /* bytes of an element */
  gboolean swaps;      /* the file has the other byte order */
  gboolean contiguous; /* row-major in the file */
  guint8 *span; /* (owned) (nullable) all bytes of an array that is not contiguous */
  guint64 n_span;
  gboolean changed; /* the span is to be flushed */
  guint8 *bytes;    /* (owned) a block of elements as the file has them */
  gsize n_bytes;
} NnArrayValues;

guint64 nn_array_values_count_span (const NnArray *array);
gboolean nn_array_values_init (NnArrayValues *self,
                               const NnArrayArea *area,
                               const NnArrayPlace *place,
                               GError **error);
void nn_array_values_clear (NnArrayValues *self);

gboolean nn_array_values_read (NnArrayValues *self,
                               guint64 first,
                               gsize n,
                               gboolean as_double,
                               gpointer values,
                               GError **error);
const guint8 *
nn_array_values_read_bytes (NnArrayValues *self, guint64 first, gsize n, GError **error);
gboolean nn_array_values_write (NnArrayValues *self,
                                guint64 first,
                                gsize n,
                                gconstpointer values,
                                NnArrayValuesWrite write,
                                gpointer data,
                                GError **error);
gboolean nn_array_values_flush (NnArrayValues *self,
                                NnArrayValuesWrite write,
                                gpointer data,
                                GError **error);

G_END_DECLS
