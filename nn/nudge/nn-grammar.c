/* nn-grammar.c - reading an update function
 *
 * SPDX-License-Identifier: MIT
 *
 * A recursive descent parser makes a tree, as Python binds:
 *
 *   statements = statement { ";" statement }
 *   statement  = [ "w" ("=" | ":=" | "+=" | "-=" | "*=" | "/=") ] choice
 *   choice     = or [ "?" choice ":" choice | "if" or "else" choice ]
 *   or         = and { "or" and }
 *   and        = not { "and" not }
 *   not        = "not" not | comparison
 *   comparison = bits { ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) bits }
 *   bits       = sum { ("&" | "|") sum }         of conditions alone
 *   sum        = product { ("+" | "-") product }
 *   product    = factor { ("*" | "/") factor }
 *   factor     = ("+" | "-" | "!" | "~") factor | power
 *   power      = primary [ ("^" | "**") factor ]
 *              | number power                    the number directly before it
 *   primary    = ( number | name | call | "(" choice ")" ) { "." call }
 */

#include "nn/nudge/nn-grammar.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-text.h"
#include "nn/nudge/nn-call.h"
#include "nn/nudge/nn-catalogue.h"
#include "nn/nudge/nn-expression.h"
#include "nn/nudge/nn-words.h"

#define NESTING 64 /* levels of parentheses, signs, exponents and choices */

/* What a call means, as the parser reads it: its arguments stand for $1, $2 … */
typedef struct {
  const NnCalling *calling;
  NnTerm *arguments[NN_CALL_ARGUMENTS];
  guint n_uses[NN_CALL_ARGUMENTS];
} Meaning;

typedef struct {
  NnTokens *tokens;
  NnTree *tree;
  NnFault *fault;
  const char *path;      /* (nullable) the target's, which is w as well */
  const char *statement; /* where the statement begins */
  const char *product;   /* where the product that is being read begins */
  guint after;           /* '/' or '^', where it stands before the factor */
  guint nesting;
  guint n_draws;
  Meaning *meaning; /* (nullable) */
  NnTerm *in_place; /* (nullable) what a name such as mul_ gave last */
  const char *in_place_at;
} Parser;

static NnTerm *read_choice (Parser *self);
static NnTerm *read_factor (Parser *self);
static NnTerm *read_power (Parser *self);

/* ---- tokens and faults ------------------------------------------------------------- */

static const NnToken *
get_token (const Parser *self)
{
  return &self->tokens->token;
}

static gboolean
accept (Parser *self, guint sign)
{
  if (!nn_token_is (get_token (self), sign))
    return FALSE;
  nn_tokens_next (self->tokens);
  return TRUE;
}

static gboolean
accept_word (Parser *self, const char *word)
{
  if (!nn_token_is_word (get_token (self), word))
    return FALSE;
  nn_tokens_next (self->tokens);
  return TRUE;
}

/* In the text, also of what a call means. */
static const char *
get_start (const Parser *self)
{
  return self->meaning != NULL ? self->meaning->calling->at : get_token (self)->start;
}

static NnTerm *
fail_expecting (Parser *self, const char *expected)
{
  nn_fault_found (self->fault, get_token (self)->start, expected);
  return NULL;
}

static NnTerm *
fail_too_deep (Parser *self)
{
  nn_fault_set (self->fault, NN_ERROR_SYNTAX, get_start (self),
                "nested more than %d levels deep: simplify the expression", NESTING);
  return NULL;
}

static NnTerm *
add (Parser *self, NnTermKind kind, NnOp op, NnTerm *x, NnTerm *y, NnTerm *z)
{
  NnTerm *const values[] = { x, y, z };
  const guint n = z != NULL ? 3 : y != NULL ? 2 : 1;

  return nn_tree_add (self->tree, kind, op, x->at, n, values);
}

static NnTerm *
add_number (Parser *self, const char *digits)
{
  return nn_tree_add_number (self->tree, get_start (self), digits);
}

/* ---- names ------------------------------------------------------------------------- */

static gboolean
is_reserved (const NnToken *token)
{
  static const char *const words_between[] = { "and", "or", "not", "else", "is", "in" };

  for (gsize i = 0; i < G_N_ELEMENTS (words_between); i++)
    if (nn_token_is_word (token, words_between[i]))
      return TRUE;
  return FALSE;
}

static NnTerm *
fail_with_hint (Parser *self, const NnToken *token, const NnHint *hint)
{
  g_autofree char *found = nn_text_dup_found (token->start);

  if (hint->fix != NULL && token->start == self->statement)
    nn_fault_fix (self->fault, token->start, token->end, "%s", hint->fix);
  nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                "%s has no place here: %s%s%s", found, hint->hint,
                hint->fix != NULL ? ", as in " : "", hint->fix != NULL ? hint->fix : "");
  return NULL;
}

static NnTerm *
fail_unknown (Parser *self, const NnToken *token, const char *name, gboolean call)
{
  const NnHint *hint = nn_hints_find (name);
  g_autofree char *nearest = nn_words_dup_nearest (name, call);
  g_autofree char *found = nn_text_dup_found (token->start);
  const char *kind = call ? "function" : "name";

  if (hint != NULL)
    return fail_with_hint (self, token, hint);
  if (!call && nn_token_is (get_token (self), '.')) {
    nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                  "there is no %s here: the target's own values are w, those of other "
                  "parameters are not known",
                  found);
    return NULL;
  }
  if (nn_catalogue_find (name, NULL) != NULL) {
    nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                  "%s is a function that stands alone, as in fc1: %s", found, name);
    return NULL;
  }
  if (nearest == NULL) {
    nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                  "unknown %s %s; 'nudge list functions --symbols' shows those there are",
                  kind, found);
    return NULL;
  }
  nn_fault_fix (self->fault, token->start, token->end, "%s", nearest);
  nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                "unknown %s %s: did you mean %s?", kind, found, nearest);
  return NULL;
}

static NnTerm *
count_draw (Parser *self, NnTerm *term, const char *at)
{
  if (term == NULL || !term->draws || self->n_draws++ < NN_EXPRESSION_DRAWS)
    return term;
  nn_fault_set (self->fault, NN_ERROR_SYNTAX, at,
                "random arrays (noise, rand, shuffled, fresh) stand here more than "
                "%d times: simplify the expression",
                NN_EXPRESSION_DRAWS);
  return NULL;
}

/* mean is the target's own as a name, too. */
static NnTerm *
add_bare_statistic (Parser *self, const NnWord *word, const char *at)
{
  NnTerm *w = nn_tree_add (self->tree, NN_TERM_VALUE, NN_OP_WEIGHT, at, 0, NULL);
  NnTerm *term = nn_tree_add (self->tree, NN_TERM_STATISTIC, word->op, at, 1, &w);

  w->name = "w";
  term->name = word->name;
  return term;
}

static NnTerm *
add_word (Parser *self, const NnWord *word, const char *at)
{
  NnTerm *term;

  if (nn_op_is_statistic (word->op))
    return add_bare_statistic (self, word, at);
  term = nn_tree_add (self->tree, NN_TERM_VALUE, word->op, at, 0, NULL);
  term->name = word->name;
  term->number = (float) word->number;
  return count_draw (self, term, at);
}

/* A name that is one, with no parenthesis behind it. @token: it, which was read */
static NnTerm *
read_word (Parser *self, const NnToken *token, const char *name, gboolean numpy)
{
  const NnWord *word = nn_words_find (name);
  const NnCall *call = nn_calls_find (name, numpy);

  if (word != NULL)
    return add_word (self, word,
                     self->meaning ? self->meaning->calling->at : token->start);
  if (strcmp (name, "m") == 0) {
    nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                  "there is no slow copy m yet: w0 is the initial value");
    return NULL;
  }
  if (call == NULL)
    return fail_unknown (self, token, name, FALSE);
  if (get_token (self)->kind == NN_TOKEN_NAME ||
      get_token (self)->kind == NN_TOKEN_NUMBER) {
    const NnToken *next = get_token (self);

    nn_fault_fix (self->fault, token->end, next->end, "(%.*s)",
                  (int) (next->end - next->start), next->start);
  }
  if (nn_op_is_statistic (call->op))
    nn_fault_fix (self->fault, token->start, token->end, "%s(w)", name);
  return fail_expecting (self, "'(', for what stands before it is a function");
}

/* ---- calls ------------------------------------------------------------------------- */

static NnTerm *
fail_no_function (Parser *self, const char *start)
{
  const char *at = get_token (self)->start;
  g_autofree char *before = g_strndup (start, (gsize) (at - start));

  nn_fault_fix (self->fault, at, at, "*");
  nn_fault_set (self->fault, NN_ERROR_SYNTAX, at,
                "found '(' behind %s, which is no function: write %s*(…) for a product",
                strlen (before) < 30 ? before : "a value",
                strlen (before) < 30 ? before : "…");
  return NULL;
}

/* "w.shape", "*w.shape" or "w.size()". Returns: whether it was one */
static gboolean
accept_shape (Parser *self)
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
read_argument (Parser *self, NnArgument *argument)
{
  static const struct {
    const char *word;
    NnArgumentKind kind;
  } words[] = { { "True", NN_ARGUMENT_TRUE },
                { "False", NN_ARGUMENT_FALSE },
                { "None", NN_ARGUMENT_NONE } };
  const NnToken next = nn_tokens_peek (self->tokens);

  argument->start = get_start (self);
  if (get_token (self)->kind == NN_TOKEN_NAME && nn_token_is (&next, '=')) {
    argument->name = nn_token_dup (get_token (self));
    nn_tokens_next (self->tokens);
    nn_tokens_next (self->tokens);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (accept_word (self, words[i].word)) {
      argument->kind = words[i].kind;
      return TRUE;
    }
  if (accept_shape (self)) {
    argument->kind = NN_ARGUMENT_SHAPE;
    return TRUE;
  }
  argument->kind = NN_ARGUMENT_VALUE;
  argument->term = read_choice (self);
  return argument->term != NULL;
}

/* Up to the ')' and with it; the '(' was read. */
static gboolean
read_arguments (Parser *self, NnCalling *calling)
{
  if (accept (self, ')'))
    return TRUE;
  do {
    NnArgument *argument = &calling->given[calling->n_given];

    if (calling->n_given == NN_CALL_ARGUMENTS)
      return nn_fault_set (self->fault, NN_ERROR_SYNTAX, get_token (self)->start,
                           "there are too many arguments");
    calling->n_given++;
    if (!read_argument (self, argument))
      return FALSE;
    argument->end = get_token (self)->start;
    while (argument->end > argument->start && g_ascii_isspace (argument->end[-1]))
      argument->end--;
  } while (accept (self, ','));
  return accept (self, ')') || fail_expecting (self, "an operator, ',' or ')'") != NULL;
}

static gboolean
bind_meaning (Parser *self, const NnCalling *calling, Meaning *meaning)
{
  meaning->calling = calling;
  for (guint i = 0; i < calling->n_parameters; i++) {
    const NnArgument *argument = &calling->bound[i];
    g_autofree char *usual = nn_calling_dup_default (calling, i);

    meaning->arguments[i] = argument->term;
    if (argument->kind == NN_ARGUMENT_ABSENT && usual != NULL)
      meaning->arguments[i] = nn_tree_add_number (self->tree, calling->at, usual);
  }
  return TRUE;
}

/* What is said with other words: its meaning is read in the same language. */
static NnTerm *
read_meaning (Parser *self, NnCalling *calling)
{
  const guint last = calling->n_parameters - 1;
  const gboolean less = calling->bound[last].kind == NN_ARGUMENT_ABSENT &&
                        calling->call->short_meaning != NULL;
  const char *text = less ? calling->call->short_meaning : calling->call->meaning;
  Meaning meaning = { 0 };
  NnTokens tokens;
  Parser inner = *self;
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
  term = read_choice (&inner);
  if (term == NULL)
    return NULL;
  self->n_draws = inner.n_draws;
  if (dim != NN_DIM_NONE && term->kind == NN_TERM_STATISTIC) {
    term->dim = dim;
    term->has_array = TRUE;
  }
  return term;
}

/* $1 and so on, where a meaning is read. */
static NnTerm *
read_parameter (Parser *self)
{
  const NnToken number = nn_tokens_peek (self->tokens);
  const guint index = (guint) (*number.start - '1');
  Meaning *meaning = self->meaning;
  NnTerm *term = meaning->arguments[index];

  nn_tokens_next (self->tokens);
  nn_tokens_next (self->tokens);
  if (term == NULL) {
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, meaning->calling->at,
                  "an argument of %s is no value", meaning->calling->call->name);
    return NULL;
  }
  if (meaning->n_uses[index]++ > 0 && term->draws) {
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, meaning->calling->at,
                  "%s reads a value twice, and its random numbers are drawn once: write "
                  "it with + - and *",
                  meaning->calling->call->name);
    return NULL;
  }
  return term;
}

/* torch.where (c, x, y) is x.where (c, y) as a method. */
static void
order_method (NnCalling *calling)
{
  const NnArgument receiver = calling->given[0];

  if (strcmp (calling->call->name, "where") != 0 || calling->n_given < 2)
    return;
  calling->given[0] = calling->given[1];
  calling->given[1] = receiver;
}

/* @receiver: (nullable): of a method */
static NnTerm *
read_call (Parser *self,
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
  term = call->meaning != NULL ? read_meaning (self, &calling)
                               : nn_calling_make (&calling, self->tree, self->fault);
  if (term != NULL && term->kind == NN_TERM_CALL &&
      (term->op == NN_OP_NORMAL || term->op == NN_OP_UNIFORM))
    term = count_draw (self, term, at);
  if (in_place) {
    self->in_place = term;
    self->in_place_at = at;
  }
  return term;
}

/* ---- primaries --------------------------------------------------------------------- */

static NnTerm *
read_number (Parser *self)
{
  const NnToken token = *get_token (self);
  g_autofree char *digits = nn_token_dup (&token);

  if (isinf ((float) g_ascii_strtod (digits, NULL))) {
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, token.start,
                  "the number is larger than float32 can hold, 3.4028235e+38");
    return NULL;
  }
  nn_tokens_next (self->tokens);
  return nn_tree_add_number (
      self->tree, self->meaning ? self->meaning->calling->at : token.start, digits);
}

/* The target's own name, "fc1.weight", is w. */
static NnTerm *
accept_path (Parser *self)
{
  const char *at = get_token (self)->start;
  NnTokens ahead;

  if (self->path == NULL || !g_str_has_prefix (at, self->path))
    return NULL;
  nn_tokens_init (&ahead, self->tokens->text, at + strlen (self->path));
  if (ahead.token.kind == NN_TOKEN_NAME && !ahead.token.spaced)
    return NULL;
  *self->tokens = ahead;
  return add_word (self, nn_words_find_op (NN_OP_WEIGHT), at);
}

/* "torch.nn.functional." and the like. @numpy: (out): it is NumPy's */
static void
skip_modules (Parser *self, gboolean *numpy)
{
  static const char *const modules[] = { "torch",  "np",     "numpy",  "math",
                                         "nn",     "random", "F",      "functional",
                                         "linalg", "init",   "special" };
  NnToken next = nn_tokens_peek (self->tokens);

  *numpy = FALSE;
  while (nn_token_is (&next, '.')) {
    gsize i = 0;

    while (i < G_N_ELEMENTS (modules) && !nn_token_is_word (get_token (self), modules[i]))
      i++;
    if (i == G_N_ELEMENTS (modules))
      return;
    *numpy |= i == 1 || i == 2;
    nn_tokens_next (self->tokens);
    nn_tokens_next (self->tokens);
    next = nn_tokens_peek (self->tokens);
  }
}

static NnTerm *
read_name (Parser *self)
{
  const char *start = get_token (self)->start;
  g_autofree char *name = NULL;
  gboolean numpy;
  NnToken token;
  NnTerm *term = accept_path (self);

  if (term != NULL || self->fault->error != NULL)
    return term;
  skip_modules (self, &numpy);
  token = *get_token (self);
  if (token.kind != NN_TOKEN_NAME || is_reserved (&token))
    return fail_expecting (self, "a number, a name or '('");
  name = nn_token_dup (&token);
  nn_tokens_next (self->tokens);
  if (nn_token_is (get_token (self), '(')) {
    const NnCall *call = nn_calls_find (name, numpy);

    if (call == NULL && nn_words_find (name) != NULL)
      return fail_no_function (self, start);
    if (call == NULL)
      return fail_unknown (self, &token, name, TRUE);
    nn_tokens_next (self->tokens);
    return read_call (self, call, name, start, NULL);
  }
  return read_word (self, &token, name, numpy);
}

static NnTerm *
read_plain (Parser *self)
{
  const NnToken *token = get_token (self);

  if (accept (self, '(')) {
    NnTerm *term = read_choice (self);

    if (term == NULL)
      return NULL;
    return accept (self, ')') ? term : fail_expecting (self, "an operator or ')'");
  }
  if (token->kind == NN_TOKEN_NUMBER)
    return read_number (self);
  if (token->kind == NN_TOKEN_NAME)
    return read_name (self);
  if (self->meaning != NULL && nn_token_is (token, '$'))
    return read_parameter (self);
  return fail_expecting (self, "a number, a name or '('");
}

/* What gives the same values. */
static gboolean
is_same (const char *name)
{
  static const char *const names[] = { "data",       "detach", "clone", "cpu",
                                       "contiguous", "float",  "item",  "numpy" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* Behind a '.'. @token: the name, which was read */
static NnTerm *
read_attribute (Parser *self, NnTerm *of, const NnToken *token, const char *name)
{
  const gboolean is_w = of->kind == NN_TERM_VALUE && of->op == NN_OP_WEIGHT;
  const gboolean called = nn_token_is (get_token (self), '(');
  const NnCall *found = nn_calls_find (name, FALSE);
  const NnCall *call = found != NULL && nn_call_is_method (found) ? found : NULL;

  if (is_same (name)) {
    if (called) {
      nn_tokens_next (self->tokens);
      if (!accept (self, ')'))
        return fail_expecting (self, "')'");
    }
    return of;
  }
  if (is_w && !called && strcmp (name, "grad") == 0)
    return add_word (self, nn_words_find_op (NN_OP_GRAD), of->at);
  if (called && call != NULL) {
    const gboolean in_place = name[strlen (name) - 1] == '_';

    if (in_place && !is_w && of != self->in_place) {
      nn_fault_fix (self->fault, token->end - 1, token->end, "%s", "");
      nn_fault_set (self->fault, NN_ERROR_SYNTAX, token->start,
                    "only w can be changed in place: leave the _ out");
      return NULL;
    }
    nn_tokens_next (self->tokens);
    return read_call (self, call, name, token->start, of);
  }
  if (call != NULL) {
    nn_fault_fix (self->fault, token->end, token->end, "()");
    return fail_expecting (self, "'(', for what stands before it is a function");
  }
  return fail_unknown (self, token, name, TRUE);
}

static NnTerm *
fail_index (Parser *self)
{
  nn_fault_set (self->fault, NN_ERROR_SYNTAX, get_token (self)->start,
                "a part is chosen in the target, before the ':', as in fc1.weight[0]");
  return NULL;
}

static NnTerm *
read_primary (Parser *self)
{
  const char *start = get_token (self)->start;
  NnTerm *term = read_plain (self);

  while (term != NULL) {
    NnToken token;
    g_autofree char *name = NULL;

    if (nn_token_is (get_token (self), '(') && !get_token (self)->spaced)
      return fail_no_function (self, start);
    if (nn_token_is (get_token (self), '['))
      return fail_index (self);
    if (!accept (self, '.'))
      return term;
    token = *get_token (self);
    if (token.kind != NN_TOKEN_NAME)
      return fail_expecting (self, "a function");
    name = nn_token_dup (&token);
    nn_tokens_next (self->tokens);
    term = read_attribute (self, term, &token, name);
  }
  return NULL;
}

/* ---- operators, the tightest first ------------------------------------------------- */

/* "1/2w" may be (1/2)*w or 1/(2*w). @number: where the 2 is */
static NnTerm *
fail_ambiguous (Parser *self, const char *number)
{
  const char *name = get_token (self)->start;
  const char *end = get_token (self)->end;
  g_autofree char *digits = g_strndup (number, (gsize) (name - number));
  g_autofree char *what = g_strndup (name, (gsize) (end - name));
  g_autofree char *before = g_strndup (self->product, (gsize) (number - self->product));

  if (nn_token_is (get_token (self), '(') || strlen (before) > 30)
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, number,
                  "found %s%s… behind '%c', which may mean two things: write the '*' and "
                  "parentheses",
                  digits, what, self->after);
  else
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, number,
                  "%s%s%s may mean two things: write (%s%s)*%s or %s(%s*%s)", before,
                  digits, what, before, digits, what, before, digits, what);
  nn_fault_fix (self->fault, self->product, end, "(%s%s)*%s", before, digits, what);
  return NULL;
}

/* A number directly before a name or '(' is a factor. */
static gboolean
is_implied (const Parser *self, const NnTerm *term)
{
  const NnToken *next = get_token (self);

  return term->kind == NN_TERM_NUMBER && !next->spaced && self->meaning == NULL &&
         (nn_token_is (next, '(') ||
          (next->kind == NN_TOKEN_NAME && !is_reserved (next) &&
           !nn_token_is_word (next, "if")));
}

/* Squared or cubed, as in w². */
static NnTerm *
read_small_exponent (Parser *self, NnTerm *base)
{
  const char digits[] = { (char) get_token (self)->sign, '\0' };
  NnTerm *exponent = add_number (self, digits);

  nn_tokens_next (self->tokens);
  return add (self, NN_TERM_OPERATION, NN_OP_POWER, base, exponent, NULL);
}

static NnTerm *
read_implied (Parser *self, NnTerm *number)
{
  NnTerm *right;

  if (self->after != 0)
    return fail_ambiguous (self, number->at);
  right = read_power (self);
  return right == NULL
             ? NULL
             : add (self, NN_TERM_OPERATION, NN_OP_MULTIPLY, number, right, NULL);
}

static NnTerm *
read_base (Parser *self)
{
  NnTerm *term;

  if (get_token (self)->kind != NN_TOKEN_NUMBER)
    return read_primary (self);
  term = read_number (self);
  if (term != NULL && nn_token_is (get_token (self), '.'))
    return fail_expecting (self, "an operator or the end");
  return term;
}

static NnTerm *
read_power (Parser *self)
{
  NnTerm *term = read_base (self);
  NnTerm *exponent;
  const guint after = self->after;

  if (term == NULL)
    return NULL;
  if (is_implied (self, term))
    return read_implied (self, term);
  if (get_token (self)->kind == NN_TOKEN_POWER)
    return read_small_exponent (self, term);
  if (!accept (self, '^'))
    return term;
  self->after = '^';
  exponent = read_factor (self);
  self->after = after;
  return exponent == NULL
             ? NULL
             : add (self, NN_TERM_OPERATION, NN_OP_POWER, term, exponent, NULL);
}

static NnOp
get_relation (const NnToken *token)
{
  static const struct {
    guint sign;
    NnOp op;
  } relations[] = {
    { '<', NN_OP_LESS },
    { '>', NN_OP_GREATER },
    { NN_SIGN_LESS_EQUAL, NN_OP_LESS_EQUAL },
    { NN_SIGN_GREATER_EQUAL, NN_OP_GREATER_EQUAL },
    { NN_SIGN_EQUAL, NN_OP_EQUAL },
    { NN_SIGN_NOT_EQUAL, NN_OP_NOT_EQUAL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (relations); i++)
    if (nn_token_is (token, relations[i].sign))
      return relations[i].op;
  return 0;
}

/* !w > 0 is (!w) > 0 in C, and not (w > 0) in Python. */
static NnTerm *
read_not_sign (Parser *self)
{
  const char *at = get_start (self);
  NnTerm *term;

  nn_tokens_next (self->tokens);
  term = read_factor (self);
  if (term == NULL)
    return NULL;
  if (get_relation (get_token (self)) != 0) {
    nn_fault_fix (self->fault, at, at + 1, "not ");
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, at,
                  "'!' or '~' before a comparison may mean two things: write "
                  "not (x > y), or (not x) > y");
    return NULL;
  }
  return nn_tree_add (self->tree, NN_TERM_NOT, 0, at, 1, &term);
}

/* Every recursion but a choice's and a not's comes through here, so that this is where its
 * depth is counted. */
static NnTerm *
read_factor (Parser *self)
{
  const char *at = get_start (self);
  NnTerm *term;

  if (self->nesting == NESTING)
    return fail_too_deep (self);
  self->nesting++;
  if (accept (self, '-')) {
    term = read_factor (self);
    if (term != NULL)
      term = nn_tree_add (self->tree, NN_TERM_OPERATION, NN_OP_NEGATE, at, 1, &term);
  } else if (accept (self, '+')) {
    term = read_factor (self);
  } else if (nn_token_is (get_token (self), '!') || nn_token_is (get_token (self), '~')) {
    term = read_not_sign (self);
  } else {
    term = read_power (self);
  }
  self->nesting--;
  return term;
}

static NnTerm *
fail_operator (Parser *self, const char *meaning)
{
  const NnToken *token = get_token (self);

  nn_fault_set (self->fault, NN_ERROR_SYNTAX, token->start,
                "found '%.*s', which is no operator here: write %s",
                (int) (token->end - token->start), token->start, meaning);
  return NULL;
}

static NnTerm *
read_product (Parser *self)
{
  const char *outer = self->product;
  const guint after = self->after;
  NnTerm *term;

  self->product = get_token (self)->start;
  self->after = 0;
  term = read_factor (self);
  while (term != NULL) {
    const NnToken sign = *get_token (self);
    NnTerm *right;

    if (nn_token_is (&sign, NN_SIGN_FLOOR_DIVIDE))
      return fail_operator (self, "floor(x/y)");
    if (nn_token_is (&sign, '%'))
      return fail_operator (self,
                            "x - y*floor(x/y) for the remainder, x/100 for percent");
    if (!accept (self, '*') && !accept (self, '/'))
      break;
    self->after = sign.sign == '/' ? '/' : 0;
    right = read_factor (self);
    if (right == NULL)
      return NULL;
    term = add (self, NN_TERM_OPERATION, sign.sign == '*' ? NN_OP_MULTIPLY : NN_OP_DIVIDE,
                term, right, NULL);
  }
  self->product = outer;
  self->after = after;
  return term;
}

static NnTerm *
read_sum (Parser *self)
{
  NnTerm *term = read_product (self);

  while (term != NULL) {
    const gboolean plus = accept (self, '+');
    NnTerm *right;

    if (!plus && !accept (self, '-'))
      return term;
    right = read_product (self);
    if (right == NULL)
      return NULL;
    term = add (self, NN_TERM_OPERATION, plus ? NN_OP_ADD : NN_OP_SUBTRACT, term, right,
                NULL);
  }
  return NULL;
}

/* In Python & and | bind more tightly than comparisons, which so have parentheses. */
static NnTerm *
read_bits (Parser *self)
{
  NnTerm *term = read_sum (self);

  while (term != NULL) {
    const NnToken sign = *get_token (self);
    NnTerm *right;

    if (!accept (self, '&') && !accept (self, '|'))
      return term;
    right = read_sum (self);
    if (right == NULL)
      return NULL;
    if (!term->boolean || !right->boolean) {
      nn_fault_fix (self->fault, sign.start, sign.end,
                    sign.sign == '&' ? " and " : " or ");
      nn_fault_set (self->fault, NN_ERROR_SYNTAX, sign.start,
                    "'%c' binds more tightly than comparisons: write %s, or parentheses "
                    "around both conditions",
                    sign.sign, sign.sign == '&' ? "and" : "or");
      return NULL;
    }
    term = add (self, sign.sign == '&' ? NN_TERM_AND : NN_TERM_OR, 0, term, right, NULL);
  }
  return NULL;
}

/* x < y < z is (x < y) and (y < z), and y is computed once. */
static NnTerm *
read_comparison (Parser *self)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GArray) relations = g_array_new (FALSE, FALSE, sizeof (NnOp));
  NnTerm *term = read_bits (self);
  NnOp op;

  if (term == NULL || get_relation (get_token (self)) == 0)
    return term;
  g_ptr_array_add (values, term);
  while ((op = get_relation (get_token (self))) != 0) {
    nn_tokens_next (self->tokens);
    term = read_bits (self);
    if (term == NULL)
      return NULL;
    g_ptr_array_add (values, term);
    g_array_append_val (relations, op);
  }
  term =
      nn_tree_add (self->tree, NN_TERM_COMPARISON, 0, ((NnTerm *) values->pdata[0])->at,
                   values->len, (NnTerm **) values->pdata);
  term->relations = (NnOp *) (void *) g_array_free (g_steal_pointer (&relations), FALSE);
  return term;
}

static NnTerm *
read_not (Parser *self)
{
  const char *at = get_start (self);
  NnTerm *term;

  if (!accept_word (self, "not"))
    return read_comparison (self);
  if (self->nesting == NESTING)
    return fail_too_deep (self);
  self->nesting++;
  term = read_not (self);
  self->nesting--;
  return term == NULL ? NULL : nn_tree_add (self->tree, NN_TERM_NOT, 0, at, 1, &term);
}

static NnTerm *
read_and (Parser *self)
{
  NnTerm *term = read_not (self);

  while (term != NULL && (accept_word (self, "and") || accept (self, NN_SIGN_AND))) {
    NnTerm *right = read_not (self);

    term = right == NULL ? NULL : add (self, NN_TERM_AND, 0, term, right, NULL);
  }
  return term;
}

static NnTerm *
read_or (Parser *self)
{
  NnTerm *term = read_and (self);

  while (term != NULL && (accept_word (self, "or") || accept (self, NN_SIGN_OR))) {
    NnTerm *right = read_and (self);

    term = right == NULL ? NULL : add (self, NN_TERM_OR, 0, term, right, NULL);
  }
  return term;
}

/* Behind "condition ?". */
static NnTerm *
read_branches (Parser *self, NnTerm *condition)
{
  NnTerm *yes = read_choice (self);
  NnTerm *no;

  if (yes == NULL)
    return NULL;
  if (get_token (self)->kind == NN_TOKEN_END)
    nn_fault_fix (self->fault, get_token (self)->start, get_token (self)->end, " : w");
  if (!accept (self, ':'))
    return fail_expecting (self, "an operator or ':'");
  no = read_choice (self);
  return no == NULL ? NULL
                    : add (self, NN_TERM_OPERATION, NN_OP_CHOOSE, condition, yes, no);
}

/* Behind "yes if". */
static NnTerm *
read_condition (Parser *self, NnTerm *yes)
{
  NnTerm *condition = read_or (self);
  NnTerm *no;

  if (condition == NULL)
    return NULL;
  if (get_token (self)->kind == NN_TOKEN_END)
    nn_fault_fix (self->fault, get_token (self)->start, get_token (self)->end, " else w");
  if (!accept_word (self, "else"))
    return fail_expecting (self, "an operator or else");
  no = read_choice (self);
  return no == NULL ? NULL
                    : add (self, NN_TERM_OPERATION, NN_OP_CHOOSE, condition, yes, no);
}

/* Counts its depth, too, as its branches may be choices again. */
static NnTerm *
read_choice (Parser *self)
{
  const char *product = self->product;
  const guint after = self->after;
  NnTerm *term;

  self->after = 0;
  term = read_or (self);
  if (term != NULL && (nn_token_is (get_token (self), '?') ||
                       nn_token_is_word (get_token (self), "if"))) {
    const gboolean as_in_c = accept (self, '?');

    if (self->nesting == NESTING)
      return fail_too_deep (self);
    self->nesting++;
    if (as_in_c) {
      term = read_branches (self, term);
    } else {
      nn_tokens_next (self->tokens);
      term = read_condition (self, term);
    }
    self->nesting--;
  }
  self->product = product;
  self->after = after;
  return term;
}

/* ---- statements -------------------------------------------------------------------- */

/**
 * nn_grammar_is_assignment:
 *
 * Returns: whether it is a sign that gives a variable its value
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

/* "w -= x" is "w = w - x". @sign: the one before x */
static NnTerm *
read_value (Parser *self, guint sign)
{
  const char *at = get_start (self);
  NnTerm *term;

  self->in_place = NULL;
  self->statement = get_token (self)->start;
  term = read_choice (self);
  if (term == NULL)
    return NULL;
  if (self->in_place != NULL && term != self->in_place) {
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->in_place_at,
                  "what changes w in place stands alone: leave the _ out of its name");
    return NULL;
  }
  if (sign >= NN_SIGN_ADD_TO && sign <= NN_SIGN_DIVIDE_BY)
    term = add (self, NN_TERM_OPERATION, get_assigned_op (sign),
                add_word (self, nn_words_find_op (NN_OP_WEIGHT), at), term, NULL);
  return term;
}

/* Returns: the variable, with its sign read, or 0 where there is none. */
static char
accept_variable (Parser *self, guint *sign)
{
  const NnToken next = nn_tokens_peek (self->tokens);
  const NnToken *token = get_token (self);
  char variable;

  *sign = '=';
  if ((!nn_token_is_word (token, "w") && !nn_token_is_word (token, "m")) ||
      !nn_grammar_is_assignment (&next))
    return 0;
  variable = *token->start;
  *sign = next.sign;
  nn_tokens_next (self->tokens);
  nn_tokens_next (self->tokens);
  return variable;
}

static gboolean
read_statement (Parser *self, NnBody *body)
{
  const char *at = get_token (self)->start;
  guint sign;
  const char variable = accept_variable (self, &sign);
  NnTerm *value;

  if (variable == 'm')
    return nn_fault_set (self->fault, NN_ERROR_UNKNOWN, at,
                         "there is no slow copy m yet: give w a value");
  value = read_value (self, sign);
  if (value == NULL)
    return FALSE;
  if (body->n == NN_STATEMENTS)
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, at, "more than %d statements",
                         NN_STATEMENTS);
  body->statements[body->n++] = (NnStatement){ 'w', value };
  if (variable == 0 && nn_token_is (get_token (self), ';')) {
    const NnToken next = nn_tokens_peek (self->tokens);

    if (next.kind == NN_TOKEN_NAME || next.kind == NN_TOKEN_NUMBER) {
      nn_fault_fix (self->fault, at, at, "w = ");
      return nn_fault_set (self->fault, NN_ERROR_SYNTAX, at,
                           "only the last statement goes without w =");
    }
  }
  return TRUE;
}

static Parser
parser_init (NnBody *body, NnTokens *tokens, const char *path, NnFault *fault)
{
  return (Parser){ .tokens = tokens, .tree = &body->tree, .path = path, .fault = fault };
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
 * @body: initialised; its statements are added
 * @tokens: at the first token; then at what is no part of the statements
 * @path: (nullable): a name that means w
 *
 * Returns: FALSE, with @fault set, if there is none or one is wrong
 */
gboolean
nn_grammar_read_statements (NnBody *body,
                            NnTokens *tokens,
                            const char *path,
                            NnFault *fault)
{
  Parser parser = parser_init (body, tokens, path, fault);

  do {
    if (body->n > 0 &&
        (tokens->token.kind == NN_TOKEN_END || nn_token_is (&tokens->token, '@')))
      break;
    if (!read_statement (&parser, body))
      return FALSE;
    g_assert (parser.nesting == 0);
  } while (accept (&parser, ';'));
  return TRUE;
}

/**
 * nn_grammar_read_assigned:
 * @sign: that stood before it: '=' or one such as NN_SIGN_ADD_TO
 * @condition: (nullable): where it does not hold, w stays
 *
 * Reads a single value.
 */
gboolean
nn_grammar_read_assigned (NnBody *body,
                          NnTokens *tokens,
                          const char *path,
                          guint sign,
                          NnTerm *condition,
                          NnFault *fault)
{
  Parser parser = parser_init (body, tokens, path, fault);
  const char *at = tokens->token.start;
  NnTerm *value = read_value (&parser, sign);

  if (value == NULL)
    return FALSE;
  if (condition != NULL)
    value = add (&parser, NN_TERM_OPERATION, NN_OP_CHOOSE, condition, value,
                 add_word (&parser, nn_words_find_op (NN_OP_WEIGHT), at));
  body->statements[body->n++] = (NnStatement){ 'w', value };
  return TRUE;
}

/**
 * nn_grammar_read_expression:
 *
 * Returns: (nullable): one expression's tree, which is @body's
 */
NnTerm *
nn_grammar_read_expression (NnBody *body,
                            NnTokens *tokens,
                            const char *path,
                            NnFault *fault)
{
  Parser parser = parser_init (body, tokens, path, fault);

  return read_choice (&parser);
}
