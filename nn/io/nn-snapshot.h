/* nn-snapshot.h - the parameters at one step, as a file
 *
 * SPDX-License-Identifier: MIT
 *
 * float32, with the names and shapes of PyTorch's state_dict (); every bit is kept, but a
 * NaN's in text formats. The ending of the file's name gives the format: one of
 * nn/arrays/array-files.inc that is written and holds many arrays. The file is written as
 * a whole or not at all.
 */

#pragma once

#include "nn/arrays/nn-array-kind.h"
#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

const NnArrayFileKind *nn_snapshot_get_kind (guint index);
gboolean nn_snapshot_check_path (const char *path, GError **error);
guint64 nn_snapshot_count_memory (const NnArchitecture *architecture, const char *path);
GBytes *nn_snapshot_encode (const NnArchitecture *architecture,
                            const float *values,
                            const GPtrArray *metadata,
                            const char *path,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_snapshot_save (const NnArchitecture *architecture,
                           const float *values,
                           const char *path,
                           GError **error);

G_END_DECLS
