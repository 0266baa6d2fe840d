/* nn-token.h - the lexer of nudges and expressions
 *
 * SPDX-License-Identifier: MIT
 *
 * NnTokens is a cursor with one token of lookahead; it borrows the text, which must be
 * valid UTF-8. Typographic characters are accepted: − · × ÷ ½ w₀ w² ≤ and thin spaces.
 * Private to nn/expression and nn/nudge, and tested through nn-nudge.h.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_TOKEN_END,
  NN_TOKEN_NUMBER,
  NN_TOKEN_NAME,
  NN_TOKEN_POWER, /* ² or ³; the sign is the exponent */
  NN_TOKEN_SIGN,
  NN_TOKEN_OTHER, /* any other character */
} NnTokenKind;

/* Signs of one ASCII character are that character; others are these. */
enum {
  NN_SIGN_LESS_EQUAL = 128,
  NN_SIGN_GREATER_EQUAL,
  NN_SIGN_EQUAL,
  NN_SIGN_NOT_EQUAL,
  NN_SIGN_AND,
  NN_SIGN_OR,
  NN_SIGN_FLOOR_DIVIDE,
  NN_SIGN_ADD_TO,
  NN_SIGN_SUBTRACT_FROM,
  NN_SIGN_MULTIPLY_BY,
  NN_SIGN_DIVIDE_BY,
  NN_SIGN_ASSIGN, /* := */
};

typedef struct {
  NnTokenKind kind;
  guint sign;
  const char *start;
  const char *end;
  gboolean spaced;  /* there is white space before it */
  const char *text; /* (nullable) the ASCII equivalent of typographic characters */
} NnToken;

typedef struct {
  const char *text; /* the whole text, for columns in errors */
  NnToken token;    /* the present one, not yet consumed */
} NnTokens;

const char *nn_token_skip_space (const char *at);
void nn_tokens_init (NnTokens *self, const char *text, const char *at);
void nn_tokens_next (NnTokens *self);
NnToken nn_tokens_peek (const NnTokens *self);

gboolean nn_token_is (const NnToken *self, guint sign);
gboolean nn_token_is_word (const NnToken *self, const char *word);
char *nn_token_dup (const NnToken *self);

G_END_DECLS
