/* nn-cursor.c - finds the part of a nudge's text that the cursor is in
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-cursor.h"

#include "nn/expression/nn-catalogue.h"
#include "nn/expression/nn-token.h"

static gboolean
is_assignment (const NnToken *token)
{
  return token->kind == NN_TOKEN_SIGN &&
         (token->sign == ':' || token->sign == '=' ||
          (token->sign >= NN_SIGN_ADD_TO && token->sign <= NN_SIGN_ASSIGN));
}

static void
scan_target (NnCursor *self, const NnToken *token)
{
  if (nn_token_is (token, '[')) {
    self->depth++;
    self->stage = NN_STAGE_NONE;
  } else if (nn_token_is (token, ']') && self->depth > 0) {
    self->depth--;
    self->stage = NN_STAGE_BEHIND_TARGET;
  } else if (self->depth > 0) {
    self->stage = NN_STAGE_NONE;
  } else if (is_assignment (token)) {
    self->stage = NN_STAGE_FUNCTION;
  } else {
    self->stage = nn_token_is (token, ',') ? NN_STAGE_TARGET : NN_STAGE_BEHIND_TARGET;
  }
}

static gboolean
is_between (const NnToken *token)
{
  static const char *const words_between[] = { "and", "or", "not", "if", "else" };

  for (gsize i = 0; i < G_N_ELEMENTS (words_between); i++)
    if (nn_token_is_word (token, words_between[i]))
      return TRUE;
  return FALSE;
}

/* Handles a key of what follows the function: '@', a=, memory=, else=.
 *
 * Returns: FALSE if the token is none */
static gboolean
scan_key (NnCursor *self, NnTokens *tokens)
{
  static const struct {
    const char *key;
    NnStage stage;
  } keys[] = { { "a", NN_STAGE_AMOUNT },
               { "memory", NN_STAGE_MEMORY },
               { "else", NN_STAGE_ELSE } };
  const NnToken next = nn_tokens_peek (tokens);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (nn_token_is_word (&tokens->token, keys[i].key) && nn_token_is (&next, '=')) {
      nn_tokens_next (tokens);
      self->stage = keys[i].stage;
      return TRUE;
    }
  return FALSE;
}

static void
scan_function (NnCursor *self, const NnToken *token)
{
  g_autofree char *word = nn_token_dup (token);

  if (nn_token_is (token, ';')) {
    self->stage = NN_STAGE_FUNCTION;
    self->n_words = 0;
    return;
  }
  self->named = self->n_words++ == 0 && token->kind == NN_TOKEN_NAME &&
                nn_catalogue_find (word, NULL);
  if (nn_token_is (token, '.'))
    self->stage = NN_STAGE_METHOD;
  else if (is_between (token) ||
           (token->kind == NN_TOKEN_SIGN && !nn_token_is (token, ')')))
    self->stage = NN_STAGE_OPERAND;
  else
    self->stage = self->named ? NN_STAGE_BEHIND_FUNCTION : NN_STAGE_OPERATOR;
}

static void
scan_token (NnCursor *self, NnTokens *tokens)
{
  const NnToken token = tokens->token;

  if (self->stage <= NN_STAGE_BEHIND_TARGET || self->depth > 0 ||
      self->stage == NN_STAGE_NONE) {
    scan_target (self, &token);
  } else if (nn_token_is (&token, '@')) {
    self->stage = NN_STAGE_WHEN;
    self->when_at = token.end;
  } else if (scan_key (self, tokens)) {
    return;
  } else if (self->stage >= NN_STAGE_AMOUNT) {
    self->stage = NN_STAGE_BEHIND_FUNCTION;
  } else if (self->stage != NN_STAGE_WHEN && self->stage != NN_STAGE_BEHIND_FUNCTION) {
    scan_function (self, &token);
  } else if (self->stage == NN_STAGE_BEHIND_FUNCTION && self->named) {
    scan_function (self, &token);
  }
}

/**
 * nn_cursor_find:
 * @head: the text before the cursor
 */
NnCursor
nn_cursor_find (const char *head)
{
  NnCursor self = { .stage = NN_STAGE_TARGET };
  NnTokens tokens;

  nn_tokens_init (&tokens, head, head);
  for (; tokens.token.kind != NN_TOKEN_END; nn_tokens_next (&tokens))
    scan_token (&self, &tokens);
  return self;
}
