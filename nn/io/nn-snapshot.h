/* nn-snapshot.h - the parameters at one step, as a file
 *
 * SPDX-License-Identifier: MIT
 *
 * .safetensors and .npz, float32, little endian, with the names and shapes that
 * PyTorch's state_dict would have; every bit is kept. The file's ending says
 * which. Written whole or not at all.
 */

#pragma once

#include <glib.h>

#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

gboolean nn_snapshot_check_path (const char *path, GError **error);
gboolean nn_snapshot_save (const NnArchitecture *architecture,
                           const float *values,
                           const char *path,
                           GError **error);

G_END_DECLS
