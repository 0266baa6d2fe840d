/* nudge-info-experiment.h - what `nudge info` prints of an experiment and of a run
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/io/nn-checkpoint-file.h"

G_BEGIN_DECLS

void nudge_info_print_experiment (const NnExperiment *experiment);
void
nudge_info_print_checkpoint (const NnCheckpointFile *file, const NnTimeline *timeline);

G_END_DECLS
