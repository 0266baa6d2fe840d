/* nn-run-state.h - a run as a whole: where it is, what was done, and what decides how it goes on
 *
 * SPDX-License-Identifier: MIT
 *
 * A copy: it is written to a file by any thread, while the run goes on.
 */

#pragma once

#include "nn/experiment/nn-log.h"
#include "nn/files/nn-chunks.h"
#include "nn/run/nn-run.h"

G_BEGIN_DECLS

typedef struct {
  NnLog *log;    /* (owned) of the run, with what is ahead of it */
  gsize n_given; /* as NnRun has them … */
  gsize n_done;
  gsize n_known;
  guint64 end;
  GArray *undone;          /* (owned) … NnPosition */
  NnTrainerState *trainer; /* (owned) */
  NnHistory *history;      /* (owned) up to the end */
  NnHistoryMark *mark;     /* (owned) of it, where the run is */
  NnScores scores[NN_N_SCORES];
} NnRunState;

void nn_run_state_free (NnRunState *self);
guint64 nn_run_state_get_step (const NnRunState *self);
void nn_run_state_write (const NnRunState *self, NnChunks *chunks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRunState, nn_run_state_free)

G_END_DECLS
