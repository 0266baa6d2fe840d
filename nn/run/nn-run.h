/* nn-run.h - one run, from its step 0 on: its log, its checkpoints, its branches
 *
 * SPDX-License-Identifier: MIT
 *
 * For the timeline, which has several of them, one after the other: a reset begins another.
 * It reads the trainer when it begins, and never after. A plain value with one owner.
 */

#pragma once

#include "nn/experiment/nn-log.h"
#include "nn/run/nn-checkpoints.h"
#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

#define NN_RUN_BRANCHES 3 /* branches left that are remembered */

typedef struct {
  NnCheckpoints *checkpoints; /* (owned) the last is at the end whenever the run is not */
  NnHistory *history;         /* (owned) up to the end, wherever the run is */
  NnScores scores[NN_N_SCORES];
  GPtrArray *logs; /* (owned) (element-type NnLog) [k]: the first k events */
  gsize n_given;   /* of them, what was paused when the run began */
  gsize n_done;    /* of them, before the present position */
  gsize n_known;   /* of them, before the end; a log's others are still to come */
  guint64 end;     /* the farthest step of this branch */

  GArray *undone;   /* (owned) NnPosition where undo was called, each before the last */
  GArray *branches; /* (owned) NnBranch, oldest first */
  NnPosition left;  /* where it was left for another run, if it was */
} NnRun;

NnRun *nn_run_new (const NnTrainer *trainer, gsize budget) G_GNUC_WARN_UNUSED_RESULT;
void nn_run_free (NnRun *self);

gsize nn_run_get_n_events (const NnRun *self);
const NnEvent *nn_run_get_event (const NnRun *self, gsize index);
void nn_run_append_event (NnRun *self, const NnEvent *event);
NnPosition nn_run_get_end (const NnRun *self);
void nn_run_keep_branch (NnRun *self, guint64 step);
void nn_run_cut (NnRun *self, const NnHistoryMark *mark);
void nn_run_forget_undone (NnRun *self, NnPosition position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRun, nn_run_free)

G_END_DECLS
