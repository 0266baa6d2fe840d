/* nn-grammar.h - the parser of update functions
 *
 * SPDX-License-Identifier: MIT
 *
 * The language is nn-expression.h's. For nn/expression, nn/nudge and nn/script, and
 * tested through there.
 */

#pragma once

#include "nn/expression/nn-fault.h"
#include "nn/expression/nn-term.h"
#include "nn/expression/nn-token.h"

G_BEGIN_DECLS

#define NN_STATEMENTS 16 /* statements that a function may have */

typedef struct {
  NnTree tree; /* (owned) */
  NnStatement statements[NN_STATEMENTS];
  guint n;
} NnBody;

void nn_body_init (NnBody *self);
void nn_body_clear (NnBody *self);

gboolean nn_grammar_read_statements (NnBody *body,
                                     NnTokens *tokens,
                                     const char *path,
                                     NnFault *fault);
gboolean nn_grammar_read_assigned (NnBody *body,
                                   NnTokens *tokens,
                                   const char *path,
                                   guint sign,
                                   NnTerm *condition,
                                   NnFault *fault);
gboolean nn_grammar_is_assignment (const NnToken *token);
NnTerm *nn_grammar_read_expression (NnBody *body,
                                    NnTokens *tokens,
                                    const char *path,
                                    NnFault *fault);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnBody, nn_body_clear)

G_END_DECLS
