/* nn-experiment-data.h - the key "data" of a .nudge file
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the reader of experiment files.
 */

#pragma once

#include "nn/data/nn-dataset.h"
#include "nn/files/nn-json.h"

G_BEGIN_DECLS

gboolean nn_experiment_read_data (NnDataSpec *self,
                                  const NnJson *top,
                                  const char *folder,
                                  const NnProgress *progress,
                                  GError **error);

G_END_DECLS
