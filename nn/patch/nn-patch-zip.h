/* nn-patch-zip.h - a zip archive whose members have changed
 *
 * SPDX-License-Identifier: MIT
 *
 * Checksums, and where members are packed anew their sizes and places, are put where the
 * archive has them; every other byte stays. Private to this folder.
 */

#pragma once

#include "nn/files/nn-array-store.h"
#include "nn/patch/nn-patch-file.h"

G_BEGIN_DECLS

/* What becomes of a member. */
typedef struct {
  guint64 local;    /* where its local header is in the output */
  guint64 n_packed; /* bytes of it there */
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
