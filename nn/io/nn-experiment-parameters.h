/* nn-experiment-parameters.h - the key "parameters" of a .nudge file, and --from
 *
 * SPDX-License-Identifier: MIT
 *
 * Initial values of a network: { "file": "start.safetensors" }, or arrays by name.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/files/nn-json.h"
#include "nn/model/nn-parameters.h"

G_BEGIN_DECLS

NnParameters *nn_experiment_load_parameters (const char *path,
                                             const NnProgress *progress,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_experiment_read_parameters (NnParameters **parameters,
                                        const NnJson *top,
                                        const char *folder,
                                        const NnProgress *progress,
                                        GError **error);
void nn_experiment_append_parameters (GString *text,
                                      const NnParameters *parameters,
                                      const char *folder);

G_END_DECLS
