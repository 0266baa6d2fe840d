/* nudge-run-outputs.h - the files that `nudge run` was asked to write
 *
 * SPDX-License-Identifier: MIT
 *
 * Opened before the first step, so that a run of an hour does not end at a folder that
 * cannot be written. The losses grow with the run, the others are written after it. None
 * takes effect before nudge_run_outputs_write (); a checkpoint, which does, is
 * nudge-run-checkpoint.h's. One owner, one thread.
 */

#pragma once

#include "app/command/nudge-graphics.h"
#include "app/command/nudge-run-options.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/nudge/nn-slow-copies.h"

G_BEGIN_DECLS

typedef struct _NudgeRunOutputs NudgeRunOutputs;

gboolean nudge_run_outputs_take_stream (NudgeRunOptions *options, GError **error);
gboolean nudge_run_outputs_check (const NudgeRunOptions *options,
                                  const NudgeGraphics *graphics,
                                  GError **error);
gboolean nudge_run_outputs_check_distinct (const NudgeRunOptions *options,
                                           GPtrArray *files,
                                           const NnExperiment *experiment,
                                           guint64 n_steps,
                                           GError **error);
guint64 nudge_run_outputs_count_memory (const NudgeRunOptions *options,
                                        const NnArchitecture *architecture);
NudgeRunOutputs *nudge_run_outputs_open (const NudgeRunOptions *options,
                                         const NudgeGraphics *graphics,
                                         gboolean validation,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nudge_run_outputs_want_losses (const NudgeRunOutputs *self);
gboolean nudge_run_outputs_append_losses (NudgeRunOutputs *self,
                                          guint64 step,
                                          float loss,
                                          float validation,
                                          GError **error);
gboolean nudge_run_outputs_write (NudgeRunOutputs *self,
                                  const NnExperiment *experiment,
                                  const NnFrame *frame,
                                  const NnSlowCopies *slow);
void nudge_run_outputs_free (NudgeRunOutputs *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeRunOutputs, nudge_run_outputs_free)

G_END_DECLS
