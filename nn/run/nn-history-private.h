/* nn-history-private.h - the fields of a history
 *
 * SPDX-License-Identifier: MIT
 *
 * For its files: nn-history.c appends and cuts, nn-history-mark.c is the mark,
 * nn-history-query.c reads, nn-history-pack.c packs it for a file.
 *
 * Level 0 has the losses, and level k has buckets of 16^k steps: entry i of it is of the
 * steps i * 16^k + 1 … (i + 1) * 16^k. Each level keeps its newest entries, at least
 * those of the incomplete bucket one level up.
 */

#pragma once

#include "nn/run/nn-history.h"

G_BEGIN_DECLS

#define NN_HISTORY_BITS   4 /* of the index in a bucket */
#define NN_HISTORY_FAN    (1 << NN_HISTORY_BITS)
#define NN_HISTORY_LEVELS 16 /* enough for 2^63 steps */

typedef struct {
  float first;
  float last;
  float least;
  float greatest;
  double sum;
} NnHistoryBucket;

/* Entries of one level. Each is written once, so that another thread may read a copy of
 * the history, which has fewer entries, while this one appends. */
typedef struct {
  gint n_refs; /* atomic */
  union {
    float losses[0];
    NnHistoryBucket buckets[0];
  };
} NnHistoryChunk;

typedef struct {
  guint64 start; /* the first entry that is kept */
  guint64 end;   /* the entry after the last */
  guint64 first; /* number of chunks[0] */
  guint n_chunks;
  NnHistoryChunk *chunks[NN_HISTORY_WHOLE + 1]; /* (owned) */
} NnHistoryLevel;

struct _NnHistory {
  guint64 n_steps;
  float *next;  /* (not owned) (nullable) where the next step's loss is written */
  float *until; /* at this address appending has to update buckets and chunks first */
  guint limit;  /* full chunks of a level that are kept, besides the incomplete one */
  NnHistoryLevel levels[NN_HISTORY_LEVELS];
};

/* Of each level, the entries of the incomplete bucket one level up. */
struct _NnHistoryMark {
  guint64 n_steps;
  float losses[NN_HISTORY_FAN];
  NnHistoryBucket buckets[NN_HISTORY_LEVELS - 1][NN_HISTORY_FAN]; /* [k - 1]: level k's */
};

guint64 nn_history_get_chunk_length (guint level);
const float *nn_history_get_losses (const NnHistory *self, guint64 entry);
const NnHistoryBucket *
nn_history_get_buckets (const NnHistory *self, guint level, guint64 entry);
void nn_history_settle (NnHistory *self);
void nn_history_stop (NnHistory *self);
void nn_history_truncate_level (NnHistory *self, guint level, guint64 end);
void nn_history_begin_level (NnHistory *self, guint level, guint64 start);
void nn_history_append_loss (NnHistory *self, float loss);
void
nn_history_append_bucket (NnHistory *self, guint level, const NnHistoryBucket *bucket);
void nn_history_bucket_of_losses (NnHistoryBucket *bucket, const float *losses);
void
nn_history_bucket_of_buckets (NnHistoryBucket *bucket, const NnHistoryBucket *buckets);

G_END_DECLS
