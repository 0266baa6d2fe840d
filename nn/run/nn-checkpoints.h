/* nn-checkpoints.h - states of a run along its timeline, in bounded memory
 *
 * SPDX-License-Identifier: MIT
 *
 * Kept in the order of the timeline. The first and the newest always stay. When the
 * others exceed the budget, the checkpoint goes whose absence leaves the smallest hole
 * for its age: the distance between neighbours grows like the square root of their age.
 * So the most distant position is about twice as many steps from a checkpoint as with
 * even distances, and recent ones are near.
 *
 * One owner, one thread. The states share what did not change between them.
 */

#pragma once

#include "nn/run/nn-history.h"
#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

/* A position on a run's timeline. */
typedef struct {
  guint64 step;
  gsize n_done; /* events done by then; others of the same step may follow */
} NnPosition;

typedef struct {
  NnPosition position;
  NnTrainerState *state; /* (owned) */
  NnHistoryMark *mark;   /* (owned) (nullable) of the run's history at that step */
} NnCheckpoint;

typedef struct _NnCheckpoints NnCheckpoints;

int nn_position_compare (NnPosition a, NnPosition b);

NnCheckpoints *nn_checkpoints_new (gsize budget) G_GNUC_WARN_UNUSED_RESULT;
NnCheckpoints *nn_checkpoints_copy_until (const NnCheckpoints *self,
                                          NnPosition until) G_GNUC_WARN_UNUSED_RESULT;
void nn_checkpoints_set_budget (NnCheckpoints *self, gsize budget);
void nn_checkpoints_free (NnCheckpoints *self);

void nn_checkpoints_add (NnCheckpoints *self,
                         NnPosition at,
                         const NnTrainer *trainer,
                         const NnHistoryMark *mark);
void nn_checkpoints_cut (NnCheckpoints *self, NnPosition after);
void nn_checkpoints_clear (NnCheckpoints *self);
const NnCheckpoint *nn_checkpoints_find (const NnCheckpoints *self, NnPosition at);
const NnCheckpoint *nn_checkpoints_get_last (const NnCheckpoints *self);

gsize nn_checkpoints_get_n (const NnCheckpoints *self);
gsize nn_checkpoints_get_size (const NnCheckpoints *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCheckpoints, nn_checkpoints_free)

G_END_DECLS
