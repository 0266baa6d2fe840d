/* nudge-experiment.h - the experiment that a command line names
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

NnExperiment *nudge_experiment_open (const char *name,
                                     gboolean quiet,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nudge_experiment_check_kept (const NnExperiment *experiment,
                                      const char *name,
                                      GError **error);

G_END_DECLS
