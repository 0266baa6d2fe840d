/* nn-history.h - the losses of a run, one per training step, in bounded memory
 *
 * SPDX-License-Identifier: MIT
 *
 * Losses are appended one by one. The newest million, at least, are kept as they are.
 * Older steps are kept in buckets of 16, 256, 4096, … steps with their first, last, least
 * and greatest loss and the sum, wider the older they are: after a billion steps buckets
 * of 4096 reach back to step 1, in less than 24 MiB. These numbers are exact, so no spike
 * is lost.
 *
 * nn_history_query () reads it for a plot: for a number of columns it gives as many
 * stretches of adjacent steps, in O(columns):
 *
 *   NnStretch stretches[n_columns];
 *   const gsize n = nn_history_query (history, 1, 1000000, n_columns, stretches);
 *
 * Each stretch is exact for the steps that it covers (from, n_steps). Where a column is
 * narrower than the buckets that are kept there, a stretch is one bucket, wider than its
 * column; where it is narrower than a step, a stretch is one step.
 *
 * Copies share the chunks of numbers, so that each frame can have one. Another thread may
 * read and free a copy while the original is appended to. The owner's thread appends,
 * cuts and copies.
 */

#pragma once

#include <glib.h>

#include "nn/files/nn-pack.h"

G_BEGIN_DECLS

#define NN_HISTORY_EXACT 1000000 /* newest steps, at least, whose losses are all kept */

/* Limits: chunks of each width that are kept. A chunk has 16384 losses, or
 * 4096 buckets. */
#define NN_HISTORY_WHOLE 64 /* of a run: 23.6 MB after a billion steps */
#define NN_HISTORY_GHOST 32 /* of a ghost */
#define NN_HISTORY_KEPT  3  /* of a run that was left for a branch */
#define NN_HISTORY_LEFT  2  /* of a run that was reset, or a branch's curve */

/* Adjacent steps, and their losses. */
typedef struct {
  guint64 from;    /* the first of them; a run's first step is 1 */
  guint64 n_steps; /* at least 1 */
  float first;
  float last;
  float least;
  float greatest;
  double sum; /* the mean is sum / n_steps */
} NnStretch;

typedef struct _NnHistory NnHistory;
typedef struct _NnHistoryMark NnHistoryMark;

/* The losses of a branch that the run has left. */
typedef struct {
  NnHistory *history; /* (owned) the run as it was, from step 1 */
  guint64 fork;       /* the last step that both branches share */
} NnBranch;

NnHistory *nn_history_new (guint limit) G_GNUC_WARN_UNUSED_RESULT;
NnHistory *nn_history_copy (NnHistory *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_history_free (NnHistory *self);
void nn_history_clear (NnHistory *self);
void nn_history_set_limit (NnHistory *self, guint limit);
void nn_history_begin (NnHistory *self, guint64 n_steps);
void nn_history_append (NnHistory *self, float loss);
void nn_history_cut (NnHistory *self, guint64 step);

guint64 nn_history_get_n_steps (const NnHistory *self);
guint64 nn_history_get_first_step (const NnHistory *self);
gsize nn_history_get_size (const NnHistory *self);
gboolean nn_history_get_loss (const NnHistory *self, guint64 step, float *loss);
gsize nn_history_read (const NnHistory *self, guint64 first, gsize n, float *losses);
gboolean nn_history_find (const NnHistory *self, guint64 step, NnStretch *stretch);
guint64 nn_history_find_common_step (const NnHistory *self, const NnHistory *other);
gsize nn_history_query (const NnHistory *self,
                        guint64 first,
                        guint64 last,
                        gsize n_columns,
                        NnStretch *stretches);

/* The losses that are needed to cut a history at a step, even if only buckets are left
 * of the steps before it. Its owner appends to it as to the history. A plain value of a
 * few kilobytes. */
NnHistoryMark *nn_history_mark_new (void) G_GNUC_WARN_UNUSED_RESULT;
NnHistoryMark *nn_history_mark_copy (const NnHistoryMark *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_history_mark_assign (NnHistoryMark *self, const NnHistoryMark *from);
void nn_history_mark_free (NnHistoryMark *self);
void nn_history_mark_append (NnHistoryMark *self, float loss);
guint64 nn_history_mark_get_n_steps (const NnHistoryMark *self);
gsize nn_history_mark_get_size (const NnHistoryMark *self);
void nn_history_write_mark (NnHistory *self, NnHistoryMark *mark);
void nn_history_cut_to_mark (NnHistory *self, const NnHistoryMark *mark);

/* For a checkpoint file. */
void nn_history_pack (const NnHistory *self, GByteArray *bytes);
gboolean nn_history_unpack (NnHistory *self, NnUnpack *bytes);
void nn_history_mark_pack (const NnHistoryMark *self, GByteArray *bytes);
gboolean nn_history_mark_unpack (NnHistoryMark *self, NnUnpack *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnHistory, nn_history_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnHistoryMark, nn_history_mark_free)

G_END_DECLS
