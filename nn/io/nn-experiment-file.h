/* nn-experiment-file.h - experiments as .nudge files
 *
 * SPDX-License-Identifier: MIT
 *
 * JSON, as described in nudge-experiment(5). An unknown key, a missing one, a wrong type
 * and an impossible shape are errors that name the key and its location: line and column,
 * or a path such as network.layers[1].units. Reading what was written gives an equal
 * experiment. Data files that it names are read with it; their paths are relative to the
 * experiment's folder.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

NnExperiment *nn_experiment_file_load_full (const char *path,
                                            const NnProgress *progress,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *nn_experiment_file_parse (const char *text,
                                        gsize n_bytes,
                                        const char *name,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *nn_experiment_file_parse_full (const char *text,
                                             gsize n_bytes,
                                             const char *name,
                                             const char *folder,
                                             const NnProgress *progress,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *nn_experiment_file_parse_file (const char *text,
                                             gsize n_bytes,
                                             const char *path,
                                             const char *folder,
                                             const NnProgress *progress,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *nn_experiment_file_format_full (const NnExperiment *experiment, const char *folder);
char *nn_experiment_file_format_log (const NnExperiment *experiment, guint most);
char *nn_experiment_file_format (const NnExperiment *experiment);
gboolean nn_experiment_file_check_path (const char *path, GError **error);
gboolean nn_experiment_file_check_names (const NnExperiment *experiment,
                                         const char *folder,
                                         GError **error);
gboolean nn_experiment_file_save (const NnExperiment *experiment,
                                  const char *path,
                                  GError **error);

G_END_DECLS
