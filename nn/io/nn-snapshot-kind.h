/* nn-snapshot-kind.h - what there is to know of a format of snapshots, all in one row
 *
 * SPDX-License-Identifier: MIT
 *
 * One file, nn-NAME.c, holds all of a format.
 */

#pragma once

#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

typedef enum {
#define ROW(format, name) format,
#include "nn/io/snapshots.inc"
#undef ROW
  NN_N_SNAPSHOTS,
} NnSnapshotFormat;

typedef struct {
  const char *label;  /* "NumPy archive": for a person who chooses */
  const char *ending; /* ".npz": of the file's name */

  /* @values: (array) the flat vector that @architecture describes. Returns: (transfer
   * full): a file's bytes, which depend on the two alone */
  GBytes *(*encode) (const NnArchitecture *architecture,
                     const float *values,
                     GError **error);
} NnSnapshotKind;

#define ROW(format, name) extern const NnSnapshotKind nn_snapshot_##name;
#include "nn/io/snapshots.inc"
#undef ROW

G_END_DECLS
