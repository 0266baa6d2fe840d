/* nn-reader-tail.c - what follows a nudge's function
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/nudge/nn-amount.h"
#include "nn/nudge/nn-reader.h"

/* Before the white space in front of @at. */
const char *
nn_reader_skip_back (const char *text, const char *at)
{
  while (at > text && g_ascii_isspace (at[-1]))
    at--;
  return at;
}

static gboolean
is_key (const NnTokens *tokens, const char *key)
{
  const NnToken next = nn_tokens_peek (tokens);

  return nn_token_is_word (&tokens->token, key) && nn_token_is (&next, '=');
}

gboolean
nn_reader_is_behind_function (const NnTokens *tokens)
{
  return tokens->token.kind == NN_TOKEN_END || nn_token_is (&tokens->token, '@') ||
         is_key (tokens, "a") || is_key (tokens, "memory") || is_key (tokens, "else");
}

static gboolean
fail_second (NnReader *self, const char *what)
{
  const char *at = self->tokens.token.start;

  nn_fault_fix (self->fault, at, at + strlen (at), "%s", "");
  return nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->tokens.token.start,
                       "a second %s: take one of them out", what);
}

static void
skip_key (NnReader *self)
{
  nn_tokens_next (&self->tokens);
  nn_tokens_next (&self->tokens);
}

static gboolean
read_amount (NnReader *self)
{
  const char *at = self->tokens.token.start;
  const char *start;

  if (self->amount_at != NULL)
    return fail_second (self, "amount");
  skip_key (self);
  start = self->tokens.token.start;
  if (!nn_amount_read (&self->amount, &self->tokens, self->fault))
    return FALSE;
  self->amount_at = at;
  self->amount_start = start;
  self->amount_end = nn_reader_skip_back (start, self->tokens.token.start);
  return TRUE;
}

static gboolean
read_when (NnReader *self)
{
  if (self->when_at != NULL)
    return fail_second (self, "'@'");
  self->when_at = self->tokens.token.start;
  nn_tokens_next (&self->tokens);
  return nn_time_read (&self->time, &self->tokens, self->fault);
}

/* "zero-all" is three tokens. */
static gboolean
accept_all (NnTokens *tokens)
{
  NnTokens ahead = *tokens;

  if (!nn_token_is (&ahead.token, '-') || ahead.token.spaced)
    return FALSE;
  nn_tokens_next (&ahead);
  if (!nn_token_is_word (&ahead.token, "all") || ahead.token.spaced)
    return FALSE;
  nn_tokens_next (&ahead);
  *tokens = ahead;
  return TRUE;
}

static gboolean
read_memory (NnReader *self)
{
  static const struct {
    const char *word;
    NnMemory memory;
  } words[] = {
    { "keep", NN_MEMORY_KEEP },  { "zero", NN_MEMORY_ZERO },
    { "reset", NN_MEMORY_ZERO }, { "clear", NN_MEMORY_ZERO },
    { "zeros", NN_MEMORY_ZERO }, { "zero_all", NN_MEMORY_ZERO_ALL },
  };

  if (self->memory_at != NULL)
    return fail_second (self, "memory=");
  self->memory_at = self->tokens.token.start;
  skip_key (self);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (nn_token_is_word (&self->tokens.token, words[i].word)) {
      nn_tokens_next (&self->tokens);
      self->nudge->memory = words[i].memory;
      if (i == 1 && accept_all (&self->tokens))
        self->nudge->memory = NN_MEMORY_ZERO_ALL;
      return TRUE;
    }
  nn_fault_fix (self->fault, self->tokens.token.start, self->tokens.token.end, "zero");
  return nn_fault_found (self->fault, self->tokens.token.start,
                         "keep, zero (what the optimizer remembers of the target) or "
                         "zero-all (of the whole network)");
}

static gboolean
read_else (NnReader *self)
{
  if (self->else_at != NULL)
    return fail_second (self, "else=");
  self->else_at = self->tokens.token.start;
  skip_key (self);
  if (!nn_token_is_word (&self->tokens.token, "skip")) {
    nn_fault_fix (self->fault, self->tokens.token.start, self->tokens.token.end, "skip");
    return nn_fault_found (self->fault, self->tokens.token.start,
                           "skip: a parameter without finite values stays as it is");
  }
  nn_tokens_next (&self->tokens);
  self->nudge->skips = TRUE;
  return TRUE;
}

/* "0 where abs(w) < 0.1", "abs(w) < 0.1 then 0 else w", and "a=1 000" */
static void
suggest_choice (NnReader *self)
{
  const char *start = self->tokens.token.start;
  const char *rest = self->tokens.token.end;
  const char *end = rest + strcspn (rest, "@");
  const char *otherwise = strstr (rest, " else ");

  end = nn_reader_skip_back (rest, end);
  if (nn_token_is_word (&self->tokens.token, "where"))
    nn_fault_fix (self->fault, start, end, "if%.*s else w", (int) (end - rest), rest);
  if (nn_token_is_word (&self->tokens.token, "then") && otherwise != NULL)
    nn_fault_fix (self->fault, start, otherwise + strlen (" else "),
                  "?%.*s : ", (int) (otherwise - rest), rest);
  if (self->tokens.token.kind == NN_TOKEN_NUMBER && self->amount_at != NULL)
    nn_fault_fix (self->fault, nn_reader_skip_back (self->fault->text, start), start,
                  "%s", "");
}

/* "w if n = 5 else 0", but not "g = 0", which would set g. */
static gboolean
is_in_condition (const NnReader *self, const char *at)
{
  const char *start = self->sign_at.end;
  g_autofree char *before = g_strndup (start, (gsize) (at - start));

  return strpbrk (before, "?<>") != NULL || strchr (at, '?') != NULL ||
         strstr (before, " if ") != NULL || strstr (before, "where") != NULL;
}

static gboolean
fail_rest (NnReader *self)
{
  const NnToken *token = &self->tokens.token;

  suggest_choice (self);
  if (nn_token_is (token, '=') && self->named == NULL) {
    if (is_in_condition (self, token->start))
      nn_fault_fix (self->fault, token->start, token->end, "==");
    return nn_fault_found (self->fault, token->start,
                           "an operator or the end (equality is ==)");
  }
  return nn_fault_found (self->fault, token->start,
                         self->when_at || self->amount_at || self->memory_at
                             ? "'@', a=, memory=, else= or the end"
                             : "an operator, '@', a=, memory=, else= or the end");
}

gboolean
nn_reader_read_rest (NnReader *self)
{
  while (self->tokens.token.kind != NN_TOKEN_END) {
    const gboolean read = nn_token_is (&self->tokens.token, '@') ? read_when (self)
                          : is_key (&self->tokens, "a")          ? read_amount (self)
                          : is_key (&self->tokens, "memory")     ? read_memory (self)
                          : is_key (&self->tokens, "else")       ? read_else (self)
                                                                 : fail_rest (self);

    if (!read)
      return FALSE;
  }
  return TRUE;
}
