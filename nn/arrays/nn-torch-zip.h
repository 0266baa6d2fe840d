/* nn-torch-zip.h - reads files of PyTorch since version 1.6, which are zip archives
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the reader of PyTorch's files.
 */

#pragma once

#include "nn/arrays/nn-array-kind.h"

G_BEGIN_DECLS

gboolean nn_torch_recognise_zip (const guint8 *start, gsize n_bytes);
gboolean nn_torch_read_zip (NnArrayFile *file,
                            GBytes *bytes,
                            const NnProgress *progress,
                            GError **error);

G_END_DECLS
