/* nn-patch-zip.h - updates headers and checksums of a zip archive with changed members
 *
 * SPDX-License-Identifier: MIT
 *
 * Only checksums are rewritten and, if members are compressed again, their sizes and
 * offsets; every other byte of the archive stays. Private to this folder.
 */

#pragma once

#include "nn/arrays/nn-array-store.h"
#include "nn/patch/nn-patch-file.h"

G_BEGIN_DECLS

/* A member in the output. */
typedef struct {
  guint64 local;    /* the offset of its local header */
  guint64 n_packed; /* its compressed size in bytes */
  guint32 crc;
  gboolean changed;
} NnPatchMember;

gboolean nn_patch_zip_renew_checksums (const NnArrayStore *store,
                                       const NnPatchFile *file,
                                       NnPatchMember *members,
                                       GError **error);
gboolean nn_patch_zip_assemble (const NnArrayStore *store,
                                const NnPatchFile *file,
                                NnPatchFile *const *unpacked,
                                const NnPatchFile *to,
                                NnPatchMember *members,
                                GError **error);

G_END_DECLS
