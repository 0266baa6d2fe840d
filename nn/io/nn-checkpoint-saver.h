/* nn-checkpoint-saver.h - writes checkpoints of a run to a file while it trains
 *
 * SPDX-License-Identifier: MIT
 *
 * The training thread pushes states and does not wait; a thread of the saver's own writes
 * the newest one, replacing the file as a whole or not at all. Every
 * NN_CHECKPOINT_INTERVAL_S seconds the next one is due; to ask is one atomic read.
 */

#pragma once

#include "nn/io/nn-checkpoint-file.h"

G_BEGIN_DECLS

#define NN_CHECKPOINT_INTERVAL_S 10

/* @data: of nn_checkpoint_saver_new () */
typedef void (*NnCheckpointDue) (gpointer data);

/* @failure: (nullable): why the file is as it was before */
typedef void (*NnCheckpointWritten) (const GError *failure, gpointer data);

typedef struct _NnCheckpointSaver NnCheckpointSaver;

NnCheckpointSaver *nn_checkpoint_saver_new (const char *path,
                                            const NnExperiment *named,
                                            double interval_s,
                                            NnCheckpointDue due,
                                            gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void nn_checkpoint_saver_set_named (NnCheckpointSaver *self, const NnExperiment *named);
void nn_checkpoint_saver_set_written_func (NnCheckpointSaver *self,
                                           NnCheckpointWritten written,
                                           gpointer data);
gboolean nn_checkpoint_saver_is_due (const NnCheckpointSaver *self);
void nn_checkpoint_saver_push (NnCheckpointSaver *self,
                               NnRunState *state,
                               NnCheckpointRecord *record);
gboolean nn_checkpoint_saver_finish (NnCheckpointSaver *self, GError **error);
void nn_checkpoint_saver_free (NnCheckpointSaver *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCheckpointSaver, nn_checkpoint_saver_free)

G_END_DECLS
