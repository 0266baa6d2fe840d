/* nn-reader-tail.c - parses what follows a nudge's function: @, a=, memory=, else=
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/nudge/nn-amount.h"
#include "nn/nudge/nn-reader.h"

/* Returns: the end of the text before @at, without the white space between */
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

/* "a=0.5", and "a: 0.5" */
static gboolean
is_amount (const NnTokens *tokens)
{
  const NnToken next = nn_tokens_peek (tokens);

  return (nn_token_is_word (&tokens->token, "a") ||
          nn_token_is_word (&tokens->token, "amount")) &&
         (nn_token_is (&next, '=') || nn_token_is (&next, ':') ||
          nn_token_is (&next, NN_SIGN_ASSIGN));
}

static gboolean
is_any_key (const NnTokens *tokens)
{
  return is_amount (tokens) || is_key (tokens, "memory") || is_key (tokens, "else");
}

/* Skips what may precede a key: "(a=0.5)", "with a=0.5", ", a=0.5". */
static gboolean
skip_before_key (NnTokens *tokens)
{
  static const char *const words[] = { "with", "where", "for", "using" };
  NnTokens ahead = *tokens;
  gboolean found = nn_token_is (&ahead.token, '(') || nn_token_is (&ahead.token, ',');

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    found |= nn_token_is_word (&ahead.token, words[i]);
  nn_tokens_next (&ahead);
  if (!found || !is_any_key (&ahead))
    return FALSE;
  *tokens = ahead;
  return TRUE;
}

gboolean
nn_reader_is_behind_function (const NnTokens *tokens)
{
  NnTokens ahead = *tokens;

  return tokens->token.kind == NN_TOKEN_END || nn_token_is (&tokens->token, '@') ||
         is_any_key (tokens) || skip_before_key (&ahead);
}

gboolean
nn_reader_is_at_amount (const NnTokens *tokens)
{
  NnTokens ahead = *tokens;

  skip_before_key (&ahead);
  return is_amount (&ahead);
}

static gboolean
fail_second (NnReader *self, const char *what)
{
  const char *at = self->tokens.token.start;

  nn_fault_fix (self->fault, at, at + strlen (at), "%s", "");
  return nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->tokens.token.start,
                       _ ("a second %s: remove one of them"), what);
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

/* "w @ w.T" */
static gboolean
is_matrix (const NnToken *token)
{
  static const char *const names[] = { "w", "w0", "m", "g", "grad" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (nn_token_is_word (token, names[i]))
      return TRUE;
  return nn_token_is (token, '(');
}

/* "@ step 10 @ step 20" */
static void
suggest_further_step (NnReader *self)
{
  NnTokens ahead = self->tokens;
  const char *start = nn_reader_skip_back (self->fault->text, ahead.token.start);

  nn_tokens_next (&ahead);
  if (self->time.when != NN_WHEN_AT_STEP || !nn_token_is_word (&ahead.token, "step"))
    return;
  nn_tokens_next (&ahead);
  nn_fault_fix (self->fault, start, ahead.token.start, ", ");
}

static gboolean
read_when (NnReader *self)
{
  if (self->when_at != NULL) {
    suggest_further_step (self);
    return fail_second (self, "'@'");
  }
  self->when_at = self->tokens.token.start;
  nn_tokens_next (&self->tokens);
  if (is_matrix (&self->tokens.token))
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->when_at,
                         _ ("'@' says when: there is no matrix product in an update "
                            "function, where weights keep their places"));
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
                         _ ("keep, zero (what the optimizer remembers of the target) or "
                            "zero-all (of the whole network)"));
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
                           _ ("skip: a parameter without finite values stays as it is"));
  }
  nn_tokens_next (&self->tokens);
  self->nudge->skips = TRUE;
  return TRUE;
}

/* For "0 where abs(w) < 0.1", "abs(w) < 0.1 then 0 else w", and "a=1 000". */
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

/* Whether an '=' is in a condition ("w if n = 5 else 0"), and should be ==; not in "g =
 * 0", which would set g. */
static gboolean
is_in_condition (const NnReader *self, const char *at)
{
  const char *start = self->sign_at.end;
  g_autofree char *before = g_strndup (start, (gsize) (at - start));

  return strpbrk (before, "?<>") != NULL || strchr (at, '?') != NULL ||
         strstr (before, " if ") != NULL || strstr (before, "where") != NULL;
}

/* "w/2, every step" */
static void
suggest_time (NnReader *self)
{
  const NnToken token = self->tokens.token;
  const NnToken next = nn_tokens_peek (&self->tokens);

  if (nn_token_is (&token, ',') && next.kind == NN_TOKEN_NAME)
    nn_fault_fix (self->fault, token.start, token.end, " @");
}

static gboolean
fail_rest (NnReader *self)
{
  const NnToken *token = &self->tokens.token;

  suggest_choice (self);
  suggest_time (self);
  if (nn_token_is (token, '=') && self->named == NULL) {
    if (is_in_condition (self, token->start))
      nn_fault_fix (self->fault, token->start, token->end, "==");
    return nn_fault_found (self->fault, token->start,
                           _ ("an operator or the end (equality is ==)"));
  }
  return nn_fault_found (self->fault, token->start,
                         self->when_at || self->amount_at || self->memory_at
                             ? _ ("'@', a=, memory=, else= or the end")
                             : _ ("an operator, '@', a=, memory=, else= or the end"));
}

static gboolean
read_one (NnReader *self)
{
  return nn_token_is (&self->tokens.token, '@') ? read_when (self)
         : is_amount (&self->tokens)            ? read_amount (self)
         : is_key (&self->tokens, "memory")     ? read_memory (self)
         : is_key (&self->tokens, "else")       ? read_else (self)
                                                : fail_rest (self);
}

gboolean
nn_reader_read_rest (NnReader *self)
{
  while (self->tokens.token.kind != NN_TOKEN_END) {
    const NnToken before = self->tokens.token;
    const gboolean closes = skip_before_key (&self->tokens) && nn_token_is (&before, '(');

    if (!read_one (self))
      return FALSE;
    while (closes && nn_token_is (&self->tokens.token, ','))
      if (!skip_before_key (&self->tokens) || !read_one (self))
        return fail_rest (self);
    if (closes && !nn_token_is (&self->tokens.token, ')'))
      return nn_fault_found (self->fault, self->tokens.token.start, "')'");
    if (closes)
      nn_tokens_next (&self->tokens);
  }
  return TRUE;
}
