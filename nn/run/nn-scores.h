/* nn-scores.h - losses and accuracies at some of a run's steps
 *
 * SPDX-License-Identifier: MIT
 *
 * Those that need a forward pass over many examples, and so are not computed at every
 * step. When there are NN_SCORES_MOST points, every other one is dropped, and points are
 * added half as often. A plain value with one owner.
 */

#pragma once

#include <glib.h>

#include "nn/files/nn-pack.h"

G_BEGIN_DECLS

#define NN_SCORES_MOST     2048
#define NN_SCORES_EXAMPLES 1024 /* of the training set, for NN_SCORE_TRAINING */

typedef struct {
  guint64 step;
  float loss;     /* of the weights after it */
  float accuracy; /* likewise, 0 to 1; NAN if the loss is not one of classes */
} NnScore;

/* Which examples they are of. */
typedef enum {
  NN_SCORE_HELD_OUT, /* those held out from training */
  NN_SCORE_TRAINING, /* the first NN_SCORES_EXAMPLES of the training set */
  NN_SCORE_WHOLE,    /* the whole training set: only when nn_session_score () asks */
  NN_N_SCORES,
} NnScoreKind;

typedef struct {
  GArray *points;  /* (owned) (element-type NnScore) steps rise */
  guint64 spacing; /* at least so many steps from one point to the next */
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

/* For a checkpoint file. */
void nn_scores_pack (const NnScores *self, GByteArray *bytes);
gboolean nn_scores_unpack (NnScores *self, NnUnpack *bytes, guint64 end);

G_END_DECLS
