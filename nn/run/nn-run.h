/* nn-run.h - one run from its step 0 on: its log, its checkpoints, its branches
 *
 * SPDX-License-Identifier: MIT
 *
 * For the timeline, which has several: each reset begins a new one, and so does what is
 * done before events that are still to come. It reads the trainer only when it is
 * created. A plain value with one owner.
 */

#pragma once

#include "nn/experiment/nn-log.h"
#include "nn/run/nn-checkpoints.h"
#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

#define NN_RUN_BRANCHES 3 /* abandoned branches whose losses are shown */

/* What is saved where some coming events were undone and others were not, and what that
 * was made from. */
typedef struct {
  NnLog *log;     /* (owned) */
  gsize n_unfit;  /* coming events that are not in it */
  NnLog *whole;   /* (owned) */
  GArray *undone; /* (owned) (element-type NnPosition) */
} NnRunSaved;

typedef struct {
  NnCheckpoints *checkpoints; /* (owned) unless the run is at its end, one is there */
  NnHistory *history;         /* (owned) up to the end, wherever the run is */
  NnScores scores[NN_N_SCORES];
  GPtrArray *logs; /* (owned) (element-type NnLog) [k]: the first k events */
  gsize n_given;   /* events that the run begins with: pauses of repeating nudges */
  gsize n_done;    /* events before the present position */
  gsize n_known;   /* events before the end; the others of a log are planned */
  guint64 end;     /* the farthest step of this branch */

  /* (owned) (element-type NnPosition) Where undo was called, newest last: ahead of the
   * present position, as is the event that was undone there. */
  GArray *undone;
  GArray *branches; /* (owned) (element-type NnBranch) oldest first */

  /* Whether it shares the run before it up to fork, where one of them was left for the
   * other; if not, it began with a reset, or is the first. */
  gboolean is_branch;
  NnPosition fork;
  NnHistoryMark *fork_mark; /* (owned) (nullable) of a branch's history, at the fork */
  NnPosition left;          /* the position when something else switched to another run */
  gsize n_kept; /* coming events when it was left for a later run: undo has them */

  NnRunSaved *saved; /* (owned) (nullable) for nn_run_get_log_for_file () */
} NnRun;

NnRun *nn_run_new (const NnTrainer *trainer, gsize budget) G_GNUC_WARN_UNUSED_RESULT;
void nn_run_free (NnRun *self);

gsize nn_run_get_n_events (const NnRun *self);
const NnEvent *nn_run_get_event (const NnRun *self, gsize index);
void nn_run_append_event (NnRun *self, const NnEvent *event);
NnPosition nn_run_get_end (const NnRun *self);
gsize nn_run_count_coming (const NnRun *self, NnPosition position);
gsize nn_run_get_undone (const NnRun *self, guint i);
NnRun *nn_run_branch (NnRun *self, const NnHistoryMark *mark) G_GNUC_WARN_UNUSED_RESULT;
void nn_run_set_fork (NnRun *self, NnPosition fork, NnHistoryMark *mark);
NnRun *nn_run_restore_left (NnRun *self,
                            NnPosition fork,
                            const NnHistoryMark *mark,
                            const GArray *events) G_GNUC_WARN_UNUSED_RESULT;
void nn_run_keep_branch (NnRun *self, guint64 step);
void nn_run_cut (NnRun *self, gsize n_done, const NnHistoryMark *mark);
void nn_run_forget_undone (NnRun *self, NnPosition position);

void nn_run_forget_redone (NnRun *self, NnPosition position);
void nn_run_saved_free (NnRunSaved *self);

/* nn-run-saved.c */
NnLog *nn_run_get_log_for_file (NnRun *self, NnPosition position, gsize *n_unfit);
void nn_run_drop_undone (NnRun *self, const NnHistoryMark *mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRun, nn_run_free)

G_END_DECLS
