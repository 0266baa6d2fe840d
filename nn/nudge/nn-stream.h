/* nn-stream.h - an update function over values that are not in memory as a whole
 *
 * SPDX-License-Identifier: MIT
 *
 * The values of one target, of float32 or float64, are read block after block, as often as
 * it takes: once for what is elementwise, once more for statistics, some times more for
 * median and quantile; then new values are written, block after block. Only what orders or
 * mixes all values is made in memory, as long as the target: rank, shuffled, orthogonal,
 * and statistics over rows or columns (dim=).
 *
 * Of float32 the results are those of nn_expression_evaluate (), to the bit. There is no
 * run: w0 may be given, g, before, m, n, lr and fresh are refused.
 */

#pragma once

#include "nn/nudge/nn-nudge.h"
#include "nn/nudge/nn-operands.h"

G_BEGIN_DECLS

typedef enum {
  NN_STREAM_WEIGHT,      /* `w` */
  NN_STREAM_INITIAL,     /* `w0` */
  NN_STREAM_GLOBAL_RANK, /* `global_rank` */
} NnStreamArray;

typedef struct {
  guint64 n;          /* elements; at least 1 */
  gboolean is_double; /* values are float64, else float32 */
  NnOperands shape;   /* of which first_row … edges and is_bias are read */

  /* @values: (n) out: elements @first to @first + n, of double or float */
  gboolean (*read) (gpointer data,
                    NnStreamArray array,
                    guint64 first,
                    gsize n,
                    gpointer values,
                    GError **error);
  /* (nullable) @values: (n) the new ones, which are finite; NULL: they are only checked */
  gboolean (*write) (gpointer data,
                     guint64 first,
                     gsize n,
                     gconstpointer values,
                     GError **error);
  /* Returns: (transfer full): what an element is called: "fc1.weight[2,1]" */
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
