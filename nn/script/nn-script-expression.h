/* nn-script-expression.h - an update function in PyTorch's words
 *
 * SPDX-License-Identifier: MIT
 *
 * From a term of the nudge language to a Python expression: arrays and statistics are
 * tensors there, and what has neither is a Python number. The caller fills in the scope's
 * fields: what names of the language stand for.
 */

#pragma once

#include "nn/script/nn-script-python.h"

G_BEGIN_DECLS

NnScriptText nn_script_write_term (NnScriptScope *self, const NnTerm *term);
NnScriptText nn_script_write_value (NnScriptScope *self, const NnTerm *term);
NnScriptText nn_script_write_full (NnScriptScope *self, const NnTerm *term);

G_END_DECLS
