/* nn-patch.h - nudges of the arrays in a file, and all else byte for byte as it was
 *
 * SPDX-License-Identifier: MIT
 *
 * The output is written beside its place and moved there by nn_patch_commit (): until then
 * what is there stays, and a patch that is freed leaves nothing behind. Nudges are applied
 * in order, all of them or none. A layer has no output: see nn-file-version.h. Memory is that of a block, but for what nn-stream.h and
 * nn-array-values.h say. One owner, one thread.
 */

#pragma once

#include "nn/files/nn-array-store.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/patch/nn-receipt.h"

G_BEGIN_DECLS

typedef struct _NnPatch NnPatch;

NnPatch *nn_patch_new (const NnArrayStore *in,
                       const NnArrayStore *initial,
                       const char *out,
                       guint32 seed,
                       const NnProgress *progress,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_patch_free (NnPatch *self);

NnPatch *nn_patch_new_layer (const NnArrayStore *in,
                             const NnPatch *base,
                             const char *folder,
                             guint32 seed,
                             const NnProgress *progress,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean nn_patch_apply (NnPatch *self, const NnNudge *nudge, GError **error);
gboolean
nn_patch_apply_to (NnPatch *self, const NnNudge *nudge, guint index, GError **error);
const NnReceipt *nn_patch_finish (NnPatch *self, GError **error);
gboolean nn_patch_commit (NnPatch *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPatch, nn_patch_free)

G_END_DECLS
