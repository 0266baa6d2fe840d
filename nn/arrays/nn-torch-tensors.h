/* nn-torch-tensors.h - finds the tensors in a pickle of PyTorch
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the reader of PyTorch's files.
 */

#pragma once

#include "nn/arrays/nn-array-kind.h"
#include "nn/arrays/nn-torch-storage.h"

G_BEGIN_DECLS

gboolean nn_torch_read_tensors (NnArrayFile *file,
                                const NnPickle *pickle,
                                const NnTorchStorages *storages,
                                const NnProgress *progress,
                                GError **error);

G_END_DECLS
