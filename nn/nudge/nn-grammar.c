/* nn-grammar.c - reading an update function
 *
 * SPDX-License-Identifier: MIT
 *
 * A recursive descent parser writes a program for the machine of nn-program.c:
 *
 *   choice     = comparison [ "?" choice ":" choice ]
 *   comparison = sum [ ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) sum ]
 *   sum        = product { ("+" | "-") product }
 *   product    = factor { ("*" | "/") factor }
 *   factor     = ("+" | "-") factor | power
 *   power      = primary [ ("^" | "**") factor ]
 *   primary    = number | name | function "(" choice { "," choice } ")" | "(" choice ")"
 */

#include "nn/nudge/nn-grammar.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-text.h"
#include "nn/nudge/nn-expression.h"

#define NESTING 64 /* levels of parentheses, signs, exponents and choices */

typedef struct {
  const char *text;
  const char *at;
  guint nesting;
  guint n_values;  /* on the machine's stack after the program so far */
  guint n_draws;   /* in the program so far */
  GArray *program; /* (element-type NnInstruction) */
  GError **error;
} Parser;

typedef struct {
  const char *name;
  NnOp op;
  double number; /* of NN_OP_NUMBER */
} Name;

static const Name names[] = {
  { "w", NN_OP_WEIGHT, 0 },    { "w0", NN_OP_INITIAL, 0 },
  { "g", NN_OP_GRAD, 0 },      { "before", NN_OP_BEFORE, 0 },
  { "rank", NN_OP_RANK, 0 },   { "shuffled", NN_OP_SHUFFLED, 0 },
  { "fresh", NN_OP_FRESH, 0 }, { "orthogonal", NN_OP_ORTHOGONAL, 0 },
  { "noise", NN_OP_NOISE, 0 }, { "rand", NN_OP_RAND, 0 },
  { "i", NN_OP_ROW, 0 },       { "j", NN_OP_COLUMN, 0 },
  { "a", NN_OP_AMOUNT, 0 },    { "n", NN_OP_STEP, 0 },
  { "mean", NN_OP_MEAN, 0 },   { "std", NN_OP_STD, 0 },
  { "norm", NN_OP_NORM, 0 },   { "min", NN_OP_LEAST, 0 },
  { "max", NN_OP_MOST, 0 },    { "pi", NN_OP_NUMBER, G_PI },
  { "e", NN_OP_NUMBER, G_E },
};

typedef struct {
  const char *name;
  guint n_arguments;
  NnOp op; /* of clamp: none, for it is two operations */
} Function;

static const Function functions[] = {
  { "abs", 1, NN_OP_ABS },   { "sign", 1, NN_OP_SIGN },   { "sqrt", 1, NN_OP_SQRT },
  { "exp", 1, NN_OP_EXP },   { "log", 1, NN_OP_LOG },     { "sin", 1, NN_OP_SIN },
  { "cos", 1, NN_OP_COS },   { "tanh", 1, NN_OP_TANH },   { "sigmoid", 1, NN_OP_SIGMOID },
  { "relu", 1, NN_OP_RELU }, { "floor", 1, NN_OP_FLOOR }, { "round", 1, NN_OP_ROUND },
  { "clamp", 3, 0 },         { "min", 2, NN_OP_MIN },     { "max", 2, NN_OP_MAX },
};

/* Longer ones first: "<" would be found in "<=". */
static const struct {
  const char *token;
  NnOp op;
} relations[] = {
  { "<=", NN_OP_LESS_EQUAL }, { ">=", NN_OP_GREATER_EQUAL }, { "==", NN_OP_EQUAL },
  { "!=", NN_OP_NOT_EQUAL },  { "<", NN_OP_LESS },           { ">", NN_OP_GREATER },
};

static gboolean parse_choice (Parser *self);

static gboolean
fail_expecting (Parser *self, const char *expected)
{
  nn_text_set_found_error (self->error, self->text, self->at, expected);
  return FALSE;
}

static gboolean
fail_too_deep (Parser *self)
{
  nn_text_set_error (self->error, NN_ERROR_SYNTAX, self->text, self->at,
                     "nested more than %d levels deep: simplify the expression", NESTING);
  return FALSE;
}

static gboolean
fail_too_random (Parser *self)
{
  nn_text_set_error (self->error, NN_ERROR_SYNTAX, self->text, self->at,
                     "random arrays (noise, rand, shuffled, fresh) stand here more than "
                     "%d times: simplify the expression",
                     NN_EXPRESSION_DRAWS);
  return FALSE;
}

static gboolean
accept_token (Parser *self, const char *token)
{
  self->at = nn_text_skip_space (self->at);
  if (!g_str_has_prefix (self->at, token))
    return FALSE;
  self->at += strlen (token);
  return TRUE;
}

static gboolean
emit_value (Parser *self, NnOp op, float number)
{
  NnInstruction instruction = { op, number };

  if (self->n_values == NN_PROGRAM_STACK)
    return fail_too_deep (self);
  self->n_values++;
  g_array_append_val (self->program, instruction);
  return TRUE;
}

/* @n_arguments values become one. */
static void
emit_operation (Parser *self, NnOp op, guint n_arguments)
{
  NnInstruction instruction = { op, 0 };

  self->n_values -= n_arguments - 1;
  g_array_append_val (self->program, instruction);
}

static const char *
skip_digits (const char *at)
{
  while (g_ascii_isdigit (*at))
    at++;
  return at;
}

/* Python's way to float32, and PyTorch's: to double first, then rounded again. */
static gboolean
parse_number (Parser *self)
{
  const char *start = self->at;
  const char *end = skip_digits (start);
  g_autofree char *digits = NULL;
  float number;

  if (*end == '.')
    end = skip_digits (end + 1);
  if (end == start + 1 && *start == '.')
    return fail_expecting (self, "a number, a name or '('");
  if (*end == 'e' || *end == 'E') {
    end += end[1] == '+' || end[1] == '-' ? 2 : 1;
    self->at = end;
    end = skip_digits (end);
    if (end == self->at)
      return fail_expecting (self, "the digits of an exponent");
  }
  /* A copy, as strtod would read further than this grammar: 0x1p3. */
  digits = g_strndup (start, (gsize) (end - start));
  number = (float) g_ascii_strtod (digits, NULL);
  self->at = start;
  if (isinf (number)) {
    nn_text_set_error (self->error, NN_ERROR_SYNTAX, self->text, start,
                       "the number is larger than float32 can hold, 3.4028235e+38");
    return FALSE;
  }
  if (!emit_value (self, NN_OP_NUMBER, number))
    return FALSE;
  self->at = end;
  return TRUE;
}

/* All of them, in a row. */
static char *
dup_names (gboolean of_functions)
{
  const gsize n = of_functions ? G_N_ELEMENTS (functions) : G_N_ELEMENTS (names);
  GString *list = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "",
                            of_functions ? functions[i].name : names[i].name);
  return g_string_free (list, FALSE);
}

/* At the word that is at fault, which the message says about what there is instead. */
static gboolean
fail_unknown (Parser *self, gboolean of_functions)
{
  g_autofree char *found = nn_text_dup_found (self->at);
  g_autofree char *list = dup_names (of_functions);

  nn_text_set_error (self->error, NN_ERROR_UNKNOWN, self->text, self->at,
                     "unknown %s %s, expected one of: %s",
                     of_functions ? "function" : "name", found, list);
  return FALSE;
}

static gboolean
parse_arguments (Parser *self, const Function *function)
{
  for (guint i = 0; i < function->n_arguments; i++) {
    g_autofree char *expected = NULL;
    const gboolean last = i + 1 == function->n_arguments;

    if (!parse_choice (self))
      return FALSE;
    if (function->op == 0 && i > 0)
      emit_operation (self, last ? NN_OP_AT_MOST : NN_OP_AT_LEAST, 2);
    if (accept_token (self, last ? ")" : ","))
      continue;
    if (last && *self->at != ',')
      return fail_expecting (self, "an operator or ')'");
    expected = g_strdup_printf (
        "%s: %s takes %u argument%s", last ? "')'" : "an operator or ','", function->name,
        function->n_arguments, function->n_arguments == 1 ? "" : "s");
    return fail_expecting (self, expected);
  }
  if (function->op != 0)
    emit_operation (self, function->op, function->n_arguments);
  return TRUE;
}

static gboolean
parse_function (Parser *self, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name)) {
      self->at += strlen (name);
      accept_token (self, "(");
      return parse_arguments (self, &functions[i]);
    }
  return fail_unknown (self, TRUE);
}

static gboolean
parse_name (Parser *self)
{
  const char *end = self->at;
  g_autofree char *name = NULL;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  name = g_strndup (self->at, (gsize) (end - self->at));
  if (*nn_text_skip_space (end) == '(')
    return parse_function (self, name);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (!g_str_equal (names[i].name, name))
      continue;
    if (nn_op_is_drawn (names[i].op) && self->n_draws++ == NN_EXPRESSION_DRAWS)
      return fail_too_random (self);
    if (!emit_value (self, names[i].op, (float) names[i].number))
      return FALSE;
    self->at = end;
    return TRUE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name)) {
      self->at = end;
      return fail_expecting (self, "'(', for what stands before it is a function");
    }
  return fail_unknown (self, FALSE);
}

static gboolean
parse_primary (Parser *self)
{
  if (accept_token (self, "(")) {
    if (!parse_choice (self))
      return FALSE;
    return accept_token (self, ")") || fail_expecting (self, "an operator or ')'");
  }
  if (g_ascii_isdigit (*self->at) || *self->at == '.')
    return parse_number (self);
  if (g_ascii_isalpha (*self->at) || *self->at == '_')
    return parse_name (self);
  return fail_expecting (self, "a number, a name or '('");
}

/* Every recursion but a choice's comes through here, so that this is where its depth is
 * counted. */
static gboolean
parse_factor (Parser *self)
{
  gboolean negative = accept_token (self, "-");

  if (self->nesting == NESTING)
    return fail_too_deep (self);
  self->nesting++;
  if (negative || accept_token (self, "+")) {
    if (!parse_factor (self))
      return FALSE;
    if (negative)
      emit_operation (self, NN_OP_NEGATE, 1);
  } else {
    if (!parse_primary (self))
      return FALSE;
    if (accept_token (self, "^") || accept_token (self, "**")) {
      if (!parse_factor (self))
        return FALSE;
      emit_operation (self, NN_OP_POWER, 2);
    }
  }
  self->nesting--;
  return TRUE;
}

static gboolean
parse_product (Parser *self)
{
  if (!parse_factor (self))
    return FALSE;
  for (;;) {
    gboolean times = accept_token (self, "*");

    if (!times && !accept_token (self, "/"))
      return TRUE;
    if (!parse_factor (self))
      return FALSE;
    emit_operation (self, times ? NN_OP_MULTIPLY : NN_OP_DIVIDE, 2);
  }
}

static gboolean
parse_sum (Parser *self)
{
  if (!parse_product (self))
    return FALSE;
  for (;;) {
    gboolean plus = accept_token (self, "+");

    if (!plus && !accept_token (self, "-"))
      return TRUE;
    if (!parse_product (self))
      return FALSE;
    emit_operation (self, plus ? NN_OP_ADD : NN_OP_SUBTRACT, 2);
  }
}

/* Returns the relation that is next, or 0. */
static NnOp
accept_relation (Parser *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (relations); i++)
    if (accept_token (self, relations[i].token))
      return relations[i].op;
  return 0;
}

/* x < y < z would be (x < y) and (y < z) in Python, and (x < y) < z in C. */
static gboolean
parse_comparison (Parser *self)
{
  NnOp op;
  const char *at;

  if (!parse_sum (self))
    return FALSE;
  op = accept_relation (self);
  if (op == 0)
    return TRUE;
  if (!parse_sum (self))
    return FALSE;
  emit_operation (self, op, 2);
  at = nn_text_skip_space (self->at);
  if (accept_relation (self) == 0)
    return TRUE;
  self->at = at;
  return fail_expecting (self,
                         "no second comparison: write (0 < w)*(w < 1) for 0 < w < 1");
}

/* Counts a choice's depth, too, as its branches may be choices again. */
static gboolean
parse_choice (Parser *self)
{
  if (!parse_comparison (self))
    return FALSE;
  if (!accept_token (self, "?"))
    return TRUE;
  if (self->nesting == NESTING)
    return fail_too_deep (self);
  self->nesting++;
  if (!parse_choice (self))
    return FALSE;
  if (!accept_token (self, ":"))
    return fail_expecting (self, "an operator or ':'");
  if (!parse_choice (self))
    return FALSE;
  emit_operation (self, NN_OP_CHOOSE, 3);
  self->nesting--;
  return TRUE;
}

/**
 * nn_grammar_parse:
 * @text: any bytes
 *
 * Returns: (transfer full) (element-type NnInstruction) (nullable): the program, or NULL
 *   with an error that names the column where @text stops being an expression
 */
GArray *
nn_grammar_parse (const char *text, GError **error)
{
  g_autoptr (GArray) program = g_array_new (FALSE, FALSE, sizeof (NnInstruction));
  Parser parser = { .text = text, .at = text, .program = program, .error = error };

  if (!nn_text_check (text, error) || !parse_choice (&parser))
    return NULL;
  parser.at = nn_text_skip_space (parser.at);
  if (*parser.at == '=') {
    fail_expecting (&parser, "an operator or the end (equality is ==)");
    return NULL;
  }
  if (*parser.at != '\0') {
    fail_expecting (&parser, "an operator or the end");
    return NULL;
  }
  g_assert (parser.n_values == 1 && parser.nesting == 0);
  return g_steal_pointer (&program);
}
