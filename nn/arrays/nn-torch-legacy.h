/* nn-torch-legacy.h - reads files of PyTorch before version 1.6
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the reader of PyTorch's files.
 */

#pragma once

#include "nn/arrays/nn-array-kind.h"

G_BEGIN_DECLS

gboolean nn_torch_recognise_legacy (const guint8 *start, gsize n_bytes);
gboolean nn_torch_read_legacy (NnArrayFile *file,
                               GBytes *bytes,
                               const NnProgress *progress,
                               GError **error);

G_END_DECLS
