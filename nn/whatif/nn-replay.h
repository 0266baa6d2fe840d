/* nn-replay.h - an experiment's run, repeated from any of its states
 *
 * SPDX-License-Identifier: MIT
 *
 * It has a trainer of its own, so it may be on any thread while the run itself goes on.
 * It starts at step 0 or at a saved state of that run, follows the experiment's log, and
 * applies the deviations that it is given (nn/run/nn-deviation.h). One owner, one thread.
 */

#pragma once

#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

typedef struct _NnReplay NnReplay;

/* A state of a run, and how many of its log's events were done by then. Without a state:
 * step 0, where none was done yet. */
typedef struct {
  NnTrainerState *state; /* (owned) (nullable) */
  gsize n_done;
} NnReplayStart;

void nn_replay_start_clear (NnReplayStart *self);
guint64 nn_replay_start_get_step (const NnReplayStart *self);

NnReplay *nn_replay_new (NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;
void nn_replay_free (NnReplay *self);

gboolean nn_replay_begin (NnReplay *self,
                          const NnReplayStart *start,
                          GArray *deviations,
                          GError **error);
gboolean nn_replay_train (NnReplay *self, GError **error);
gboolean nn_replay_follow_log (NnReplay *self, GError **error);
void nn_replay_save (const NnReplay *self, NnReplayStart *start);
NnTrainer *nn_replay_get_trainer (const NnReplay *self);
guint64 nn_replay_get_step (const NnReplay *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnReplayStart, nn_replay_start_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnReplay, nn_replay_free)

G_END_DECLS
