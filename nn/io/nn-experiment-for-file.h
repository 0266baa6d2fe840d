/* nn-experiment-for-file.h - an experiment for any file that is one, or holds data for one
 *
 * SPDX-License-Identifier: MIT
 *
 * What a file is, is known by its first bytes. What had to be guessed is in the
 * experiment's notes.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

gboolean nn_experiment_find_data (const char *path, NnDataSpec *data);
NnExperiment *nn_experiment_for_data_file (const NnDataSpec *data,
                                           const NnProgress *progress,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *nn_experiment_open (const char *path,
                                  const NnProgress *progress,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
