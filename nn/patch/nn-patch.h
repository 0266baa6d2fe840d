/* nn-patch.h - applies nudges to arrays in a file, and copies every other byte
 *
 * SPDX-License-Identifier: MIT
 *
 * What `nudge edit` does: nn_patch_new (), nn_patch_apply () for each nudge in order,
 * nn_patch_finish (), nn_patch_commit (). The output is a temporary file until
 * nn_patch_commit () renames it: until then the old file stays, and freeing the patch
 * leaves nothing behind. All nudges take effect, or none.
 *
 * A layer, for nn-file-version.h, only applies nudges and has no output. Needs memory for
 * a block of values, with the exceptions in nn-stream.h and nn-array-values.h. One owner,
 * one thread.
 */

#pragma once

#include "nn/arrays/nn-array-store.h"
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
