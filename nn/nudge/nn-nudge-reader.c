/* nn-nudge-reader.c - the parser of nudges
 *
 * SPDX-License-Identifier: MIT
 *
 *   nudge = targets sign function { "@" when | "a=" amount | "memory=" what | "else=skip"
 *   }
 */

#include "nn/nudge/nn-nudge-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-number.h"
#include "nn/base/nn-text.h"
#include "nn/expression/nn-hints.h"
#include "nn/expression/nn-words.h"
#include "nn/nudge/nn-amount.h"
#include "nn/nudge/nn-reader.h"
#include "nn/nudge/nn-target-private.h"

/* ---- targets and ':' --------------------------------------------------------------- */

/* "fc1.weight.mul_(0.9)" */
static void
suggest_method (NnReader *self)
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

/* "nn.init.zeros_(fc1.bias)" */
static void
suggest_assignment (NnReader *self)
{
  const char *name = strrchr (self->nudge->target.layer, '.');
  const NnHint *hint = name != NULL ? nn_hints_find (name + 1) : NULL;
  const char *text = self->fault->text;
  const char *path = self->tokens.token.end;
  const char *end = path + strcspn (path, ",)");
  const char *close = end + strcspn (end, ")");
  const int length = (int) (end - path);

  if (name == NULL || !nn_token_is (&self->tokens.token, '(') || length < 1 ||
      *close == '\0' || memchr (path, '(', (gsize) length) != NULL)
    return;
  if (hint != NULL && hint->fix != NULL)
    nn_fault_fix (self->fault, text, close + 1, "%.*s: %s", length, path, hint->fix);
  else if (g_str_has_prefix (text, "nn.") || g_str_has_prefix (text, "torch.") ||
           g_str_has_prefix (text, "F."))
    nn_fault_fix (self->fault, text, end, "%.*s: %s(w", length, path,
                  self->nudge->target.layer);
}

/* "fc1[0].weight" and "fc1/weight" */
static void
suggest_part (NnReader *self)
{
  const char *text = self->fault->text;
  const NnToken token = self->tokens.token;
  const NnToken next = nn_tokens_peek (&self->tokens);
  const char *close = nn_reader_skip_back (text, token.start);
  const char *open = close;

  if (!nn_token_is_word (&next, "weight") && !nn_token_is_word (&next, "bias"))
    return;
  if (nn_token_is (&token, '/'))
    nn_fault_fix (self->fault, close, next.start, ".");
  if (!nn_token_is (&token, '.') || close == text || close[-1] != ']')
    return;
  while (open > text && *open != '[')
    open--;
  if (*open == '[')
    nn_fault_fix (self->fault, open, next.end, ".%.*s%.*s", (int) (next.end - next.start),
                  next.start, (int) (close - open), open);
}

/* "all weights", "every layer", and "fc1 weights" */
static void
suggest_all (NnReader *self, const NnToken *token)
{
  const NnTarget *target = &self->nudge->target;
  const char *start = nn_reader_skip_back (self->fault->text, token->start);
  const gboolean all = strcmp (target->layer, "all") == 0 ||
                       strcmp (target->layer, "every") == 0 ||
                       strcmp (target->layer, "each") == 0;
  const char *part = nn_token_is_word (token, "weights")  ? ".weight"
                     : nn_token_is_word (token, "biases") ? ".bias"
                                                          : NULL;

  if (all && (nn_token_is_word (token, "layer") || nn_token_is_word (token, "layers")))
    nn_fault_fix (self->fault, self->fault->text, token->end, "*");
  else if (part != NULL && all)
    nn_fault_fix (self->fault, self->fault->text, token->end, "*%s", part);
  else if (part != NULL)
    nn_fault_fix (self->fault, start, token->end, "%s", part);
}

/* For "fc1 == 0", "fc1 <- 0" and "fc1 -> 0", and for "fc1 a=0.5", which has
 * no function. */
static void
suggest_sign (NnReader *self)
{
  const NnToken token = self->tokens.token;
  const NnToken next = nn_tokens_peek (&self->tokens);
  const char *start = nn_reader_skip_back (self->fault->text, token.start);

  if (nn_reader_is_behind_function (&self->tokens))
    nn_fault_fix (self->fault, start, token.start,
                  nn_reader_is_at_amount (&self->tokens) ? ": a*w " : ": 0.9*w ");
  suggest_all (self, &token);
  if (nn_token_is (&token, '+') || nn_token_is (&token, '&') ||
      nn_token_is (&token, ';') || nn_token_is_word (&token, "and"))
    nn_fault_fix (self->fault, start, nn_token_skip_space (token.end), ", ");
  if (nn_token_is_word (&token, "weight") || nn_token_is_word (&token, "bias"))
    nn_fault_fix (self->fault, start, token.start, ".");
  else if (token.kind == NN_TOKEN_NAME && nn_token_is (&next, ':'))
    nn_fault_fix (self->fault, start, token.start, ", ");
  if (nn_token_is (&token, NN_SIGN_EQUAL))
    nn_fault_fix (self->fault, start, token.end, ":");
  if ((nn_token_is (&token, '<') && nn_token_is (&next, '-')) ||
      (nn_token_is (&token, '-') && nn_token_is (&next, '>')))
    nn_fault_fix (self->fault, start, next.end, ":");
}

static gboolean
read_sign (NnReader *self)
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
                         _ ("found '%s', expected a target: %s"),
                         self->nudge->target.layer, _ (hint->hint));
  }
  suggest_part (self);
  suggest_sign (self);
  suggest_assignment (self);
  suggest_method (self);
  return nn_fault_found (self->fault, token.start, _ ("':' after the target"));
}

/* Returns: (transfer full) (nullable): the path of a single parameter, which means w in
 *   its function */
static char *
dup_path (const NnTarget *target)
{
  if (target->next != NULL || nn_target_is_pattern (target) ||
      target->part == NN_PART_BOTH)
    return NULL;
  return g_strdup_printf ("%s%s", target->layer,
                          target->part == NN_PART_WEIGHT ? ".weight" : ".bias");
}

/* ---- the whole nudge --------------------------------------------------------------- */

/* Reads the condition in brackets after the target. */
static NnTerm *
read_condition (NnReader *self, NnBody *body)
{
  NnTerm *condition;

  nn_tokens_init (&self->tokens, self->fault->text, self->condition + 1);
  condition = nn_grammar_read_expression (body, &self->tokens, self->path, self->fault);
  if (condition == NULL)
    return NULL;
  if (!nn_token_is (&self->tokens.token, ']')) {
    nn_fault_found (self->fault, self->tokens.token.start, _ ("an operator or ']'"));
    return NULL;
  }
  nn_tokens_next (&self->tokens);
  return condition;
}

/* Suggests to remove the amount, with a '(' or ',' before it and a ')' after it. */
static void
suggest_no_amount (NnReader *self)
{
  const char *text = self->fault->text;
  const char *start = nn_reader_skip_back (text, self->amount_at);
  const char *end = self->amount_end;
  const char *close = nn_token_skip_space (end);

  if (start > text && start[-1] == '(' && *close == ')')
    end = close + 1;
  if (start > text && (start[-1] == '(' || start[-1] == ','))
    start = nn_reader_skip_back (text, start - 1);
  nn_fault_fix (self->fault, start, end, "%s", "");
}

static gboolean
settle_amount (NnReader *self)
{
  NnNudge *nudge = self->nudge;
  const char *text = nn_expression_get_text (nudge->expression);
  const NnFunction *function =
      self->named != NULL ? self->named : nn_catalogue_find_expression (text);
  g_autofree char *quoted = nn_text_dup_quoted (text);
  const gboolean uses_amount = nn_expression_uses_amount (nudge->expression);

  if (self->amount_at != NULL && !uses_amount) {
    suggest_no_amount (self);
    return nn_fault_set (
        self->fault, NN_ERROR_SYNTAX, self->amount_at,
        _ ("an amount is given, but %s does not use a: remove the amount, or use a"),
        quoted);
  }
  if (self->amount_at == NULL && uses_amount && function == NULL) {
    const char *end = self->fault->text + strlen (self->fault->text);

    nn_fault_fix (self->fault, end, end, " a=0.001");
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, end,
                         _ ("%s uses a, but no amount is given: add one, as in a=0.001"),
                         quoted);
  }
  if (self->amount_at != NULL)
    nudge->exact_amount = self->amount;
  else
    nudge->exact_amount = uses_amount ? nn_number_widen (function->usual) : 0;
  nudge->amount = (float) nudge->exact_amount;
  return !self->is_called || self->amount_at == NULL ||
         nn_amount_check (nudge->amount, self->named, self->amount_start,
                          self->amount_end, self->fault);
}

/* Refuses a single application of a function that needs_repeating. */
static gboolean
check_when (NnReader *self)
{
  if (!self->is_called || !self->named->needs_repeating ||
      !nn_time_names_some (&self->time))
    return TRUE;
  nn_fault_fix (self->fault, self->when_at, self->tokens.token.start, "%s", "");
  return nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->when_at,
                       _ ("%s does something only where it repeats: leave the step out"),
                       self->named->name);
}

static gboolean
read_all (NnReader *self, NnBody *body)
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
  nudge->expression = nn_reader_read_function (self, condition, body);
  if (nudge->expression == NULL || !nn_reader_read_rest (self) || !settle_amount (self) ||
      !check_when (self))
    return FALSE;
  nudge->time = self->time;
  return TRUE;
}

/**
 * nn_nudge_read:
 * @self: (inout): all zero except target.of_array; then as much as could be parsed
 * @text: valid UTF-8
 * @own: (nullable): the user's own functions
 *
 * Returns: FALSE, with @fault set, if @text is not a nudge
 */
gboolean
nn_nudge_read (NnNudge *self, const char *text, const NnFunctions *own, NnFault *fault)
{
  g_auto (NnBody) body = { 0 };
  NnReader reader = { .nudge = self,
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
 * Returns: (transfer full) (nullable): NULL with @fault set
 */
NnExpression *
nn_nudge_read_function (const char *text, NnFault *fault)
{
  g_auto (NnBody) body = { 0 };
  g_autoptr (NnExpression) expression = NULL;
  NnReader reader = { .fault = fault, .sign = ':' };

  nn_body_init (&body);
  nn_tokens_init (&reader.tokens, text, text);
  expression = nn_reader_read_function (&reader, NULL, &body);
  if (expression == NULL)
    return NULL;
  if (reader.amount_at != NULL || reader.tokens.token.kind != NN_TOKEN_END) {
    nn_fault_found (fault,
                    reader.amount_at ? reader.amount_at : reader.tokens.token.start,
                    _ ("an operator or the end"));
    return NULL;
  }
  return g_steal_pointer (&expression);
}
