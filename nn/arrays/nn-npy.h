/* nn-npy.h - encodes and decodes arrays in NumPy's .npy format
 *
 * SPDX-License-Identifier: MIT
 *
 * numpy.lib.format: for a .npy file (nn-arrays-npy.c), or a member of a .npz
 * (nn-arrays-npz.c).
 */

#pragma once

#include "nn/arrays/nn-array.h"

G_BEGIN_DECLS

gboolean nn_npy_recognise (const guint8 *start, gsize n_bytes);
NnArray *
nn_npy_read (const char *name, GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *nn_npy_encode (const NnArray *array) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
