/* nn-zip.h - reads and writes zip archives, in memory
 *
 * SPDX-License-Identifier: MIT
 *
 * Members are read whole; their names are never used as paths. Safe for untrusted
 * archives: members must not overlap, and none may be larger than its compressed bytes
 * can expand to, so memory is bounded by the archive's size. One owner, one thread.
 */

#pragma once

#include "nn/files/nn-in-place.h"

G_BEGIN_DECLS

typedef struct _NnZip NnZip;

NnZip *nn_zip_open_in_place (GBytes *bytes,
                             NnInPlace *in_place,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_zip_free (NnZip *self);

gsize nn_zip_get_length (const NnZip *self);
const char *nn_zip_get_name (const NnZip *self, gsize index);
gssize nn_zip_find (const NnZip *self, const char *name);
GBytes *nn_zip_read (NnZip *self, gsize index, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GBytes *nn_zip_pack (const GPtrArray *names,
                     const GPtrArray *members,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnZip, nn_zip_free)

G_END_DECLS
