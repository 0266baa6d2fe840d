/* nudge-run-deviations.h - what a run is to do otherwise: --without and its like
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/command/nudge-run-options.h"
#include "nn/run/nn-deviation.h"

G_BEGIN_DECLS

gboolean nudge_run_deviations_read (const NudgeRunOptions *options,
                                    const NnExperiment *experiment,
                                    guint64 n_steps,
                                    GArray **deviations,
                                    GError **error);

G_END_DECLS
