/* nn-run-state.h - a whole run as a value: position, log, the trainer's state
 *
 * SPDX-License-Identifier: MIT
 *
 * What a checkpoint file has (nn/io/nn-checkpoint-file.h), and what a resumed run starts
 * from. A copy with one owner: any thread may write it while the run goes on.
 */

#pragma once

#include "nn/experiment/nn-log.h"
#include "nn/files/nn-chunks.h"
#include "nn/run/nn-run.h"

G_BEGIN_DECLS

/* A run that was left for the present one, with events that are still to come there. */
typedef struct {
  NnPosition fork;     /* where it was left; both share what comes before */
  NnHistoryMark *mark; /* (owned) (nullable) of the history there */
  NnLog *log;          /* (owned) all of it */
} NnLeftRun;

typedef struct {
  NnLog *log;    /* (owned) the whole log, with events after the present position */
  gsize n_given; /* this and the next four: as in NnRun */
  gsize n_done;
  gsize n_known;
  guint64 end;
  GArray *undone;          /* (owned) (element-type NnPosition) */
  NnTrainerState *trainer; /* (owned) */
  NnHistory *history;      /* (owned) up to the end */
  NnHistoryMark *mark;     /* (owned) of it, at the present step */
  NnScores scores[NN_N_SCORES];
  GArray *left; /* (owned) (element-type NnLeftRun) newest first */
} NnRunState;

void nn_run_state_free (NnRunState *self);
guint64 nn_run_state_get_step (const NnRunState *self);
void nn_run_state_write (const NnRunState *self, NnChunks *chunks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRunState, nn_run_state_free)

G_END_DECLS
