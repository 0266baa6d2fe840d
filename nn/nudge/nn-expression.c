/* nn-expression.c - update functions: arithmetic that maps a weight to its new value
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-expression.h"

#include "nn/base/nn-text.h"
#include "nn/nudge/nn-derived.h"
#include "nn/nudge/nn-grammar.h"
#include "nn/nudge/nn-program.h"

struct _NnExpression {
  char *text; /* (owned) */
  NnNeeds needs;
  gsize n_arrays;
  gboolean derives; /* something of the target as a whole, or draws */
  gsize n_instructions;
  NnInstruction *program; /* (owned) holds at most NN_PROGRAM_STACK values at once */
};

static const NnNeeds needs[] = {
  [NN_OP_INITIAL] = NN_NEED_INITIAL,
  [NN_OP_GRAD] = NN_NEED_GRAD,
  [NN_OP_BEFORE] = NN_NEED_BEFORE,
  [NN_OP_ROW] = NN_NEED_INDICES,
  [NN_OP_COLUMN] = NN_NEED_INDICES,
  [NN_OP_ORTHOGONAL] = NN_NEED_INDICES,
  [NN_OP_SHUFFLED] = NN_NEED_RANDOM,
  [NN_OP_FRESH] = NN_NEED_RANDOM | NN_NEED_INIT,
  [NN_OP_NOISE] = NN_NEED_RANDOM,
  [NN_OP_RAND] = NN_NEED_RANDOM,
  [NN_OP_AMOUNT] = NN_NEED_AMOUNT,
  [NN_OP_STEP] = NN_NEED_STEP,
  [NN_OP_CHOOSE] = 0, /* the last one: none of the others needs anything */
};

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
  g_autoptr (GArray) program = NULL;
  NnExpression *self;

  g_return_val_if_fail (text != NULL, NULL);

  program = nn_grammar_parse (text, error);
  if (program == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (NnExpression);
  self->text = dup_tidy (text);
  self->n_instructions = program->len;
  self->program = g_memdup2 (program->data, program->len * sizeof (NnInstruction));
  self->n_arrays = nn_derived_count_arrays (self->program, self->n_instructions);
  self->derives = self->n_arrays > 0;
  for (gsize i = 0; i < self->n_instructions; i++) {
    self->needs |= needs[self->program[i].op];
    self->derives |= nn_op_is_statistic (self->program[i].op);
  }
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

/**
 * nn_expression_get_needs:
 *
 * Returns: which of the operands it reads
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
 * nn_expression_get_n_arrays:
 *
 * Returns: how many arrays as long as the target its scratch takes
 */
gsize
nn_expression_get_n_arrays (const NnExpression *self)
{
  return self->n_arrays;
}

static gboolean
has_what_is_needed (const NnExpression *self, const NnOperands *o)
{
  return (self->n_arrays == 0 || o->scratch != NULL) &&
         (!(self->needs & NN_NEED_INITIAL) || o->initial != NULL) &&
         (!(self->needs & NN_NEED_GRAD) || o->grad != NULL) &&
         (!(self->needs & NN_NEED_BEFORE) || o->before != NULL) &&
         (!(self->needs & NN_NEED_INDICES) || o->edges != NULL || o->n_columns > 0) &&
         (!(self->needs & NN_NEED_RANDOM) || o->random != NULL) &&
         (!(self->needs & NN_NEED_INIT) || o->init != NULL);
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
  NnDerived derived;

  g_return_if_fail (operands->n <= G_MAXUINT32);
  g_return_if_fail (has_what_is_needed (self, operands));

  if (self->derives)
    nn_derived_compute (&derived, self->program, self->n_instructions, operands);
  nn_program_run (self->program, self->n_instructions, operands, &derived, result);
}
