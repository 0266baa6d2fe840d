/* nn-nudge-reader.c - reading a nudge
 *
 * SPDX-License-Identifier: MIT
 *
 *   nudge = targets sign function { "@" when | "a=" amount | "memory=" what | "else=skip" }
 */

#include "nn/nudge/nn-nudge-reader.h"

#include <string.h>

#include "nn/base/nn-text.h"
#include "nn/nudge/nn-amount.h"
#include "nn/nudge/nn-expression-private.h"
#include "nn/nudge/nn-target-private.h"
#include "nn/nudge/nn-time.h"
#include "nn/nudge/nn-words.h"

/* A nudge that is being read. */
typedef struct {
  NnNudge *nudge;
  NnTokens tokens;
  NnFault *fault;
  const NnFunctions *own; /* (nullable) */
  char *path; /* (owned) (nullable) the target's, which is w in the function */
  guint sign; /* before the function */
  NnToken sign_at;
  const char *condition;    /* (nullable) at the '[' of one */
  const NnFunction *named;  /* (nullable) by whose name the function is called */
  gboolean is_called;       /* it is, and not written out */
  const char *amount_at;    /* (nullable) where an amount is given … */
  const char *amount_start; /* … its digits … */
  const char *amount_end;   /* … up to here */
  float amount;
  const char *when_at;
  NnTime time;
  const char *memory_at;
  const char *else_at;
} Reader;

/* Before the white space in front of @at. */
static const char *
skip_back (const char *text, const char *at)
{
  while (at > text && g_ascii_isspace (at[-1]))
    at--;
  return at;
}

/* ---- what follows the function ----------------------------------------------------- */

static gboolean
is_key (const NnTokens *tokens, const char *key)
{
  const NnToken next = nn_tokens_peek (tokens);

  return nn_token_is_word (&tokens->token, key) && nn_token_is (&next, '=');
}

static gboolean
is_behind_function (const NnTokens *tokens)
{
  return tokens->token.kind == NN_TOKEN_END || nn_token_is (&tokens->token, '@') ||
         is_key (tokens, "a") || is_key (tokens, "memory") || is_key (tokens, "else");
}

static gboolean
fail_second (Reader *self, const char *what)
{
  const char *at = self->tokens.token.start;

  nn_fault_fix (self->fault, at, at + strlen (at), "%s", "");
  return nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->tokens.token.start,
                       "a second %s: take one of them out", what);
}

static void
skip_key (Reader *self)
{
  nn_tokens_next (&self->tokens);
  nn_tokens_next (&self->tokens);
}

static gboolean
read_amount (Reader *self)
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
  self->amount_end = skip_back (start, self->tokens.token.start);
  return TRUE;
}

static gboolean
read_when (Reader *self)
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
read_memory (Reader *self)
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
read_else (Reader *self)
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

/* "0 where abs(w) < 0.1" */
static void
suggest_choice (Reader *self)
{
  const char *start = self->tokens.token.start;
  const char *rest = self->tokens.token.end;
  const char *end = rest + strcspn (rest, "@");

  end = skip_back (rest, end);
  if (nn_token_is_word (&self->tokens.token, "where"))
    nn_fault_fix (self->fault, start, end, "if%.*s else w", (int) (end - rest), rest);
}

static gboolean
fail_rest (Reader *self)
{
  const NnToken *token = &self->tokens.token;

  suggest_choice (self);
  if (nn_token_is (token, '=') && self->named == NULL) {
    nn_fault_fix (self->fault, token->start, token->end, "==");
    return nn_fault_found (self->fault, token->start,
                           "an operator or the end (equality is ==)");
  }
  return nn_fault_found (self->fault, token->start,
                         self->when_at || self->amount_at || self->memory_at
                             ? "'@', a=, memory=, else= or the end"
                             : "an operator, '@', a=, memory=, else= or the end");
}

static gboolean
read_rest (Reader *self)
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

/* ---- functions with a name --------------------------------------------------------- */

static const NnFunction *
find_named (const Reader *self, const char *name)
{
  const NnFunction *function = nn_catalogue_find (name, NULL);

  if (function == NULL && self->own != NULL)
    function = nn_functions_find (self->own, name);
  return function;
}

/* "0.9" or "(0.9)", if nothing else of the function follows. */
static void
accept_direct_amount (Reader *self, NnTokens *tokens)
{
  g_auto (NnFault) none = { .text = self->fault->text };
  NnTokens ahead = *tokens;
  const gboolean called = nn_token_is (&ahead.token, '(');
  const char *start, *end;
  float amount;

  if (called)
    nn_tokens_next (&ahead);
  start = ahead.token.start;
  if (!nn_amount_read (&amount, &ahead, &none))
    return;
  end = skip_back (start, ahead.token.start);
  if (called) {
    if (!nn_token_is (&ahead.token, ')'))
      return;
    nn_tokens_next (&ahead);
  }
  if (!is_behind_function (&ahead))
    return;
  *tokens = ahead;
  self->amount = amount;
  self->amount_at = self->amount_start = start;
  self->amount_end = end;
}

/* What reads on as an expression: noise - 0.5. */
static gboolean
may_have_amount (const NnTokens *tokens, const char *name)
{
  return tokens->token.kind == NN_TOKEN_NUMBER || nn_token_is (&tokens->token, '(') ||
         (nn_token_is (&tokens->token, '-') && nn_words_find (name) == NULL);
}

/* A word that is nothing in an expression can only be meant as a function's name, and
 * noise, which is both, is: that weights become it is written (noise). */
static gboolean
accept_named (Reader *self)
{
  g_autofree char *name = NULL;
  NnTokens ahead = self->tokens;
  const NnFunction *function;

  if (ahead.token.kind != NN_TOKEN_NAME)
    return FALSE;
  name = nn_token_dup (&ahead.token);
  function = find_named (self, name);
  if (function == NULL)
    return FALSE;
  nn_tokens_next (&ahead);
  if (nn_token_is (&ahead.token, '=') || nn_token_is (&ahead.token, ':'))
    nn_fault_fix (self->fault, ahead.token.start, ahead.token.end, " ");
  if (!is_behind_function (&ahead) && may_have_amount (&ahead, name))
    accept_direct_amount (self, &ahead);
  if (!is_behind_function (&ahead))
    return FALSE;
  self->tokens = ahead;
  self->named = function;
  return TRUE;
}

/* As people are shown it: "0 where rank < a". */
static gboolean
accept_symbol (Reader *self)
{
  const char *end;
  const NnFunction *function = nn_catalogue_find_symbol (self->tokens.token.start, &end);
  NnTokens ahead;

  if (function == NULL)
    return FALSE;
  nn_tokens_init (&ahead, self->fault->text, end);
  if (!is_behind_function (&ahead))
    return FALSE;
  self->tokens = ahead;
  self->named = function;
  return TRUE;
}

/* A name alone that there is not: it may be a function's or a value's. */
static gboolean
fail_name (Reader *self)
{
  const NnToken token = self->tokens.token;
  NnTokens ahead = self->tokens;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (token.kind != NN_TOKEN_NAME)
    return FALSE;
  name = nn_token_dup (&token);
  nn_tokens_next (&ahead);
  if (!is_behind_function (&ahead) || nn_words_find (name) != NULL ||
      nn_calls_find (name, FALSE) != NULL || nn_hints_find (name) != NULL)
    return FALSE;
  value = nn_words_dup_nearest (name, FALSE);
  nn_catalogue_find (name, &error);
  if (value != NULL && strstr (error->message, "did you mean") == NULL)
    return FALSE;
  if (strstr (error->message, "did you mean ") != NULL) {
    g_autofree char *meant =
        g_strdup (strstr (error->message, "did you mean ") + strlen ("did you mean "));

    meant[strcspn (meant, "?")] = '\0';
    nn_fault_fix (self->fault, token.start, token.end, "%s", meant);
  }
  nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token.start, "%s", error->message);
  return TRUE;
}

/* "fc1 += grow": a function with a name gives all of the new value. */
static gboolean
fail_assigned_name (Reader *self)
{
  NnTokens ahead = self->tokens;
  g_autofree char *name = nn_token_dup (&ahead.token);

  if (ahead.token.kind != NN_TOKEN_NAME || find_named (self, name) == NULL)
    return FALSE;
  nn_tokens_next (&ahead);
  if (!is_behind_function (&ahead) || nn_words_find (name) != NULL)
    return FALSE;
  if (self->condition == NULL)
    nn_fault_fix (self->fault, self->sign_at.start, self->sign_at.end, ":");
  nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->tokens.token.start,
                "%s gives all of the new value: write it behind ':', without a condition",
                name);
  return TRUE;
}

/* ---- functions --------------------------------------------------------------------- */

static NnExpression *
read_written (Reader *self, NnTerm *condition, NnBody *body)
{
  const gboolean assigned = condition != NULL || (self->sign >= NN_SIGN_ADD_TO &&
                                                  self->sign <= NN_SIGN_DIVIDE_BY);

  if (assigned
          ? !nn_grammar_read_assigned (body, &self->tokens, self->path, self->sign,
                                       condition, self->fault)
          : !nn_grammar_read_statements (body, &self->tokens, self->path, self->fault))
    return NULL;
  return nn_expression_new_of (body->statements, body->n, self->fault);
}

/* Reading goes on behind the function. */
static NnExpression *
read_function (Reader *self, NnTerm *condition, NnBody *body)
{
  const NnTokens start = self->tokens;
  const gboolean plain = condition == NULL &&
                         (self->sign < NN_SIGN_ADD_TO || self->sign > NN_SIGN_DIVIDE_BY);
  g_autoptr (NnExpression) expression = NULL;
  NnTokens behind;

  if (plain && accept_named (self)) {
    self->is_called = TRUE;
    return nn_expression_new (self->named->expression, NULL);
  }
  if (plain && fail_name (self))
    return NULL;
  if (!plain && fail_assigned_name (self))
    return NULL;
  if (is_behind_function (&start)) {
    nn_fault_fix (self->fault, start.token.start, start.token.start, " 0.9*w ");
    nn_fault_found (self->fault, start.token.start, "a number, a name or '('");
    return NULL;
  }
  expression = read_written (self, condition, body);
  if (!plain || (expression != NULL && is_behind_function (&self->tokens)))
    return g_steal_pointer (&expression);
  behind = self->tokens;
  self->tokens = start;
  if (!accept_symbol (self)) {
    self->tokens = behind;
    return g_steal_pointer (&expression);
  }
  nn_fault_clear (self->fault);
  return nn_expression_new (self->named->expression, NULL);
}

/* In brackets behind the target. */
static NnTerm *
read_condition (Reader *self, NnBody *body)
{
  NnTerm *condition;

  nn_tokens_init (&self->tokens, self->fault->text, self->condition + 1);
  condition = nn_grammar_read_expression (body, &self->tokens, self->path, self->fault);
  if (condition == NULL)
    return NULL;
  if (!nn_token_is (&self->tokens.token, ']')) {
    nn_fault_found (self->fault, self->tokens.token.start, "an operator or ']'");
    return NULL;
  }
  nn_tokens_next (&self->tokens);
  return condition;
}

/* ---- the beginning ----------------------------------------------------------------- */

/* "fc1.weight.mul_(0.9)" */
static void
suggest_method (Reader *self)
{
  const NnTarget *target = &self->nudge->target;
  const char *dot = strrchr (target->layer, '.');
  const char *at = self->tokens.token.start;

  if (dot == NULL || !nn_token_is (&self->tokens.token, '(') ||
      nn_calls_find (dot + 1, FALSE) == NULL)
    return;
  while (at > self->fault->text && *at != '.')
    at--;
  nn_fault_fix (self->fault, at, at + 1, ": w.");
}

static gboolean
read_sign (Reader *self)
{
  const NnToken token = self->tokens.token;
  const NnHint *hint = nn_hints_find (self->nudge->target.layer);

  self->sign = token.sign;
  self->sign_at = token;
  if (nn_token_is (&token, ':') || nn_grammar_is_assignment (&token)) {
    nn_tokens_next (&self->tokens);
    return TRUE;
  }
  if (hint != NULL && token.kind != NN_TOKEN_END) {
    const char *colon = strstr (self->fault->text, "):");

    if (colon != NULL)
      nn_fault_fix (self->fault, self->fault->text, colon + 2, "%s", "");
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->fault->text,
                         "found '%s', expected a target: %s", self->nudge->target.layer,
                         hint->hint);
  }
  if (nn_token_is (&token, '+') || nn_token_is (&token, '&') ||
      nn_token_is_word (&token, "and"))
    nn_fault_fix (self->fault, skip_back (self->fault->text, token.start),
                  nn_token_skip_space (token.end), ", ");
  if (token.kind == NN_TOKEN_END)
    nn_fault_fix (self->fault, token.start, token.end, ": 0.9*w");
  suggest_method (self);
  return nn_fault_found (self->fault, token.start, "':' after the target");
}

/* The name of one parameter, which is w in its function. */
static char *
dup_path (const NnTarget *target)
{
  if (target->next != NULL || nn_target_is_pattern (target) ||
      target->part == NN_PART_BOTH)
    return NULL;
  return g_strdup_printf ("%s%s", target->layer,
                          target->part == NN_PART_WEIGHT ? ".weight" : ".bias");
}

/* ---- all of it --------------------------------------------------------------------- */

static gboolean
settle_amount (Reader *self)
{
  NnNudge *nudge = self->nudge;
  const char *text = nn_expression_get_text (nudge->expression);
  const NnFunction *function =
      self->named != NULL ? self->named : nn_catalogue_find_expression (text);
  g_autofree char *quoted = nn_text_dup_quoted (text);
  const gboolean uses_amount = nn_expression_uses_amount (nudge->expression);

  if (self->amount_at != NULL && !uses_amount) {
    nn_fault_fix (self->fault, skip_back (self->fault->text, self->amount_at),
                  self->amount_end, "%s", "");
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->amount_at,
                         "an amount is given, but %s does not use a: take the amount "
                         "out, or use a",
                         quoted);
  }
  if (self->amount_at == NULL && uses_amount && function == NULL) {
    const char *end = self->fault->text + strlen (self->fault->text);

    nn_fault_fix (self->fault, end, end, " a=0.001");
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, end,
                         "%s uses a, but no amount is given: add one, as in a=0.001",
                         quoted);
  }
  if (self->amount_at != NULL)
    nudge->amount = self->amount;
  else
    nudge->amount = uses_amount ? function->usual : 0;
  return !self->is_called || self->amount_at == NULL ||
         nn_amount_check (self->amount, self->named, self->amount_start, self->amount_end,
                          self->fault);
}

/* What does something only as a nudge that repeats is not applied once. */
static gboolean
check_when (Reader *self)
{
  if (!self->is_called || !self->named->needs_repeating ||
      self->time.when != NN_WHEN_AT_STEP)
    return TRUE;
  nn_fault_fix (self->fault, self->when_at, self->tokens.token.start, "%s", "");
  return nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->when_at,
                       "%s does something only where it repeats: leave the step out",
                       self->named->name);
}

static gboolean
read_all (Reader *self, NnBody *body)
{
  NnNudge *nudge = self->nudge;
  const char *at = self->fault->text;
  NnTerm *condition = NULL;

  if (!nn_target_read (&nudge->target, &at, &self->condition, self->fault))
    return FALSE;
  self->path = dup_path (&nudge->target);
  nn_tokens_init (&self->tokens, self->fault->text, at);
  if (self->condition != NULL && !(condition = read_condition (self, body)))
    return FALSE;
  if (!read_sign (self))
    return FALSE;
  nudge->expression = read_function (self, condition, body);
  if (nudge->expression == NULL || !read_rest (self) || !settle_amount (self) ||
      !check_when (self))
    return FALSE;
  nudge->when = self->time.when;
  nudge->before_backward = self->time.before_backward;
  nudge->interval = self->time.interval;
  nudge->from = self->time.from;
  nudge->to = self->time.to;
  return TRUE;
}

/**
 * nn_nudge_read:
 * @self: (inout): zeros; then what @text says, as far as it was read
 * @text: valid UTF-8
 * @own: (nullable): functions whose names may stand in @text, too
 */
gboolean
nn_nudge_read (NnNudge *self, const char *text, const NnFunctions *own, NnFault *fault)
{
  g_auto (NnBody) body = { 0 };
  Reader reader = { .nudge = self,
                    .fault = fault,
                    .own = own,
                    .time = { .when = NN_WHEN_EVERY_STEPS, .interval = 1 } };
  gboolean read;

  nn_body_init (&body);
  read = read_all (&reader, &body);
  g_free (reader.path);
  return read;
}

/**
 * nn_nudge_read_function:
 * @text: valid UTF-8: an expression, or a name from the catalogue, and nothing else
 *
 * Returns: (nullable):
 */
NnExpression *
nn_nudge_read_function (const char *text, NnFault *fault)
{
  g_auto (NnBody) body = { 0 };
  g_autoptr (NnExpression) expression = NULL;
  Reader reader = { .fault = fault, .sign = ':' };

  nn_body_init (&body);
  nn_tokens_init (&reader.tokens, text, text);
  expression = read_function (&reader, NULL, &body);
  if (expression == NULL)
    return NULL;
  if (reader.amount_at != NULL || reader.tokens.token.kind != NN_TOKEN_END) {
    nn_fault_found (fault,
                    reader.amount_at ? reader.amount_at : reader.tokens.token.start,
                    "an operator or the end");
    return NULL;
  }
  return g_steal_pointer (&expression);
}
