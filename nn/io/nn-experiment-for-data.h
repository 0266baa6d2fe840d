/* nn-experiment-for-data.h - a reasonable experiment for data of the user's
 *
 * SPDX-License-Identifier: MIT
 *
 * Its notes say what was chosen, so that the user can choose otherwise.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

NnExperiment *nn_experiment_for_data (const NnDataSpec *data,
                                      const char *name,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
