/* nn-parser.h - the recursive descent parser of expressions, for the files that implement it
 *
 * SPDX-License-Identifier: MIT
 *
 * In order of their dependence: nn-parser.c (tokens and names), nn-suggestion.c (errors
 * that suggest what may be meant), nn-call-reader.c (function calls), nn-primary.c
 * (operands), nn-arithmetic.c and nn-operators.c (operators), nn-grammar.c (statements).
 * Private to them.
 *
 * Functions that return a term return NULL with the fault set on failure; terms are owned
 * by the tree. fail functions always return NULL.
 */

#pragma once

#include "nn/expression/nn-call.h"
#include "nn/expression/nn-fault.h"
#include "nn/expression/nn-token.h"

G_BEGIN_DECLS

#define NN_PARSER_NESTING 64 /* levels of parentheses, signs, exponents and choices */

/* While the expression that defines a function is parsed: the arguments for its $1,
 * $2 … */
typedef struct {
  const NnCalling *calling;
  NnTerm *arguments[NN_CALL_ARGUMENTS];
  guint n_uses[NN_CALL_ARGUMENTS]; /* how often each was used so far */
} NnMeaning;

typedef struct _NnParser NnParser;

struct _NnParser {
  NnTokens *tokens;
  NnTree *tree;
  NnFault *fault;
  const char *path;      /* (nullable) the target's path, which means w */
  const char *statement; /* the start of the statement */
  const char *product;   /* the start of the present product */
  guint after;           /* '/' or '^' if that precedes the present factor */
  guint nesting;
  guint n_draws;      /* mentions of random arrays */
  NnMeaning *meaning; /* (nullable) */
  NnTerm *in_place; /* (nullable) the last result of an in-place method such as mul_ … */
  const char *in_place_at;
  char in_place_of; /* … and the variable it changes, 'w' or 'm' */
  /* Reads a whole expression, in parentheses: nn_parser_read_choice (). */
  NnTerm *(*read) (NnParser *self);
};

/* nn-parser.c */
const NnToken *nn_parser_get_token (const NnParser *self);
const char *nn_parser_get_start (const NnParser *self);
gboolean nn_parser_accept (NnParser *self, guint sign);
gboolean nn_parser_accept_word (NnParser *self, const char *word);
gboolean nn_parser_is_reserved (const NnToken *token);
NnTerm *nn_parser_fail_expecting (NnParser *self, const char *expected);
NnTerm *nn_parser_fail_too_deep (NnParser *self);
NnTerm *
nn_parser_add (NnParser *self, NnTermKind kind, NnOp op, NnTerm *x, NnTerm *y, NnTerm *z);
NnTerm *nn_parser_add_number (NnParser *self, const char *digits);
NnTerm *nn_parser_add_word (NnParser *self, const NnWord *word, const char *at);
NnTerm *nn_parser_count_draw (NnParser *self, NnTerm *term, const char *at);
NnOp nn_parser_get_relation (const NnToken *token);

/* nn-suggestion.c */
NnTerm *nn_parser_fail_unknown (NnParser *self,
                                const NnToken *token,
                                const char *name,
                                gboolean call);
NnTerm *nn_parser_fail_index (NnParser *self, const char *start);
NnTerm *nn_parser_fail_value (NnParser *self);
NnTerm *
nn_parser_fail_remainder (NnParser *self, NnTerm *(*read_factor) (NnParser *self));

/* nn-call-reader.c */
NnTerm *nn_parser_fail_no_function (NnParser *self, const char *start);
NnTerm *nn_parser_read_parameter (NnParser *self);
NnTerm *nn_parser_read_call (NnParser *self,
                             const NnCall *call,
                             const char *name,
                             const char *at,
                             NnTerm *receiver);

/* nn-primary.c */
NnTerm *nn_parser_read_number (NnParser *self);
NnTerm *nn_parser_read_primary (NnParser *self);

/* nn-arithmetic.c */
NnTerm *nn_parser_read_sum (NnParser *self);

/* nn-operators.c */
NnTerm *nn_parser_read_choice (NnParser *self);

G_END_DECLS
