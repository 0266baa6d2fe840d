/* nudge-run-losses.h - the losses that `nudge run` writes while it goes on
 *
 * SPDX-License-Identifier: MIT
 *
 * Of every step, and of the examples held out, where there are any, as often as asked for.
 * They go to the outputs and, so that a run that goes on can write them again, to the
 * checkpoint. A plain value; one owner, one thread.
 */

#pragma once

#include "app/command/nudge-run-checkpoint.h"
#include "app/command/nudge-run-outputs.h"
#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

typedef struct {
  NudgeRunOutputs *outputs;       /* (not owned) */
  NudgeRunCheckpoint *checkpoint; /* (not owned) (nullable) */
  NnTimeline *timeline;           /* (not owned) */
  guint64 validate_every;         /* steps; 0: no examples are held out */
} NudgeRunLosses;

gboolean nudge_run_losses_choose_validation (NudgeRunLosses *self,
                                             const NudgeRunOptions *options,
                                             const NnExperiment *experiment,
                                             gboolean validates,
                                             GError **error);
guint64 nudge_run_losses_get_next (const NudgeRunLosses *self, guint64 step);
gboolean nudge_run_losses_append (NudgeRunLosses *self, guint64 from, GError **error);
gboolean nudge_run_losses_append_again (NudgeRunLosses *self,
                                        const NnCheckpointRecord *record,
                                        GError **error);

G_END_DECLS
