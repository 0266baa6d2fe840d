/* nn-experiment-for-file.h - an experiment for a file of any type
 *
 * SPDX-License-Identifier: MIT
 *
 * The type of a file is known by its first bytes. The experiment's notes say what had to
 * be guessed.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

char *nn_experiment_find_labels (const char *images) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_experiment_find_data (const char *path, NnDataSpec *data);
NnExperiment *nn_experiment_for_data_file (const NnDataSpec *data,
                                           const NnProgress *progress,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *nn_experiment_open (const char *path,
                                  const NnProgress *progress,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *nn_experiment_open_stream (const char *path,
                                         const char *name,
                                         const char *folder,
                                         const NnProgress *progress,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
