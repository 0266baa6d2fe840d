/* nn-experiment-network.h - the key "network" of a .nudge file, and of an edit in its log
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the reader and the writer of experiment files. An edit's layers may have a
 * former name, and new units may be drawn:
 *
 *   { "layers": [ { "name": "hidden", "was": "fc1", "units": 9 }, … ], "new": "fresh" }
 */

#pragma once

#include "nn/experiment/nn-edit.h"
#include "nn/files/nn-json.h"

G_BEGIN_DECLS

gboolean nn_experiment_read_network (NnEdit *self,
                                     const NnJson *top,
                                     gboolean in_edit,
                                     GError **error);
void nn_experiment_append_network (GString *text, const NnEdit *self, const char *indent);

G_END_DECLS
