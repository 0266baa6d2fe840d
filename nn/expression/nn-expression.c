/* nn-expression.c - update functions: arithmetic that maps a weight to its new value
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-expression.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-text.h"
#include "nn/expression/nn-catalogue.h"
#include "nn/expression/nn-compile.h"
#include "nn/expression/nn-derived.h"
#include "nn/expression/nn-expression-private.h"
#include "nn/expression/nn-repair.h"
#include "nn/expression/nn-statistics.h"

struct _NnExpression {
  char *text; /* (owned) canonical */
  NnNeeds needs;
  NnPlan plan; /* (owned) */
};

static const NnNeeds needs[] = {
  [NN_OP_INITIAL] = NN_NEED_INITIAL,
  [NN_OP_SLOW] = NN_NEED_SLOW,
  [NN_OP_GRAD] = NN_NEED_GRAD,
  [NN_OP_BEFORE] = NN_NEED_BEFORE,
  [NN_OP_ROW] = NN_NEED_INDICES,
  [NN_OP_COLUMN] = NN_NEED_INDICES,
  [NN_OP_ORTHOGONAL] = NN_NEED_INDICES,
  [NN_OP_GLOBAL_RANK] = NN_NEED_GLOBAL_RANK,
  [NN_OP_SHUFFLED] = NN_NEED_RANDOM,
  [NN_OP_FRESH] = NN_NEED_RANDOM | NN_NEED_INIT,
  [NN_OP_NOISE] = NN_NEED_RANDOM,
  [NN_OP_RAND] = NN_NEED_RANDOM,
  [NN_OP_AMOUNT] = NN_NEED_AMOUNT,
  [NN_OP_STEP] = NN_NEED_STEP,
  [NN_OP_RATE] = NN_NEED_RATE,
  [NN_OP_CHOOSE] = 0, /* sets the array's length: ops that are not listed need nothing */
};

static NnNeeds
find_needs (const NnPlan *plan)
{
  NnNeeds found = plan->sets_slow ? NN_NEED_SLOW : 0;

  if (plan->sets_w && plan->sets_slow)
    found |= needs[plan->other.op];
  for (gsize i = 0; i < plan->n_instructions; i++)
    found |= needs[plan->instructions[i].op];
  for (gsize i = 0; i < plan->n_steps; i++) {
    found |= needs[plan->steps[i].op] | needs[plan->steps[i].source.op];
    if (plan->steps[i].dim != NN_DIM_NONE)
      found |= NN_NEED_INDICES;
  }
  return found;
}

static void
clear (gpointer data)
{
  NnExpression *self = data;

  g_free (self->plan.instructions);
  g_free (self->plan.steps);
  g_free (self->text);
}

/* Parentheses around an expression that would be parsed as a function of the catalogue,
 * with or without an amount: noise, round(4). */
static char *
dup_text (const NnStatement *statements, guint n)
{
  g_autofree char *text = nn_statements_dup_text (statements, n);

  const NnTerm *value = statements[0].value;
  const gboolean is_named = n == 1 && statements[0].variable == 'w' &&
                            value->name != NULL &&
                            nn_catalogue_find (value->name, NULL) != NULL &&
                            (value->kind == NN_TERM_VALUE ||
                             (value->kind == NN_TERM_CALL && value->n_arguments == 1 &&
                              !value->arguments[0]->has_array));

  return is_named ? g_strdup_printf ("(%s)", text) : g_steal_pointer (&text);
}

/**
 * nn_expression_new_of:
 * @statements: (array length=n): at least one; not kept
 *
 * Returns: (transfer full) (nullable): NULL, with @fault set, if it is too large
 */
NnExpression *
nn_expression_new_of (const NnStatement *statements, guint n, NnFault *fault)
{
  g_autoptr (NnExpression) self = g_atomic_rc_box_new0 (NnExpression);

  if (!nn_compile (statements, n, &self->plan, fault))
    return NULL;
  self->text = dup_text (statements, n);
  self->needs = find_needs (&self->plan);
  return g_steal_pointer (&self);
}

static NnExpression *
read (const char *text, NnFault *fault)
{
  g_auto (NnBody) body = { 0 };
  NnTokens tokens;

  nn_body_init (&body);
  nn_tokens_init (&tokens, text, text);
  if (!nn_grammar_read_statements (&body, &tokens, NULL, fault))
    return NULL;
  if (nn_token_is (&tokens.token, '='))
    nn_fault_fix (fault, tokens.token.start, tokens.token.end, "==");
  if (tokens.token.kind != NN_TOKEN_END) {
    nn_fault_found (fault, tokens.token.start,
                    nn_token_is (&tokens.token, '=')
                        ? _ ("an operator or the end (equality is ==)")
                        : _ ("an operator or the end"));
    return NULL;
  }
  return nn_expression_new_of (body.statements, body.n, fault);
}

static gboolean
can_read (const char *text, gpointer data)
{
  g_auto (NnFault) fault = { .text = text };
  g_autoptr (NnExpression) expression = read (text, &fault);

  return expression != NULL;
}

/**
 * nn_expression_new:
 * @text: any bytes
 *
 * Returns: (transfer full) (nullable): NULL if it is not an expression (NN_ERROR_SYNTAX,
 *   NN_ERROR_UNKNOWN); the message has the column and, if possible, a corrected text
 */
NnExpression *
nn_expression_new (const char *text, GError **error)
{
  g_auto (NnFault) fault = { .text = text };
  NnExpression *self;

  g_return_val_if_fail (text != NULL, NULL);

  if (!nn_text_check (text, error))
    return NULL;
  self = read (text, &fault);
  if (self == NULL)
    nn_repair_propagate (&fault, can_read, NULL, error);
  return self;
}

NnExpression *
nn_expression_ref (NnExpression *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
nn_expression_unref (NnExpression *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * nn_expression_get_text:
 *
 * Returns: (transfer none): the canonical text, which parses to the same expression
 *   and text
 */
const char *
nn_expression_get_text (const NnExpression *self)
{
  return self->text;
}

/**
 * nn_expression_get_needs:
 *
 * Returns: the operands that it reads, which nn_expression_evaluate () must be given
 */
NnNeeds
nn_expression_get_needs (const NnExpression *self)
{
  return self->needs;
}

gboolean
nn_expression_uses_amount (const NnExpression *self)
{
  return (self->needs & NN_NEED_AMOUNT) != 0;
}

gboolean
nn_expression_uses_random (const NnExpression *self)
{
  return (self->needs & NN_NEED_RANDOM) != 0;
}

/**
 * nn_expression_sets_weights:
 *
 * Returns: FALSE if it only sets the slow copy m
 */
gboolean
nn_expression_sets_weights (const NnExpression *self)
{
  return self->plan.sets_w;
}

gboolean
nn_expression_sets_slow (const NnExpression *self)
{
  return self->plan.sets_slow;
}

/**
 * nn_expression_get_n_arrays:
 *
 * Returns: how many arrays of n floats the operands' scratch must have
 */
gsize
nn_expression_get_n_arrays (const NnExpression *self)
{
  return self->plan.n_arrays + self->plan.n_work;
}

static gboolean
has_what_is_needed (const NnExpression *self, const NnOperands *o)
{
  return (nn_expression_get_n_arrays (self) == 0 || o->scratch != NULL) &&
         (!(self->needs & NN_NEED_INITIAL) || o->initial != NULL) &&
         (!(self->needs & NN_NEED_SLOW) || o->slow != NULL) &&
         (!self->plan.sets_slow || o->new_slow != NULL) &&
         (!(self->needs & NN_NEED_GRAD) || o->grad != NULL) &&
         (!(self->needs & NN_NEED_BEFORE) || o->before != NULL) &&
         (!(self->needs & NN_NEED_GLOBAL_RANK) || o->global_rank != NULL) &&
         (!(self->needs & NN_NEED_INDICES) || o->edges != NULL || o->n_columns > 0) &&
         (!(self->needs & NN_NEED_RANDOM) || o->random != NULL) &&
         (!(self->needs & NN_NEED_INIT) || o->init != NULL);
}

/**
 * nn_expression_check:
 * @operands: only the shape is read
 *
 * Returns: FALSE if the target lacks the dimension of a statistic (dim=), or has too few
 *   values for std (NN_ERROR_SHAPE)
 */
gboolean
nn_expression_check (const NnExpression *self, const NnOperands *operands, GError **error)
{
  for (gsize i = 0; i < self->plan.n_steps; i++) {
    const NnPlanStep *step = &self->plan.steps[i];
    gsize n;

    if (step->make != NN_MAKE_STATISTIC)
      continue;
    if (!nn_statistic_get_lane_length (operands, step->dim, &n)) {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("it has no dim %d: it is one row"),
                   step->dim);
      return FALSE;
    }
    if (step->op == NN_OP_STD && !step->biased && n < 2) {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                           _ ("one value has no std, which is over n − 1"));
      return FALSE;
    }
  }
  return TRUE;
}

static void
copy_other (const NnPlan *plan,
            const NnOperands *operands,
            const NnDerived *derived,
            float *result)
{
  const float *values = nn_program_get_array (&plan->other, operands, derived);

  if (values != result)
    memcpy (result, values, operands->n * sizeof *result);
}

/**
 * nn_expression_evaluate:
 * @operands: accepted by nn_expression_check (), otherwise std is NaN; with everything
 *   that nn_expression_get_needs () names
 * @result: (out) (n): the new values; unchanged unless nn_expression_sets_weights (). May
 *   be the operands' w
 *
 * NaN and infinity are no error: they propagate as in float32 arithmetic. Does
 * not allocate.
 */
void
nn_expression_evaluate (const NnExpression *self,
                        const NnOperands *operands,
                        float *result)
{
  const NnPlan *plan = &self->plan;
  const NnProgram last = { plan->instructions + plan->first,
                           plan->n_instructions - plan->first };
  NnDerived derived;

  g_return_if_fail (operands->n <= G_MAXUINT32);
  g_return_if_fail (has_what_is_needed (self, operands));

  if (operands->n == 0)
    return;
  if (plan->n_steps > 0)
    nn_derived_compute (&derived, plan, operands);
  /* Everything is read before the result, which may be w, is written. */
  if (plan->slow_is_last)
    nn_program_run (last, operands, &derived, operands->new_slow);
  if (plan->sets_w && plan->sets_slow)
    copy_other (plan, operands, &derived,
                plan->slow_is_last ? result : operands->new_slow);
  if (!plan->slow_is_last)
    nn_program_run (last, operands, &derived, result);
}

/**
 * nn_expression_get_program:
 * @program: (out): borrowed from @self
 *
 * Returns: FALSE if it is more than one elementwise program: it has steps before it
 */
gboolean
nn_expression_get_program (const NnExpression *self, NnProgram *program)
{
  *program = (NnProgram){ self->plan.instructions, self->plan.n_instructions };
  return self->plan.n_steps == 0;
}

/**
 * nn_expression_get_plan:
 *
 * Returns: (transfer none): what it was compiled to
 */
const NnPlan *
nn_expression_get_plan (const NnExpression *self)
{
  return &self->plan;
}
