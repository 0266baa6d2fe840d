/* nn-script-file.h - a nudge of a file's tensors, as a PyTorch program
 *
 * SPDX-License-Identifier: MIT
 *
 * For the window of a file's tensors: what a nudge does there, to be done in PyTorch.
 */

#pragma once

#include "nn/arrays/nn-array-store.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

char *nn_script_dup_file_nudge (const NnNudge *nudge,
                                const NnArrayStore *store,
                                const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
