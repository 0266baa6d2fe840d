/* nn-experiment-for-data.h - a sensible experiment for data of the user
 *
 * SPDX-License-Identifier: MIT
 *
 * What it consists of is noted in it, so that the user can say otherwise.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

NnExperiment *nn_experiment_for_data (const NnDataSpec *data,
                                      const char *name,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
