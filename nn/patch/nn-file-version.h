/* nn-file-version.h - the arrays of a file after some nudges, copy-on-write, for undo
 *
 * SPDX-License-Identifier: MIT
 *
 * For editing a file interactively; the file itself stays as it is until a version is
 * saved elsewhere. Each nudge makes a new version on top of the one before. It stores
 * only the arrays that changed, in a temporary file without a name, and reads the others
 * from the version before; undo is to use that one again.
 *
 * Immutable and shared: ref, unref and read from any thread. A version holds a reference
 * to the one before; its disk space is freed with the last reference to it.
 */

#pragma once

#include "nn/arrays/nn-array-store.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/patch/nn-array-values.h"
#include "nn/patch/nn-receipt.h"

G_BEGIN_DECLS

typedef struct _NnFileVersion NnFileVersion;

NnFileVersion *nn_file_version_open (const char *path,
                                     const char *folder,
                                     guint32 seed,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnFileVersion *nn_file_version_ref (NnFileVersion *self);
void nn_file_version_unref (NnFileVersion *self);

NnFileVersion *nn_file_version_apply (NnFileVersion *self,
                                      const NnNudge *nudge,
                                      const NnProgress *progress,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnFileVersion *nn_file_version_preview (NnFileVersion *self,
                                        const NnNudge *nudge,
                                        guint index,
                                        const NnProgress *progress,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

const NnArrayStore *nn_file_version_get_store (const NnFileVersion *self);
const GPtrArray *nn_file_version_get_arrays (const NnFileVersion *self);
NnFileVersion *nn_file_version_get_first (NnFileVersion *self);
const NnReceipt *nn_file_version_get_receipt (const NnFileVersion *self);
gboolean nn_file_version_has_changed (const NnFileVersion *self, guint index);
gboolean
nn_file_version_differ (const NnFileVersion *a, const NnFileVersion *b, guint index);
gboolean nn_file_version_open_values (const NnFileVersion *self,
                                      const NnArrayArea *area,
                                      NnArrayValues *values,
                                      GError **error);

gboolean nn_file_version_check (const NnFileVersion *self, GError **error);
NnReceipt *nn_file_version_save (const NnFileVersion *self,
                                 const char *path,
                                 const NnProgress *progress,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnFileVersion, nn_file_version_unref)

G_END_DECLS
