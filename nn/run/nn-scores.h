/* nn-scores.h - losses and accuracies at some of a run's steps
 *
 * SPDX-License-Identifier: MIT
 *
 * What takes a pass over many examples, and is not known of every step. Of the points of a
 * long run every other one is dropped again and again, so that NN_SCORES_MOST are enough.
 * A plain value with one owner.
 */

#pragma once

#include <glib.h>

#include "nn/files/nn-pack.h"

G_BEGIN_DECLS

#define NN_SCORES_MOST     2048
#define NN_SCORES_EXAMPLES 1024 /* of those that are trained on */

typedef struct {
  guint64 step;
  float loss;     /* of the weights after it */
  float accuracy; /* of them, 0 to 1; NAN where the loss is not one of classes */
} NnScore;

/* Of which examples. */
typedef enum {
  NN_SCORE_HELD_OUT, /* those that are not trained on */
  NN_SCORE_TRAINING, /* the first NN_SCORES_EXAMPLES of those that are */
  NN_SCORE_WHOLE,    /* all of those that are: only where it was asked for */
  NN_N_SCORES,
} NnScoreKind;

typedef struct {
  GArray *points;  /* (owned) (element-type NnScore) steps rise */
  guint64 spacing; /* least steps from one point to the next */
} NnScores;

void nn_scores_init (NnScores *self);
void nn_scores_clear (NnScores *self);
void nn_scores_add (NnScores *self, const NnScore *score);
void nn_scores_cut (NnScores *self, guint64 step);
void nn_scores_remove (NnScores *self, guint64 step);
void nn_scores_copy (NnScores *self, const NnScores *from);
NnScore *nn_scores_dup_until (const NnScores *self,
                              guint64 step,
                              gsize *n) G_GNUC_WARN_UNUSED_RESULT;

/* As a file has them. */
void nn_scores_pack (const NnScores *self, GByteArray *bytes);
gboolean nn_scores_unpack (NnScores *self, NnUnpack *bytes, guint64 end);

G_END_DECLS
