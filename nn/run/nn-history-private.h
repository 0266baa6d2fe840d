/* nn-history-private.h - a history's inside
 *
 * SPDX-License-Identifier: MIT
 *
 * For its files: nn-history.c lets it grow and cuts it, -mark is what it is cut to, -query
 * reads it, -pack has it as bytes.
 *
 * Level 0 has the losses, and level k has buckets of 16^k steps: entry i of it is of the
 * steps i * 16^k + 1 … (i + 1) * 16^k. Of each level some last entries are kept, at least
 * those of the bucket that is not full yet one level up.
 */

#pragma once

#include "nn/run/nn-history.h"

G_BEGIN_DECLS

#define NN_HISTORY_BITS   4 /* of the index in a bucket … */
#define NN_HISTORY_FAN    (1 << NN_HISTORY_BITS)
#define NN_HISTORY_LEVELS 16 /* … which is enough for 2^63 steps */

typedef struct {
  float first;
  float last;
  float least;
  float greatest;
  double sum;
} NnHistoryBucket;

/* Entries of one level. What is in it is written once: a copy of the history, which knows
 * fewer of them, may be read meanwhile. */
typedef struct {
  gint n_refs; /* atomic */
  union {
    float losses[0];
    NnHistoryBucket buckets[0];
  };
} NnHistoryChunk;

typedef struct {
  guint64 start; /* the entries from this one … */
  guint64 end;   /* … up to before this one are kept */
  guint64 first; /* number of chunks[0] */
  guint n_chunks;
  NnHistoryChunk *chunks[NN_HISTORY_WHOLE + 1]; /* (owned) */
} NnHistoryLevel;

struct _NnHistory {
  guint64 n_steps;
  float *next;  /* (not owned) (nullable) where the next step's loss is written … */
  float *until; /* … which goes on until here without a further thought */
  guint limit;  /* chunks of a level that are kept besides the one that is not full */
  NnHistoryLevel levels[NN_HISTORY_LEVELS];
};

/* The entries that are no full bucket yet, of each level. */
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
