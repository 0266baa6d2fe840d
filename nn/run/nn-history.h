/* nn-history.h - the losses of a run, one per training step, in bounded memory
 *
 * SPDX-License-Identifier: MIT
 *
 * Losses are appended one by one. The newest are kept as they are, at least a million of
 * them; and of all steps, buckets of 16, 256, 4096, … steps with the first, last, least and
 * greatest loss and the sum, of which the newest are kept of each width. So what is old is
 * known in wider buckets: after a billion steps in those of 4096, in less than 24 MiB.
 * What a bucket says is exact, and no spike is ever lost to a picture.
 *
 * nn_history_query () reads it for a picture: for so many columns of pixels it gives as
 * many stretches of steps, which follow each other without a gap, in a time that grows
 * with the columns alone:
 *
 *   NnStretch stretches[n_columns];
 *   const gsize n = nn_history_query (history, 1, 1000000, n_columns, stretches);
 *
 * Each stretch says which steps it is of (from, n_steps), and is exact for these. Where a
 * column is narrower than the buckets that are kept there, a stretch is one bucket and
 * wider than its column; where it is narrower than a step, a stretch is one step.
 *
 * The chunks that the numbers are in are shared by copies, which therefore cost little:
 * a frame has one. A copy may be read and freed by another thread while the original goes
 * on. One owner; the owner's thread appends, cuts and copies.
 */

#pragma once

#include <glib.h>

#include "nn/files/nn-pack.h"

G_BEGIN_DECLS

#define NN_HISTORY_EXACT                                                                 \
  1000000 /* the newest steps, of which at least each loss is kept */

/* Chunks of each width that are kept: of losses one has 16384, of buckets 4096. */
#define NN_HISTORY_WHOLE 64 /* of a run: 23.6 MB after a billion steps */
#define NN_HISTORY_GHOST 32 /* of one beside it */
#define NN_HISTORY_LEFT  2  /* of one that was left */

/* Steps that follow each other, and their losses. */
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

/* A part of a run that was left when it branched off. */
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

/* What has to be known at a step so that a history can be cut there, whatever of it is
 * kept. It goes on with the run, step by step. A plain value of a few kilobytes. */
NnHistoryMark *nn_history_mark_new (void) G_GNUC_WARN_UNUSED_RESULT;
NnHistoryMark *nn_history_mark_copy (const NnHistoryMark *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_history_mark_assign (NnHistoryMark *self, const NnHistoryMark *from);
void nn_history_mark_free (NnHistoryMark *self);
void nn_history_mark_append (NnHistoryMark *self, float loss);
guint64 nn_history_mark_get_n_steps (const NnHistoryMark *self);
gsize nn_history_mark_get_size (const NnHistoryMark *self);
void nn_history_write_mark (NnHistory *self, NnHistoryMark *mark);
void nn_history_cut_to_mark (NnHistory *self, const NnHistoryMark *mark);

/* As a file has them. */
void nn_history_pack (const NnHistory *self, GByteArray *bytes);
gboolean nn_history_unpack (NnHistory *self, NnUnpack *bytes);
void nn_history_mark_pack (const NnHistoryMark *self, GByteArray *bytes);
gboolean nn_history_mark_unpack (NnHistoryMark *self, NnUnpack *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnHistory, nn_history_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnHistoryMark, nn_history_mark_free)

G_END_DECLS
