/* nn-npy.h - one array as a .npy file's bytes
 *
 * SPDX-License-Identifier: MIT
 *
 * NumPy's own format (numpy.lib.format), alone in a file or one of many in a .npz.
 */

#pragma once

#include "nn/files/nn-array.h"

G_BEGIN_DECLS

gboolean nn_npy_recognise (const guint8 *start, gsize n_bytes);
NnArray *
nn_npy_read (const char *name, GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *nn_npy_encode (const NnArray *array) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
