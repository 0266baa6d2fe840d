/* nn-script-edit.h - an edit of what is being trained, as lines of PyTorch
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/experiment/nn-change.h"
#include "nn/script/nn-script-parts.h"

G_BEGIN_DECLS

char *nn_script_write_edit (NnScriptParts *parts,
                            const NnChange *change,
                            const char *kind) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
