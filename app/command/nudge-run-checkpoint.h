/* nudge-run-checkpoint.h - `nudge run` goes on from a checkpoint, and writes one
 *
 * SPDX-License-Identifier: MIT
 *
 * A checkpoint of `nudge run` remembers how many steps were to be trained and, where they
 * are written, the losses, so that a run that goes on leaves the files of one that was
 * never interrupted. One owner, one thread; the writing is done by another.
 */

#pragma once

#include "app/command/nudge-run-options.h"
#include "nn/io/nn-checkpoint-saver.h"

G_BEGIN_DECLS

/* A run that goes on. */
typedef struct {
  NnExperiment *experiment;  /* (owned) (nullable) */
  NnTimeline *timeline;      /* (owned) (nullable) */
  guint64 n_steps;           /* how many steps it is to have at the end */
  NnCheckpointRecord record; /* (owned) */
} NudgeRunResumed;

gboolean nudge_run_resume (const NudgeRunOptions *options,
                           NudgeRunResumed *resumed,
                           GError **error);
void nudge_run_resumed_clear (NudgeRunResumed *self);

typedef struct _NudgeRunCheckpoint NudgeRunCheckpoint;

NudgeRunCheckpoint *nudge_run_checkpoint_new (const NudgeRunOptions *options,
                                              const NnExperiment *experiment,
                                              NnCheckpointRecord *record,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nudge_run_checkpoint_record (NudgeRunCheckpoint *self, float loss, float validation);
void nudge_run_checkpoint_keep (NudgeRunCheckpoint *self, const NnTimeline *timeline);
void nudge_run_checkpoint_push (NudgeRunCheckpoint *self, const NnTimeline *timeline);
gboolean nudge_run_checkpoint_finish (NudgeRunCheckpoint *self);
void nudge_run_checkpoint_free (NudgeRunCheckpoint *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NudgeRunResumed, nudge_run_resumed_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeRunCheckpoint, nudge_run_checkpoint_free)

G_END_DECLS
