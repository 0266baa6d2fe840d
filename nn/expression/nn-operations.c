/* nn-operations.c - an update function as postfix operations, to be executed by PyTorch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-operations.h"

#include <string.h>

#include "nn/expression/nn-grammar.h"

static const char *const names[] = {
  [NN_OP_WEIGHT] = "w",
  [NN_OP_INITIAL] = "w0",
  [NN_OP_SLOW] = "m",
  [NN_OP_GRAD] = "g",
  [NN_OP_BEFORE] = "before",
  [NN_OP_ROW] = "i",
  [NN_OP_COLUMN] = "j",
  [NN_OP_RANK] = "rank",
  [NN_OP_ORTHOGONAL] = "orthogonal",
  [NN_OP_GLOBAL_RANK] = "global_rank",
  [NN_OP_SHUFFLED] = "shuffled",
  [NN_OP_FRESH] = "fresh",
  [NN_OP_NOISE] = "noise",
  [NN_OP_RAND] = "rand",
  [NN_OP_MEAN] = "mean",
  [NN_OP_STD] = "std",
  [NN_OP_NORM] = "norm",
  [NN_OP_LEAST] = "amin",
  [NN_OP_MOST] = "amax",
  [NN_OP_SUM] = "sum",
  [NN_OP_PRODUCT] = "prod",
  [NN_OP_MEDIAN] = "median",
  [NN_OP_QUANTILE] = "quantile",
  [NN_OP_ANY] = "any",
  [NN_OP_ALL] = "all",
  [NN_OP_COUNT] = "count",
  [NN_OP_NUMBER] = "number",
  [NN_OP_AMOUNT] = "a",
  [NN_OP_STEP] = "n",
  [NN_OP_RATE] = "lr",
  [NN_OP_NEGATE] = "negate",
  [NN_OP_ABS] = "abs",
  [NN_OP_SIGN] = "sign",
  [NN_OP_SQRT] = "sqrt",
  [NN_OP_EXP] = "exp",
  [NN_OP_LOG] = "log",
  [NN_OP_SIN] = "sin",
  [NN_OP_COS] = "cos",
  [NN_OP_TANH] = "tanh",
  [NN_OP_SIGMOID] = "sigmoid",
  [NN_OP_RELU] = "relu",
  [NN_OP_FLOOR] = "floor",
  [NN_OP_ROUND] = "round",
  [NN_OP_ADD] = "add",
  [NN_OP_SUBTRACT] = "subtract",
  [NN_OP_MULTIPLY] = "multiply",
  [NN_OP_DIVIDE] = "divide",
  [NN_OP_POWER] = "power",
  [NN_OP_LESS] = "less",
  [NN_OP_LESS_EQUAL] = "less_equal",
  [NN_OP_GREATER] = "greater",
  [NN_OP_GREATER_EQUAL] = "greater_equal",
  [NN_OP_EQUAL] = "equal",
  [NN_OP_NOT_EQUAL] = "not_equal",
  [NN_OP_MIN] = "minimum",
  [NN_OP_MAX] = "maximum",
  [NN_OP_AT_LEAST] = "clamp_min",
  [NN_OP_AT_MOST] = "clamp_max",
  [NN_OP_CHOOSE] = "choose",
  [NN_OP_CLAMP] = "clamp",
  [NN_OP_NORMAL] = "normal",
  [NN_OP_UNIFORM] = "uniform",
};

static void
append_name (GArray *operations, const char *name)
{
  const NnListedOperation operation = { .name = name };

  g_array_append_val (operations, operation);
}

static void
append_number (GArray *operations, double number)
{
  const NnListedOperation operation = { .name = names[NN_OP_NUMBER], .number = number };

  g_array_append_val (operations, operation);
}

/* A value with a name; pi and e become numbers. */
static void
append_value (GArray *operations, const NnTerm *term)
{
  if (term->op != NN_OP_NUMBER)
    append_name (operations, names[term->op]);
  else
    append_number (operations, strcmp (term->name, "pi") == 0 ? G_PI : G_E);
}

static void append (GArray *operations, const NnTerm *term);

/* x < y < z becomes: x, y, less (keeps y), z, less, and. */
static void
append_comparison (GArray *operations, const NnTerm *term)
{
  append (operations, term->arguments[0]);
  for (guint i = 1; i < term->n_arguments; i++) {
    const NnListedOperation operation = {
      .name = names[term->relations[i - 1]],
      .keeps = i + 1 < term->n_arguments,
    };

    append (operations, term->arguments[i]);
    g_array_append_val (operations, operation);
  }
  for (guint i = 2; i < term->n_arguments; i++)
    append_name (operations, "and");
}

static void
append_statistic (GArray *operations, const NnTerm *term)
{
  const NnListedOperation operation = {
    .name = names[term->op],
    .is_statistic = TRUE,
    .has_dim = term->dim != NN_DIM_NONE,
    .dim = term->dim,
    .biased = term->biased,
  };

  for (guint i = 0; i < term->n_arguments; i++)
    append (operations, term->arguments[i]);
  g_array_append_val (operations, operation);
}

static void
append_operation (GArray *operations, const NnTerm *term, const char *name)
{
  for (guint i = 0; i < term->n_arguments; i++)
    append (operations, term->arguments[i]);
  append_name (operations, name);
}

static void
append (GArray *operations, const NnTerm *term)
{
  switch (term->kind) {
  case NN_TERM_NUMBER:
    append_number (operations, g_ascii_strtod (term->digits, NULL));
    break;
  case NN_TERM_VALUE:
    append_value (operations, term);
    break;
  case NN_TERM_OPERATION:
  case NN_TERM_CALL:
    append_operation (operations, term, names[term->op]);
    break;
  case NN_TERM_COMPARISON:
    append_comparison (operations, term);
    break;
  case NN_TERM_AND:
    append_operation (operations, term, "and");
    break;
  case NN_TERM_OR:
    append_operation (operations, term, "or");
    break;
  case NN_TERM_NOT:
    append_operation (operations, term, "not");
    break;
  case NN_TERM_STATISTIC:
    append_statistic (operations, term);
    break;
  }
}

/**
 * nn_operations_new:
 *
 * Parses the canonical text of @expression again.
 *
 * Returns: (transfer full) (element-type NnListedOperation)
 */
GArray *
nn_operations_new (const NnExpression *expression)
{
  const char *text = nn_expression_get_text (expression);
  GArray *operations = g_array_new (FALSE, FALSE, sizeof (NnListedOperation));
  g_auto (NnFault) fault = { .text = text };
  g_auto (NnBody) body = { 0 };
  NnTokens tokens;
  gboolean read;

  nn_body_init (&body);
  nn_tokens_init (&tokens, text, text);
  read = nn_grammar_read_statements (&body, &tokens, NULL, &fault);
  g_assert (read);
  for (guint i = 0; i < body.n; i++) {
    append (operations, body.statements[i].value);
    append_name (operations, body.statements[i].variable == 'm' ? "set_m" : "set_w");
  }
  return operations;
}
