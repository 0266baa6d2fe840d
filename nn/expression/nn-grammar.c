/* nn-grammar.c - the parser of update functions: statements
 *
 * SPDX-License-Identifier: MIT
 *
 *   statements = statement { ";" statement }
 *   statement  = [ ( "w" | "m" ) ("=" | ":=" | "+=" | "-=" | "*=" | "/=") ] choice
 *
 * A recursive descent parser, in several files (nn-parser.h), that makes a tree.
 */

#include "nn/expression/nn-grammar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/expression/nn-parser.h"

/**
 * nn_grammar_is_assignment:
 *
 * Returns: whether it is an assignment: =, :=, +=, -=, *= or /=
 */
gboolean
nn_grammar_is_assignment (const NnToken *token)
{
  return token->kind == NN_TOKEN_SIGN &&
         (token->sign == '=' ||
          (token->sign >= NN_SIGN_ADD_TO && token->sign <= NN_SIGN_ASSIGN));
}

static NnOp
get_assigned_op (guint sign)
{
  return sign == NN_SIGN_ADD_TO          ? NN_OP_ADD
         : sign == NN_SIGN_SUBTRACT_FROM ? NN_OP_SUBTRACT
         : sign == NN_SIGN_MULTIPLY_BY   ? NN_OP_MULTIPLY
                                         : NN_OP_DIVIDE;
}

/* Suggests the function without its _, which is not in place. */
static void
suggest_plain (NnParser *self)
{
  const char *end = self->in_place_at + strcspn (self->in_place_at, "_(");

  while (g_ascii_isalnum (end[1]) || end[1] == '_')
    end += strcspn (end + 1, "_(") + 1;
  nn_fault_fix (self->fault, end, end + 1, "%s", "");
}

/* Makes a method such as w.mul_ () an assignment to w.
 * @variable: (inout): the variable that the statement sets; 0 if it does not say */
static gboolean
settle_in_place (NnParser *self, const NnTerm *term, char *variable)
{
  const char changed = self->in_place_of;

  if (self->in_place == NULL)
    return TRUE;
  if (term != self->in_place || (*variable != 0 && *variable != changed))
    suggest_plain (self);
  if (term != self->in_place)
    return nn_fault_set (
        self->fault, NN_ERROR_SYNTAX, self->in_place_at,
        _ ("what changes %c in place stands alone: leave the _ out of its name"),
        changed);
  if (*variable != 0 && *variable != changed)
    return nn_fault_set (
        self->fault, NN_ERROR_SYNTAX, self->in_place_at,
        _ ("it changes %c, and %c is set: leave the _ out, or write two statements"),
        changed, *variable);
  *variable = changed;
  return TRUE;
}

/* Reads the right side of an assignment: "w -= x" is "w = w - x".
 * @variable: (inout): w, m or 0
 * @sign: the assignment */
static NnTerm *
read_value (NnParser *self, char *variable, guint sign)
{
  const NnOp op = *variable == 'm' ? NN_OP_SLOW : NN_OP_WEIGHT;
  const char *at = nn_parser_get_start (self);
  NnTerm *term;

  self->in_place = NULL;
  self->statement = nn_parser_get_token (self)->start;
  term = nn_parser_read_choice (self);
  if (term == NULL || !settle_in_place (self, term, variable))
    return NULL;
  if (sign >= NN_SIGN_ADD_TO && sign <= NN_SIGN_DIVIDE_BY)
    term =
        nn_parser_add (self, NN_TERM_OPERATION, get_assigned_op (sign),
                       nn_parser_add_word (self, nn_words_find_op (op), at), term, NULL);
  return term;
}

static gboolean
is_variable (const NnToken *token)
{
  return nn_token_is_word (token, "w") || nn_token_is_word (token, "m");
}

/* Accepts "w =" or "w.data =".
 *
 * Returns: the variable, with the assignment read; 0 if there is no assignment */
static char
accept_variable (NnParser *self, guint *sign)
{
  const NnToken token = *nn_parser_get_token (self);
  NnTokens ahead = *self->tokens;

  *sign = '=';
  if (!is_variable (&token))
    return 0;
  nn_tokens_next (&ahead);
  if (nn_token_is (&ahead.token, '.')) {
    nn_tokens_next (&ahead);
    if (!nn_token_is_word (&ahead.token, "data"))
      return 0;
    nn_tokens_next (&ahead);
  }
  if (!nn_grammar_is_assignment (&ahead.token))
    return 0;
  *sign = ahead.token.sign;
  nn_tokens_next (&ahead);
  *self->tokens = ahead;
  return *token.start;
}

/* Refuses "w <- 0.9*w", which would parse as w < -0.9*w, and "+ 0.1", which would be 0.1:
 * neither is meant. */
static gboolean
check_beginning (NnParser *self)
{
  const NnToken token = *nn_parser_get_token (self);
  NnTokens ahead = *self->tokens;
  NnToken next;

  nn_tokens_next (&ahead);
  next = nn_tokens_peek (&ahead);
  if (nn_token_is (&token, '+') && ahead.token.kind == NN_TOKEN_NUMBER) {
    nn_fault_fix (self->fault, token.start, token.start, "w ");
    return nn_fault_set (
        self->fault, NN_ERROR_SYNTAX, token.start,
        _ ("'+' before a number may mean two things: write w + it, or the number alone"));
  }
  if (!is_variable (&token) || next.spaced ||
      !((nn_token_is (&ahead.token, '-') && nn_token_is (&next, '>')) ||
        (nn_token_is (&ahead.token, '<') && nn_token_is (&next, '-') &&
         g_ascii_isspace (*next.end))))
    return TRUE;
  nn_fault_fix (self->fault, ahead.token.start, next.end, "=");
  return nn_fault_set (
      self->fault, NN_ERROR_SYNTAX, ahead.token.start,
      _ ("'%.*s' may mean two things: write = to set %c, or < - to compare"),
      (int) (next.end - ahead.token.start), ahead.token.start, *token.start);
}

static gboolean
read_statement (NnParser *self, NnBody *body)
{
  const char *at = nn_parser_get_token (self)->start;
  guint sign;
  char variable = accept_variable (self, &sign);
  NnTerm *value;

  if (variable == 0 && !check_beginning (self))
    return FALSE;
  value = read_value (self, &variable, sign);
  if (value == NULL)
    return FALSE;
  if (body->n == NN_STATEMENTS)
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, at, _ ("more than %d statements"),
                         NN_STATEMENTS);
  body->statements[body->n++] = (NnStatement){ variable == 'm' ? 'm' : 'w', value };
  if (variable == 0 && nn_token_is (nn_parser_get_token (self), ';')) {
    const NnToken next = nn_tokens_peek (self->tokens);

    if (next.kind == NN_TOKEN_NAME || next.kind == NN_TOKEN_NUMBER) {
      nn_fault_fix (self->fault, at, at, "w = ");
      return nn_fault_set (self->fault, NN_ERROR_SYNTAX, at,
                           _ ("only the last statement goes without w ="));
    }
  }
  return TRUE;
}

static NnParser
parser_init (NnBody *body, NnTokens *tokens, const char *path, NnFault *fault)
{
  return (NnParser){ .tokens = tokens,
                     .tree = &body->tree,
                     .path = path,
                     .fault = fault,
                     .read = nn_parser_read_choice };
}

void
nn_body_init (NnBody *self)
{
  nn_tree_init (&self->tree);
  self->n = 0;
}

void
nn_body_clear (NnBody *self)
{
  nn_tree_clear (&self->tree);
}

/**
 * nn_grammar_read_statements:
 * @body: initialised; the statements are appended
 * @tokens: (inout): at the first token; then at the first one after the statements
 * @path: (nullable): the target's path, "fc1.weight", which means w
 *
 * Returns: FALSE, with @fault set, if there is no statement or one is not valid
 */
gboolean
nn_grammar_read_statements (NnBody *body,
                            NnTokens *tokens,
                            const char *path,
                            NnFault *fault)
{
  NnParser parser = parser_init (body, tokens, path, fault);

  do {
    if (body->n > 0 &&
        (tokens->token.kind == NN_TOKEN_END || nn_token_is (&tokens->token, '@')))
      break;
    if (!read_statement (&parser, body))
      return FALSE;
    g_assert (parser.nesting == 0);
  } while (nn_parser_accept (&parser, ';'));
  return TRUE;
}

/**
 * nn_grammar_read_assigned:
 * @sign: the assignment before the value: '=', NN_SIGN_ADD_TO …
 * @condition: (nullable): w is kept where it is 0
 *
 * Reads a single expression, of "fc1 += 0.1" or "fc1[w < 0] = 0", as a statement that
 * sets w.
 *
 * Returns: FALSE, with @fault set, if it is not valid
 */
gboolean
nn_grammar_read_assigned (NnBody *body,
                          NnTokens *tokens,
                          const char *path,
                          guint sign,
                          NnTerm *condition,
                          NnFault *fault)
{
  NnParser parser = parser_init (body, tokens, path, fault);
  const char *at = tokens->token.start;
  char variable = 'w';
  NnTerm *value = read_value (&parser, &variable, sign);

  if (value == NULL)
    return FALSE;
  if (condition != NULL)
    value =
        nn_parser_add (&parser, NN_TERM_OPERATION, NN_OP_CHOOSE, condition, value,
                       nn_parser_add_word (&parser, nn_words_find_op (NN_OP_WEIGHT), at));
  body->statements[body->n++] = (NnStatement){ 'w', value };
  return TRUE;
}

/**
 * nn_grammar_read_expression:
 *
 * Returns: (transfer none) (nullable): an expression, owned by @body; NULL with
 *   @fault set
 */
NnTerm *
nn_grammar_read_expression (NnBody *body,
                            NnTokens *tokens,
                            const char *path,
                            NnFault *fault)
{
  NnParser parser = parser_init (body, tokens, path, fault);

  return nn_parser_read_choice (&parser);
}
