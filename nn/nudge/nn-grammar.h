/* nn-grammar.h - reading an update function
 *
 * SPDX-License-Identifier: MIT
 *
 * The language is nn-expression.h's. Private to this folder, and tested through there.
 */

#pragma once

#include "nn/nudge/nn-program.h"

G_BEGIN_DECLS

GArray *nn_grammar_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
