/* nn-array-values.h - some elements of an array on disk, read and written in blocks
 *
 * SPDX-License-Identifier: MIT
 *
 * Row after row, in the processor's order of bytes, whatever the order in the file. An
 * array whose elements are row after row there, too, takes the memory of a block; any other
 * (NumPy's Fortran order, PyTorch's views) is in memory from its first byte to its last.
 * One owner.
 */

#pragma once

#include "nn/files/nn-array-store.h"
#include "nn/patch/nn-array-area.h"

G_BEGIN_DECLS

/* As pwrite () to where the array begins. Returns: FALSE if it could not be written */
typedef gboolean (*NnArrayValuesWrite) (gpointer data,
                                        guint64 offset,
                                        gconstpointer bytes,
                                        gsize n_bytes,
                                        GError **error);

typedef struct {
  const NnArrayArea *area; /* (not owned) */
  NnArrayPlace place;
  gsize size; /* bytes of a number */
  gboolean swaps;
  gboolean contiguous;
  guint8 *span; /* (owned) (nullable) all bytes of an array that is not contiguous */
  guint64 n_span;
  gboolean changed; /* the span has been written to */
  guint8 *bytes;    /* (owned) a block of numbers as the file has them */
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
