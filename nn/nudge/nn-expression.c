/* nn-expression.c - update functions: arithmetic that maps a weight to its new value
 *
 * SPDX-License-Identifier: MIT
 *
 * A recursive descent parser writes a postfix program, which a stack machine runs
 * over one block of weights after the other:
 *
 *   sum     = product { ("+" | "-") product }
 *   product = factor { ("*" | "/") factor }
 *   factor  = ("+" | "-") factor | power
 *   power   = primary [ ("^" | "**") factor ]
 *   primary = number | "w" | "a" | "(" sum ")"
 */

#include "nn/nudge/nn-expression.h"

#include <math.h>
#include <string.h>

#include "nn/nudge/nn-text.h"

#define NESTING 64 /* levels of parentheses, signs and exponents */
#define STACK   64 /* values that a program may hold at once */

typedef enum {
  OP_WEIGHT,
  OP_AMOUNT,
  OP_NUMBER,
  OP_NEGATE,
  OP_ADD,
  OP_SUBTRACT,
  OP_MULTIPLY,
  OP_DIVIDE,
  OP_POWER,
} Op;

typedef struct {
  Op op;
  float number; /* of OP_NUMBER */
} Instruction;

struct _NnExpression {
  char *text; /* (owned) */
  gboolean uses_amount;
  gsize n_instructions;
  Instruction *program; /* (owned) postfix; never needs more than STACK values */
};

typedef struct {
  const char *text;
  const char *at;
  guint nesting;
  guint n_values;  /* on the machine's stack after the program so far */
  GArray *program; /* (element-type Instruction) */
  GError **error;
} Parser;

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
accept_token (Parser *self, const char *token)
{
  self->at = nn_text_skip_space (self->at);
  if (!g_str_has_prefix (self->at, token))
    return FALSE;
  self->at += strlen (token);
  return TRUE;
}

static gboolean
emit_value (Parser *self, Op op, float number)
{
  Instruction instruction = { op, number };

  if (self->n_values == STACK)
    return fail_too_deep (self);
  self->n_values++;
  g_array_append_val (self->program, instruction);
  return TRUE;
}

static void
emit_operation (Parser *self, Op op)
{
  Instruction instruction = { op, 0 };

  if (op != OP_NEGATE)
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
    return fail_expecting (self, "a number, w, a or '('");
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
  if (!emit_value (self, OP_NUMBER, number))
    return FALSE;
  self->at = end;
  return TRUE;
}

static gboolean
parse_name (Parser *self)
{
  const char *end = self->at;
  g_autofree char *found = NULL;
  Op op;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  if (end == self->at + 1 && (*self->at == 'w' || *self->at == 'a')) {
    op = *self->at == 'w' ? OP_WEIGHT : OP_AMOUNT;
    if (!emit_value (self, op, 0))
      return FALSE;
    self->at = end;
    return TRUE;
  }
  found = nn_text_dup_found (self->at);
  nn_text_set_error (self->error, NN_ERROR_UNKNOWN, self->text, self->at,
                     "unknown name %s: there are w, the weight, and a, the amount",
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
  return fail_expecting (self, "a number, w, a or '('");
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
      emit_operation (self, OP_NEGATE);
  } else {
    if (!parse_primary (self))
      return FALSE;
    if (accept_token (self, "^") || accept_token (self, "**")) {
      if (!parse_factor (self))
        return FALSE;
      emit_operation (self, OP_POWER);
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
    emit_operation (self, times ? OP_MULTIPLY : OP_DIVIDE);
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
    emit_operation (self, plus ? OP_ADD : OP_SUBTRACT);
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
  g_autoptr (GArray) program = g_array_new (FALSE, FALSE, sizeof (Instruction));
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
  self->program = g_memdup2 (program->data, program->len * sizeof (Instruction));
  for (gsize i = 0; i < self->n_instructions; i++)
    self->uses_amount |= self->program[i].op == OP_AMOUNT;
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

/* Four floats that the compiler keeps in one register, whatever the optimisation
 * level: arithmetic on them is elementwise, each element one float32 operation. */
typedef float Lanes __attribute__ ((vector_size (4 * sizeof (float))));

#define LANES       ((gsize) 4)
#define BLOCK_LANES 64 /* a block is 256 floats, 1 KiB: many fit the first cache */

/* A block of values, or a single one (in all four lanes) that goes with any block. */
typedef struct {
  const Lanes *lanes;
  gsize stride; /* from one Lanes to the next: 1, or 0 for a single value */
} Operand;

typedef struct {
  Lanes weights[BLOCK_LANES];
  gsize n; /* of the Lanes in a block that are in use */
  Operand stack[STACK];
  Lanes singles[STACK]; /* what stack[i] may point to: its own single value … */
  Lanes blocks[STACK][BLOCK_LANES]; /* … or its own block */
} Machine;

static Lanes
spread (float value)
{
  return (Lanes){ value, value, value, value };
}

/* A number divided by a tensor is a product in PyTorch, number * (1 / tensor),
 * which is rounded twice; anything else is one division. */
static void
divide (Lanes *result, Operand x, Operand y, gsize n)
{
  if (x.stride < y.stride)
    for (gsize i = 0; i < n; i++)
      result[i] = 1.0f / y.lanes[i] * x.lanes[0];
  else
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] / y.lanes[i * y.stride];
}

static void
square_root (Lanes *result, Operand x, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < LANES; k++)
      result[i][k] = sqrtf (x.lanes[i * x.stride][k]);
}

/* The exponents that PyTorch computes without its pow function, in its way.
 * Returns FALSE for any other. */
static gboolean
raise_simply (Lanes *result, Operand x, float exponent, gsize n)
{
  if (exponent == 2.0f || exponent == -2.0f) {
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] * x.lanes[i * x.stride];
  } else if (exponent == 3.0f) {
    for (gsize i = 0; i < n; i++) {
      Lanes base = x.lanes[i * x.stride];

      result[i] = base * base * base;
    }
  } else if (exponent == 0.5f || exponent == -0.5f) {
    square_root (result, x, n);
  } else if (exponent == -1.0f) {
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride];
  } else {
    return FALSE;
  }
  if (exponent < 0.0f)
    for (gsize i = 0; i < n; i++)
      result[i] = 1.0f / result[i];
  return TRUE;
}

static void
raise_to_power (Lanes *result, Operand x, Operand y, gsize n)
{
  if (y.stride == 0 && raise_simply (result, x, y.lanes[0][0], n))
    return;
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < LANES; k++)
      result[i][k] = powf (x.lanes[i * x.stride][k], y.lanes[i * y.stride][k]);
}

/* @result may be the lanes of an operand, as long as it has the same stride. */
static void
calculate (Op op, Lanes *result, Operand x, Operand y, gsize n)
{
  switch (op) {
  case OP_NEGATE:
    for (gsize i = 0; i < n; i++)
      result[i] = -x.lanes[i];
    break;
  case OP_ADD:
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] + y.lanes[i * y.stride];
    break;
  case OP_SUBTRACT:
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] - y.lanes[i * y.stride];
    break;
  case OP_MULTIPLY:
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] * y.lanes[i * y.stride];
    break;
  case OP_DIVIDE:
    divide (result, x, y, n);
    break;
  case OP_POWER:
    raise_to_power (result, x, y, n);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* What does not depend on w is computed as one value, not as a block of them. */
static Operand
run (const NnExpression *self, Machine *machine, float amount)
{
  Operand *top = machine->stack; /* the next free place */

  for (gsize i = 0; i < self->n_instructions; i++) {
    Instruction instruction = self->program[i];
    gsize place;
    Operand x, y;
    Lanes *result;

    if (instruction.op == OP_WEIGHT) {
      *top++ = (Operand){ machine->weights, 1 };
      continue;
    }
    if (instruction.op == OP_AMOUNT || instruction.op == OP_NUMBER) {
      result = &machine->singles[top - machine->stack];
      *result = spread (instruction.op == OP_AMOUNT ? amount : instruction.number);
      *top++ = (Operand){ result, 0 };
      continue;
    }
    y = *--top;
    x = instruction.op == OP_NEGATE ? y : *--top;
    place = (gsize) (top - machine->stack);
    if (MAX (x.stride, y.stride) == 0) {
      result = &machine->singles[place];
      calculate (instruction.op, result, x, y, 1);
      *top++ = (Operand){ result, 0 };
    } else {
      result = machine->blocks[place];
      calculate (instruction.op, result, x, y, machine->n);
      *top++ = (Operand){ result, 1 };
    }
  }
  return machine->stack[0];
}

/**
 * nn_expression_evaluate:
 * @w: (n) the values
 * @amount: what `a` stands for
 * @result: (n) out, overwritten: the new values; may be @w
 *
 * Not finite in, or not finite on the way, is not an error here: the result says
 * what float32 arithmetic says. Sums, products and quotients are PyTorch's bits,
 * also where it does not do the obvious: a number over a tensor, and powers with
 * the exponents 2, 3, 0.5, -0.5, -1 and -2. Other powers are powf's, which are
 * within two units in the last place of PyTorch's.
 *
 * Allocates nothing.
 */
void
nn_expression_evaluate (const NnExpression *self,
                        const float *w,
                        float amount,
                        float *result,
                        gsize n)
{
  Machine machine;

  for (gsize done = 0; done < n; done += LANES * BLOCK_LANES) {
    gsize size = MIN (n - done, LANES * BLOCK_LANES);
    Operand value;

    machine.n = (size + LANES - 1) / LANES;
    machine.weights[machine.n - 1] = spread (0);
    memcpy (machine.weights, w + done, size * sizeof *w);
    value = run (self, &machine, amount);
    if (value.stride == 0)
      for (gsize i = 0; i < size; i++)
        result[done + i] = value.lanes[0][0];
    else
      memcpy (result + done, value.lanes, size * sizeof *result);
  }
}
