/* nn-check.c - conditions and numbers of a lesson
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/lesson/nn-check.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/lesson/nn-check-node.h"

struct _NnCheck {
  GPtrArray *nodes; /* (owned) (element-type NnCheckNode) */
  const NnCheckNode *root;
};

/* What an expression is evaluated on. */
typedef struct {
  const NnFrame *frame;
  GHashTable *kept; /* (element-type utf8 double) */
} Facts;

static void
node_free (gpointer data)
{
  NnCheckNode *node = data;

  g_free (node->name);
  g_clear_pointer (&node->expression, nn_expression_unref);
  g_free (node);
}

/**
 * nn_check_new:
 * @kept: (nullable) (array zero-terminated=1): names of kept numbers
 *
 * Returns: (nullable): NULL with NN_ERROR_SYNTAX and the column, if it is not
 *   an expression
 */
NnCheck *
nn_check_new (const char *text, const char *const *kept, GError **error)
{
  static const char *const none[] = { NULL };
  NnCheck *self = g_new0 (NnCheck, 1);

  g_return_val_if_fail (text != NULL, NULL);

  self->nodes = g_ptr_array_new_with_free_func (node_free);
  self->root = nn_check_parse (text, kept != NULL ? kept : none, self->nodes, error);
  if (self->root == NULL)
    g_clear_pointer (&self, nn_check_free);
  return self;
}

void
nn_check_free (NnCheck *self)
{
  g_ptr_array_unref (self->nodes);
  g_free (self);
}

/**
 * nn_check_name_is_free:
 *
 * Returns: whether a number may be kept as @name: a word without a meaning in expressions
 */
gboolean
nn_check_name_is_free (const char *name)
{
  static const char *const taken[] = { "and", "or", "not", "abs", "min", "max", NULL };
  NnCheckOp op;

  if (!g_ascii_isalpha (*name) || g_strv_contains (taken, name) ||
      nn_check_node_find_name (name, &op))
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_')
      return FALSE;
  return TRUE;
}

/* --- Parameters -------------------------------------------------------------------- */

/* The operands of a whole parameter. */
static NnOperands
get_shape (const NnArchitecture *architecture, const NnParameterShape *parameter)
{
  const NnLayerShape *layer = &architecture->layers[parameter->layer];

  return (NnOperands){ .n = parameter->n_values,
                       .n_columns = parameter->shape[1],
                       .is_bias = parameter->rank == 1,
                       .fan_in = layer->n_inputs,
                       .fan_out = layer->n_units };
}

static gboolean
fits_parameter (const NnCheckNode *node,
                const NnArchitecture *architecture,
                GError **error)
{
  gboolean found = FALSE;

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];
    const NnOperands shape = get_shape (architecture, parameter);

    if (!g_pattern_match_simple (node->name, parameter->name))
      continue;
    if (!nn_expression_check (node->expression, &shape, error))
      return FALSE;
    found = TRUE;
  }
  if (!found)
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("there is no parameter '%s'; one is called %s"), node->name,
                 architecture->parameters[0].name);
  return found;
}

/**
 * nn_check_fits:
 *
 * Returns: whether a network of @architecture has the parameters that it reads
 */
gboolean
nn_check_fits (const NnCheck *self, const NnArchitecture *architecture, GError **error)
{
  for (guint i = 0; i < self->nodes->len; i++) {
    const NnCheckNode *node = self->nodes->pdata[i];

    if (node->op == NN_CHECK_PARAMETER && !fits_parameter (node, architecture, error))
      return FALSE;
  }
  return TRUE;
}

/* @numbers: (nullable) of all parameters; NULL: unknown
 * Returns: (transfer full): those of one parameter; NAN if unknown */
static float *
dup_numbers (const float *numbers, const NnParameterShape *parameter)
{
  float *copy = g_new (float, parameter->n_values);

  for (gsize i = 0; i < parameter->n_values; i++)
    copy[i] = numbers != NULL ? numbers[parameter->offset + i] : (float) NAN;
  return copy;
}

/* Returns: the one value of the expression for @parameter; NAN if it has several */
static double
evaluate_one (const NnExpression *expression,
              const NnFrame *frame,
              const NnParameterShape *parameter)
{
  NnOperands operands = get_shape (frame->architecture, parameter);
  const gsize n = parameter->n_values;
  g_autofree float *initial =
      dup_numbers (frame->numbers[NN_QUANTITY_SINCE_START], parameter);
  g_autofree float *gradient =
      dup_numbers (frame->numbers[NN_QUANTITY_GRADIENT], parameter);
  g_autofree float *slow = dup_numbers (frame->numbers[NN_QUANTITY_SLOW], parameter);
  g_autofree float *result = g_new0 (float, n);
  g_autofree float *new_slow = g_new0 (float, n);
  g_autofree float *scratch =
      g_new (float, MAX (1, nn_expression_get_n_arrays (expression) * n));

  operands.w = frame->values + parameter->offset;
  for (gsize i = 0; i < n; i++)
    initial[i] = operands.w[i] - initial[i];
  operands.initial = initial;
  operands.grad = gradient;
  operands.slow = slow;
  operands.new_slow = new_slow;
  operands.step = frame->step;
  operands.scratch = scratch;
  nn_expression_evaluate (expression, &operands, result);
  for (gsize i = 1; i < n; i++)
    if (result[i] != result[0])
      return NAN;
  return (double) result[0];
}

static double
evaluate_parameter (const NnCheckNode *node, const NnFrame *frame)
{
  const NnArchitecture *architecture = frame->architecture;
  double sum = NAN;

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];
    double value;

    if (!g_pattern_match_simple (node->name, parameter->name))
      continue;
    value = evaluate_one (node->expression, frame, parameter);
    sum = isnan (sum) ? value : sum + value;
  }
  return sum;
}

/* --- The run ----------------------------------------------------------------------- */

static double
get_loss_of (const NnFrame *frame, double step)
{
  float loss;

  if (frame->history == NULL || !(step >= 1 && step <= (double) frame->step) ||
      !nn_history_get_loss (frame->history, (guint64) step, &loss))
    return NAN;
  return (double) loss;
}

/* Returns: (nullable): the newest landing that changed something */
static const NnLanding *
find_landing (const NnFrame *frame)
{
  const NnLanding *newest = NULL;

  for (gsize i = 0; i < frame->n_landings; i++)
    if (frame->landings[i].n_times > 0 &&
        (newest == NULL || frame->landings[i].last >= newest->last))
      newest = &frame->landings[i];
  return newest;
}

static double
count_landings (const NnFrame *frame)
{
  guint64 n = 0;

  for (gsize i = 0; i < frame->n_landings; i++)
    n += frame->landings[i].n_times;
  return (double) n;
}

static double
read_run (NnCheckOp op, const NnFrame *frame)
{
  const NnLanding *landing = find_landing (frame);

  switch (op) {
  case NN_CHECK_STEP:
    return (double) frame->step;
  case NN_CHECK_LOSS:
    return frame->loss;
  case NN_CHECK_LOSS_BEFORE:
    return landing != NULL ? landing->loss_before : (double) NAN;
  case NN_CHECK_LOSS_AFTER:
    return landing != NULL ? landing->loss_after : (double) NAN;
  case NN_CHECK_CHANGE:
    return landing != NULL ? landing->change : (double) NAN;
  case NN_CHECK_NUDGES:
    return count_landings (frame);
  default:
    return frame->failure != NULL;
  }
}

static double
read_kept (const char *name, GHashTable *kept)
{
  const double *number = kept != NULL ? g_hash_table_lookup (kept, name) : NULL;

  return number != NULL ? *number : (double) NAN;
}

/* --- Evaluating -------------------------------------------------------------------- */

/* Returns: the result of an operator; a comparison gives 1 or 0 */
static double
combine (NnCheckOp op, double x, double y)
{
  switch (op) {
  case NN_CHECK_ADD:
    return x + y;
  case NN_CHECK_SUBTRACT:
    return x - y;
  case NN_CHECK_MULTIPLY:
    return x * y;
  case NN_CHECK_DIVIDE:
    return x / y;
  case NN_CHECK_MIN:
    return isnan (x) || x < y ? x : y;
  case NN_CHECK_MAX:
    return isnan (x) || x > y ? x : y;
  case NN_CHECK_LESS:
    return x < y;
  case NN_CHECK_AT_MOST:
    return x <= y;
  case NN_CHECK_EQUAL:
    return x == y;
  default: /* NN_CHECK_UNEQUAL; a comparison with NaN is false */
    return x < y || x > y;
  }
}

static gboolean
holds (double value)
{
  return value < 0 || value > 0;
}

static double
evaluate (const NnCheckNode *node, const Facts *facts)
{
  const double left = node->left != NULL ? evaluate (node->left, facts) : (double) NAN;

  switch (node->op) {
  case NN_CHECK_NUMBER:
    return node->number;
  case NN_CHECK_KEPT:
    return read_kept (node->name, facts->kept);
  case NN_CHECK_PARAMETER:
    return evaluate_parameter (node, facts->frame);
  case NN_CHECK_LOSS_OF:
    return get_loss_of (facts->frame, left);
  case NN_CHECK_ABS:
    return fabs (left);
  case NN_CHECK_NOT:
    return !holds (left);
  case NN_CHECK_AND:
    return holds (left) && holds (evaluate (node->right, facts));
  case NN_CHECK_OR:
    return holds (left) || holds (evaluate (node->right, facts));
  default:
    return node->right != NULL ? combine (node->op, left, evaluate (node->right, facts))
                               : read_run (node->op, facts->frame);
  }
}

/**
 * nn_check_evaluate:
 * @frame: carries NN_CHECK_QUANTITIES; what it lacks is unknown
 * @kept: (nullable) (element-type utf8 gdouble): numbers by their names
 *
 * O(values of the parameters that it reads).
 *
 * Returns: the number; a condition gives 1 or 0; NAN if something is unknown
 */
double
nn_check_evaluate (const NnCheck *self, const NnFrame *frame, GHashTable *kept)
{
  return evaluate (self->root, &(Facts){ frame, kept });
}
