/* nn-expression.c - update functions: arithmetic that maps a weight to its new value
 *
 * SPDX-License-Identifier: MIT
 *
 * A recursive descent parser writes a program for the machine of nn-program.c:
 *
 *   sum     = product { ("+" | "-") product }
 *   product = factor { ("*" | "/") factor }
 *   factor  = ("+" | "-") factor | power
 *   power   = primary [ ("^" | "**") factor ]
 *   primary = number | name | "(" sum ")"
 *   name    = "w" | "a" | "noise" | "rand"
 */

#include "nn/nudge/nn-expression.h"

#include <math.h>
#include <string.h>

#include "nn/nudge/nn-program.h"
#include "nn/nudge/nn-text.h"

#define NESTING 64 /* levels of parentheses, signs and exponents */

struct _NnExpression {
  char *text; /* (owned) */
  gboolean uses_amount;
  gsize n_draws; /* mentions of noise and rand */
  gsize n_instructions;
  NnInstruction *program; /* (owned) holds at most NN_PROGRAM_STACK values at once */
};

typedef struct {
  const char *text;
  const char *at;
  guint nesting;
  guint n_values;  /* on the machine's stack after the program so far */
  guint n_draws;   /* in the program so far */
  GArray *program; /* (element-type NnInstruction) */
  GError **error;
} Parser;

static const struct {
  const char *name;
  NnOp op;
} names[] = {
  { "w", NN_OP_WEIGHT },
  { "a", NN_OP_AMOUNT },
  { "noise", NN_OP_NOISE },
  { "rand", NN_OP_RAND },
};

static gboolean parse_sum (Parser *self);

static gboolean
fail_expecting (Parser *self, const char *expected)
{
  g_autofree char *found = nn_text_dup_found (self->at);

  nn_text_set_error (self->error, NN_ERROR_SYNTAX, self->text, self->at,
                     "found %s, expected %s", found, expected);
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
                     "noise and rand stand here more than %d times: simplify the "
                     "expression",
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

static void
emit_operation (Parser *self, NnOp op)
{
  NnInstruction instruction = { op, 0 };

  if (op != NN_OP_NEGATE)
    self->n_values--;
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

static gboolean
is_random (NnOp op)
{
  return op == NN_OP_NOISE || op == NN_OP_RAND;
}

static gboolean
parse_name (Parser *self)
{
  const char *end = self->at;
  g_autofree char *name = NULL;
  g_autofree char *found = NULL;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  name = g_strndup (self->at, (gsize) (end - self->at));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (!g_str_equal (names[i].name, name))
      continue;
    if (is_random (names[i].op) && self->n_draws++ == NN_EXPRESSION_DRAWS)
      return fail_too_random (self);
    if (!emit_value (self, names[i].op, 0))
      return FALSE;
    self->at = end;
    return TRUE;
  }
  found = nn_text_dup_found (self->at);
  nn_text_set_error (self->error, NN_ERROR_UNKNOWN, self->text, self->at,
                     "unknown name %s: there are w, the weight, a, the amount, and noise "
                     "and rand, random numbers",
                     found);
  return FALSE;
}

static gboolean
parse_primary (Parser *self)
{
  if (accept_token (self, "(")) {
    if (!parse_sum (self))
      return FALSE;
    return accept_token (self, ")") || fail_expecting (self, "an operator or ')'");
  }
  if (g_ascii_isdigit (*self->at) || *self->at == '.')
    return parse_number (self);
  if (g_ascii_isalpha (*self->at) || *self->at == '_')
    return parse_name (self);
  return fail_expecting (self, "a number, a name or '('");
}

/* Every recursion comes through here, so this is where its depth is counted. */
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
      emit_operation (self, NN_OP_NEGATE);
  } else {
    if (!parse_primary (self))
      return FALSE;
    if (accept_token (self, "^") || accept_token (self, "**")) {
      if (!parse_factor (self))
        return FALSE;
      emit_operation (self, NN_OP_POWER);
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
    emit_operation (self, times ? NN_OP_MULTIPLY : NN_OP_DIVIDE);
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
    emit_operation (self, plus ? NN_OP_ADD : NN_OP_SUBTRACT);
  }
}

/* One line, without white space around it and never two spaces in a row. */
static char *
dup_tidy (const char *text)
{
  GString *tidy = g_string_new (NULL);

  for (const char *at = nn_text_skip_space (text); *at != '\0';) {
    if (!g_ascii_isspace (*at)) {
      g_string_append_c (tidy, *at++);
      continue;
    }
    at = nn_text_skip_space (at);
    if (*at != '\0')
      g_string_append_c (tidy, ' ');
  }
  return g_string_free (tidy, FALSE);
}

/**
 * nn_expression_new:
 * @text: any bytes; what is not an expression is refused with the column where
 *   it stops being one
 */
NnExpression *
nn_expression_new (const char *text, GError **error)
{
  g_autoptr (GArray) program = g_array_new (FALSE, FALSE, sizeof (NnInstruction));
  Parser parser = { .text = text, .at = text, .program = program, .error = error };
  NnExpression *self;

  g_return_val_if_fail (text != NULL, NULL);

  if (!nn_text_check (text, error) || !parse_sum (&parser))
    return NULL;
  parser.at = nn_text_skip_space (parser.at);
  if (*parser.at != '\0') {
    fail_expecting (&parser, "an operator or the end");
    return NULL;
  }
  g_assert (parser.n_values == 1 && parser.nesting == 0);

  self = g_atomic_rc_box_new0 (NnExpression);
  self->text = dup_tidy (text);
  self->n_instructions = program->len;
  self->program = g_memdup2 (program->data, program->len * sizeof (NnInstruction));
  self->n_draws = parser.n_draws;
  for (gsize i = 0; i < self->n_instructions; i++)
    self->uses_amount |= self->program[i].op == NN_OP_AMOUNT;
  return self;
}

NnExpression *
nn_expression_ref (NnExpression *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnExpression *self = data;

  g_free (self->program);
  g_free (self->text);
}

void
nn_expression_unref (NnExpression *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * nn_expression_get_text:
 *
 * Returns: the text it was made of, on one line: white space around it is gone,
 *   and within it is a single space
 */
const char *
nn_expression_get_text (const NnExpression *self)
{
  return self->text;
}

gboolean
nn_expression_uses_amount (const NnExpression *self)
{
  return self->uses_amount;
}

gboolean
nn_expression_uses_random (const NnExpression *self)
{
  return self->n_draws > 0;
}

/**
 * nn_expression_get_n_arrays:
 *
 * Returns: how many arrays as long as the weights it needs room for
 */
gsize
nn_expression_get_n_arrays (const NnExpression *self)
{
  return self->n_draws;
}

/* Whole tensors, as torch.randn's algorithm depends on their size, and from left to
 * right, as Python evaluates. */
static void
draw (const NnExpression *self, const NnOperands *operands)
{
  float *draws = operands->room;

  for (gsize i = 0; i < self->n_instructions; i++) {
    if (self->program[i].op == NN_OP_NOISE)
      nn_random_fill_normal (operands->random, 0, 1, draws, operands->n);
    else if (self->program[i].op == NN_OP_RAND)
      nn_random_fill_uniform (operands->random, 0, 1, draws, operands->n);
    else
      continue;
    draws += operands->n;
  }
}

/**
 * nn_expression_evaluate:
 * @result: (n) out, overwritten: the new values; may be the operands' w
 *
 * Not finite in, or not finite on the way, is not an error here: the result says
 * what float32 arithmetic says. Allocates nothing.
 */
void
nn_expression_evaluate (const NnExpression *self,
                        const NnOperands *operands,
                        float *result)
{
  g_return_if_fail (self->n_draws == 0 ||
                    (operands->random != NULL && operands->room != NULL));

  if (self->n_draws > 0)
    draw (self, operands);
  nn_program_run (self->program, self->n_instructions, operands->w, operands->amount,
                  operands->room, result, operands->n);
}
