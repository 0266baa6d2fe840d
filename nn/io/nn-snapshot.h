/* nn-snapshot.h - the parameters at one step, as a file
 *
 * SPDX-License-Identifier: MIT
 *
 * float32, little endian, with the names and shapes that PyTorch's state_dict would
 * have; every bit is kept. The ending of the file's name says the format; which there are
 * is in snapshots.inc, and what each is in its file. Written whole or not at all.
 */

#pragma once

#include "nn/io/nn-snapshot-kind.h"

G_BEGIN_DECLS

const NnSnapshotKind *nn_snapshot_get_kind (NnSnapshotFormat format);
char *nn_snapshot_dup_pattern (void);
gboolean nn_snapshot_check_path (const char *path, GError **error);
gboolean nn_snapshot_save (const NnArchitecture *architecture,
                           const float *values,
                           const char *path,
                           GError **error);

G_END_DECLS
