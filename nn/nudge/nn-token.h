/* nn-token.h - the words and signs that a nudge's text is made of
 *
 * SPDX-License-Identifier: MIT
 *
 * A reader goes from one token to the next and borrows the text, which is valid UTF-8.
 * Signs are read as they look: − · × ÷ ½ w₀ w² ≤ and thin spaces. Private to this folder,
 * and tested through nn-nudge.h.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_TOKEN_END,
  NN_TOKEN_NUMBER,
  NN_TOKEN_NAME,
  NN_TOKEN_POWER, /* ² and ³, whose exponent is the token's sign */
  NN_TOKEN_SIGN,
  NN_TOKEN_OTHER, /* a character that means nothing */
} NnTokenKind;

/* Signs of one ASCII character are that character; the others are these. */
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
  const char *text; /* (nullable) ASCII for what is written in other characters */
} NnToken;

typedef struct {
  const char *text; /* all of it, for the columns in errors */
  NnToken token;    /* the one to be read */
} NnTokens;

const char *nn_token_skip_space (const char *at);
void nn_tokens_init (NnTokens *self, const char *text, const char *at);
void nn_tokens_next (NnTokens *self);
NnToken nn_tokens_peek (const NnTokens *self);

gboolean nn_token_is (const NnToken *self, guint sign);
gboolean nn_token_is_word (const NnToken *self, const char *word);
char *nn_token_dup (const NnToken *self);

G_END_DECLS
