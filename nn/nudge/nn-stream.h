/* nn-stream.h - applies an update function to an array that is not in memory as a whole
 *
 * SPDX-License-Identifier: MIT
 *
 * For arrays in files, of float32 or float64. The array is read in blocks, several times
 * if necessary: once for an elementwise function, once more for statistics, a few times
 * more for median and quantile; then new values are written in blocks. Functions that
 * need all values (rank, shuffled, orthogonal, and statistics over rows or columns, dim=)
 * hold the array in memory.
 *
 * For float32 the results have the bits of nn_expression_evaluate (). As there is no run,
 * g, before, m, n, lr and fresh are refused; w0 may be provided. One thread.
 */

#pragma once

#include "nn/expression/nn-operands.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

typedef enum {
  NN_STREAM_WEIGHT,      /* `w` */
  NN_STREAM_INITIAL,     /* `w0` */
  NN_STREAM_GLOBAL_RANK, /* `global_rank` */
} NnStreamArray;

typedef struct {
  guint64 n;          /* elements; at least 1 */
  gboolean is_double; /* values are float64, else float32 */
  NnOperands shape;   /* only first_row … edges and is_bias are read */

  /* @values: (out) (n): the elements from @first on, doubles or floats */
  gboolean (*read) (gpointer data,
                    NnStreamArray array,
                    guint64 first,
                    gsize n,
                    gpointer values,
                    GError **error);
  /* (nullable) NULL only checks whether the new values are finite.
   * @values: (n): new values, all finite */
  gboolean (*write) (gpointer data,
                     guint64 first,
                     gsize n,
                     gconstpointer values,
                     GError **error);
  /* Returns: (transfer full): an element's name for messages: "fc1.weight[2,1]" */
  char *(*name) (gpointer data, guint64 element);
  gpointer data;
} NnStream;

gboolean nn_stream_check (const NnNudge *nudge, gboolean has_initial, GError **error);
gboolean nn_stream_draws (const NnNudge *nudge);
void
nn_stream_skip (const NnNudge *nudge, guint64 n, gboolean is_double, NnRandom *random);
gboolean nn_stream_apply (const NnStream *self,
                          const NnNudge *nudge,
                          NnRandom *random,
                          GError **error);

G_END_DECLS
