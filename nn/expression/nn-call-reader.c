/* nn-call-reader.c - parses function calls in an expression
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/expression/nn-parser.h"

NnTerm *
nn_parser_fail_no_function (NnParser *self, const char *start)
{
  const char *at = nn_parser_get_token (self)->start;
  g_autofree char *before = g_strndup (start, (gsize) (at - start));

  nn_fault_fix (self->fault, at, at, "*");
  nn_fault_set (
      self->fault, NN_ERROR_SYNTAX, at,
      _ ("found '(' behind %s, which is no function: write %s*(…) for a product"),
      strlen (before) < 30 ? before : _ ("a value"), strlen (before) < 30 ? before : "…");
  return NULL;
}

/* Accepts "w.shape", "*w.shape" or "w.size()" as an argument.
 *
 * Returns: FALSE if the next tokens are none of these */
static gboolean
accept_shape (NnParser *self)
{
  NnTokens ahead = *self->tokens;
  gboolean call;

  if (nn_token_is (&ahead.token, '*'))
    nn_tokens_next (&ahead);
  if (!nn_token_is_word (&ahead.token, "w"))
    return FALSE;
  nn_tokens_next (&ahead);
  if (!nn_token_is (&ahead.token, '.'))
    return FALSE;
  nn_tokens_next (&ahead);
  call = nn_token_is_word (&ahead.token, "size");
  if (!call && !nn_token_is_word (&ahead.token, "shape"))
    return FALSE;
  nn_tokens_next (&ahead);
  if (call) {
    if (!nn_token_is (&ahead.token, '('))
      return FALSE;
    nn_tokens_next (&ahead);
    if (!nn_token_is (&ahead.token, ')'))
      return FALSE;
    nn_tokens_next (&ahead);
  }
  *self->tokens = ahead;
  return TRUE;
}

static gboolean
read_argument (NnParser *self, NnArgument *argument)
{
  static const struct {
    const char *word;
    NnArgumentKind kind;
  } words[] = { { "True", NN_ARGUMENT_TRUE },
                { "False", NN_ARGUMENT_FALSE },
                { "None", NN_ARGUMENT_NONE } };
  const NnToken next = nn_tokens_peek (self->tokens);

  argument->start = nn_parser_get_start (self);
  if (nn_parser_get_token (self)->kind == NN_TOKEN_NAME && nn_token_is (&next, '=')) {
    argument->name = nn_token_dup (nn_parser_get_token (self));
    nn_tokens_next (self->tokens);
    nn_tokens_next (self->tokens);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (nn_parser_accept_word (self, words[i].word)) {
      argument->kind = words[i].kind;
      return TRUE;
    }
  if (accept_shape (self)) {
    argument->kind = NN_ARGUMENT_SHAPE;
    return TRUE;
  }
  argument->kind = NN_ARGUMENT_VALUE;
  argument->term = self->read (self);
  return argument->term != NULL;
}

/* Reads arguments up to and including the ')', after the '('. */
static gboolean
read_arguments (NnParser *self, NnCalling *calling)
{
  if (nn_parser_accept (self, ')'))
    return TRUE;
  do {
    NnArgument *argument = &calling->given[calling->n_given];

    if (calling->n_given == NN_CALL_ARGUMENTS)
      return nn_fault_set (self->fault, NN_ERROR_SYNTAX,
                           nn_parser_get_token (self)->start,
                           _ ("there are too many arguments"));
    calling->n_given++;
    if (!read_argument (self, argument))
      return FALSE;
    argument->end = nn_parser_get_token (self)->start;
    while (argument->end > argument->start && g_ascii_isspace (argument->end[-1]))
      argument->end--;
  } while (nn_parser_accept (self, ','));
  return nn_parser_accept (self, ')') ||
         nn_parser_fail_expecting (self, _ ("an operator, ',' or ')'")) != NULL;
}

static NnTerm *
add_usual (NnTree *tree, const char *at, const char *usual)
{
  const gboolean negative = *usual == '-';
  NnTerm *number = nn_tree_add_number (tree, at, usual + negative);

  return negative ? nn_tree_add (tree, NN_TERM_OPERATION, NN_OP_NEGATE, at, 1, &number)
                  : number;
}

static gboolean
bind_meaning (NnParser *self, const NnCalling *calling, NnMeaning *meaning)
{
  meaning->calling = calling;
  for (guint i = 0; i < calling->n_parameters; i++) {
    const NnArgument *argument = &calling->bound[i];
    g_autofree char *usual = nn_calling_dup_default (calling, i);

    meaning->arguments[i] = argument->term;
    if (argument->kind == NN_ARGUMENT_ABSENT && usual != NULL)
      meaning->arguments[i] = add_usual (self->tree, calling->at, usual);
  }
  return TRUE;
}

/* Sets the dimension of a statistic, or of the statistic in a square (var is std²). */
static void
set_dim (NnTerm *term, int dim)
{
  if (term->kind != NN_TERM_STATISTIC) {
    term->has_array = TRUE;
    term = term->arguments[0];
  }
  g_assert (term->kind == NN_TERM_STATISTIC);
  term->dim = dim;
  term->has_array = TRUE;
}

/* That of the function's meanings which these arguments choose. */
static const char *
choose_meaning (const NnCalling *calling)
{
  const NnCall *call = calling->call;
  const NnArgument *last = &calling->bound[calling->n_parameters - 1];
  const NnTerm *term = last->term;

  if (call->other_meaning != NULL &&
      (last->kind == NN_ARGUMENT_ABSENT) == (call->meaning != NULL))
    return call->other_meaning;
  if (call->late_meaning != NULL && last->kind == NN_ARGUMENT_VALUE &&
      term->kind == NN_TERM_NUMBER && term->number >= 0.5f && !last[-1].term->draws)
    return call->late_meaning;
  return call->meaning;
}

/* Parses the expression that defines the function, with $1, $2 … as the arguments. */
static NnTerm *
read_meaning (NnParser *self, NnCalling *calling)
{
  const char *text = choose_meaning (calling);
  NnMeaning meaning = { 0 };
  NnTokens tokens;
  NnParser inner = *self;
  NnTerm *term;
  int dim;

  if (!nn_calling_get_dim (calling, &dim, self->fault))
    return NULL;
  bind_meaning (self, calling, &meaning);
  nn_tokens_init (&tokens, text, text);
  inner.tokens = &tokens;
  inner.meaning = &meaning;
  inner.path = NULL;
  inner.after = 0;
  term = self->read (&inner);
  if (term == NULL)
    return NULL;
  self->n_draws = inner.n_draws;
  if (dim != NN_DIM_NONE)
    set_dim (term, dim);
  return term;
}

/* Whether an expression defines the call; for round, only if decimals are given. */
static gboolean
has_meaning (const NnCalling *calling)
{
  return calling->call->meaning != NULL ||
         (calling->call->other_meaning != NULL &&
          calling->bound[calling->n_parameters - 1].kind != NN_ARGUMENT_ABSENT);
}

/* Reads $1, $2 … in the expression that defines a function. */
NnTerm *
nn_parser_read_parameter (NnParser *self)
{
  const NnToken number = nn_tokens_peek (self->tokens);
  const guint index = (guint) (*number.start - '1');
  NnMeaning *meaning = self->meaning;
  NnTerm *term = meaning->arguments[index];

  nn_tokens_next (self->tokens);
  nn_tokens_next (self->tokens);
  if (term == NULL) {
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, meaning->calling->at,
                  _ ("an argument of %s is no value"), meaning->calling->call->name);
    return NULL;
  }
  if (meaning->n_uses[index]++ > 0 && term->draws) {
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, meaning->calling->at,
                  _ ("%s reads a value twice, and its random numbers are drawn once: "
                     "write it with + - and *"),
                  meaning->calling->call->name);
    return NULL;
  }
  return term;
}

/* torch.where (c, x, y) is x.where (c, y) as a method: reorders the arguments. */
static void
order_method (NnCalling *calling)
{
  const NnArgument receiver = calling->given[0];

  if (strcmp (calling->call->name, "where") != 0 || calling->n_given < 2)
    return;
  calling->given[0] = calling->given[1];
  calling->given[1] = receiver;
}

/* Reads the arguments of @call, after the '('.
 * @name: as written
 * @at: the name in the text
 * @receiver: (nullable): of a method call: the value before the dot
 *
 * Returns: (transfer none) (nullable): NULL with the fault set */
NnTerm *
nn_parser_read_call (NnParser *self,
                     const NnCall *call,
                     const char *name,
                     const char *at,
                     NnTerm *receiver)
{
  g_auto (NnCalling) calling = { .call = call, .at = at };
  const gboolean in_place = name[strlen (name) - 1] == '_';
  NnTerm *term;

  calling.is_text = self->meaning == NULL && receiver == NULL;
  if (self->meaning != NULL)
    calling.at = self->meaning->calling->at;
  if (receiver != NULL) {
    calling.given[0] = (NnArgument){
      .kind = NN_ARGUMENT_VALUE, .start = receiver->at, .end = at, .term = receiver
    };
    calling.n_given = 1;
  }
  if (!read_arguments (self, &calling))
    return NULL;
  if (receiver != NULL)
    order_method (&calling);
  if (!nn_calling_bind (&calling, self->fault))
    return NULL;
  term = has_meaning (&calling) ? read_meaning (self, &calling)
                                : nn_calling_make (&calling, self->tree, self->fault);
  if (term != NULL && term->kind == NN_TERM_CALL &&
      (term->op == NN_OP_NORMAL || term->op == NN_OP_UNIFORM))
    term = nn_parser_count_draw (self, term, at);
  if (in_place && (receiver == NULL || receiver->kind != NN_TERM_NUMBER)) {
    self->in_place = term;
    self->in_place_at = at;
  }
  return term;
}
