/* nudge-info-experiment.h - what `nudge info` prints of an experiment
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

void nudge_info_print_experiment (const NnExperiment *experiment);

G_END_DECLS
