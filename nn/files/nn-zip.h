/* nn-zip.h - the members of a zip archive, each whole
 *
 * SPDX-License-Identifier: MIT
 *
 * Names are only names: nothing is ever unpacked to the disk. What a reader may take is
 * bounded by the archive's own size: its members do not overlap, and none is larger than
 * its packed bytes can be.
 */

#pragma once

#include "nn/files/nn-in-place.h"

G_BEGIN_DECLS

typedef struct _NnZip NnZip;

NnZip *nn_zip_open (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
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
