/* nn-experiment-for-parameters.h - an experiment for a file of parameters
 *
 * SPDX-License-Identifier: MIT
 *
 * For a snapshot, or what another program has trained: its network, with data, a loss and
 * an optimizer that can be changed.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

gboolean nn_experiment_is_of_parameters (const char *path);
NnExperiment *nn_experiment_for_parameters (const char *path,
                                            const NnProgress *progress,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
