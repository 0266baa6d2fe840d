/* nudge-run-experiment.h - the experiment that the options of `nudge run` ask for
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/command/nudge-run-options.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

NnExperiment *nudge_run_experiment_open (const NudgeRunOptions *options,
                                         guint64 *n_steps,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nudge_run_experiment_parse_steps (const NudgeRunOptions *options,
                                           guint64 *n_steps,
                                           GError **error);
GPtrArray *nudge_run_experiment_list_files (const NudgeRunOptions *options,
                                            const NnExperiment *experiment)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
