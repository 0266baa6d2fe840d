/* nn-call-meaning.c - makes the term of a function call with bound arguments
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/expression/nn-call.h"

static NnTerm *
as_term (gboolean failed)
{
  g_assert (!failed);
  return NULL;
}

/* The second argument of norm (w, 1) is the power in PyTorch, but may be meant as dim. */
static NnTerm *
fail_second (const NnCalling *self, const NnArgument *second, NnFault *fault)
{
  const NnArgument *first = &self->bound[0];
  g_autofree char *x = g_strndup (first->start, (gsize) (first->end - first->start));
  g_autofree char *y = g_strndup (second->start, (gsize) (second->end - second->start));
  const gboolean short_enough = self->is_text && strlen (x) + strlen (y) < 60;
  const char *of = short_enough ? x : "w";
  const char *name = self->call->name;

  if (second->kind == NN_ARGUMENT_VALUE)
    nn_fault_fix (fault, second->start, second->end, "dim=%s", y);
  return as_term (
      nn_fault_set (fault, NN_ERROR_SYNTAX, second->start,
                    _ ("%s takes one value and goes over all of it: write %s(%s, dim=%s) "
                       "for one dimension%s%s%s"),
                    name, name, of, short_enough ? y : "1",
                    self->call->op == NN_OP_NORM ? _ (", or sum(abs(") : "",
                    self->call->op == NN_OP_NORM ? of : "",
                    self->call->op == NN_OP_NORM ? _ (")) for the 1-norm") : ""));
}

static gboolean
check_power (const NnCalling *self, NnFault *fault)
{
  const NnArgument *power = nn_calling_get_argument (self, "p");
  int p;

  if (power == NULL || (nn_argument_read_integer (power, &p) && p == 2))
    return TRUE;
  if (self->is_text && nn_argument_read_integer (power, &p) && p == 1)
    nn_fault_fix (fault, self->at, power->end, "sum(abs(%.*s)",
                  (int) (self->bound[0].end - self->bound[0].start),
                  self->bound[0].start);
  return nn_fault_set (fault, NN_ERROR_SYNTAX, power->start,
                       _ ("norm is √Σx²: write sum(abs(x)) for p=1, max(abs(x)) for "
                          "p=inf, sum(abs(x)^p)^(1/p) for others"));
}

static gboolean
get_biased (const NnCalling *self, gboolean *biased, NnFault *fault)
{
  const NnArgument *correction = nn_calling_get_argument (self, "correction");
  const NnArgument *unbiased = nn_calling_get_argument (self, "unbiased");
  const guint index = nn_calling_find_parameter (self, "correction");
  g_autofree char *usual = NULL;
  int value = 1;

  *biased = FALSE;
  if (index >= self->n_parameters)
    return TRUE;
  usual = nn_calling_dup_default (self, index);
  if (usual != NULL && correction == NULL)
    value = (int) g_ascii_strtoll (usual, NULL, 10);
  if (unbiased != NULL)
    value = unbiased->kind == NN_ARGUMENT_TRUE;
  if (correction != NULL &&
      (!nn_argument_read_integer (correction, &value) || value < 0 || value > 1)) {
    nn_fault_fix (fault, correction->start, correction->end, "correction=1");
    return nn_fault_set (fault, NN_ERROR_SYNTAX, correction->start,
                         _ ("the correction is 0 (over n) or 1 (over n − 1)"));
  }
  *biased = value == 0;
  return TRUE;
}

static gboolean
check_fraction (const NnTerm *q, NnFault *fault)
{
  if (q->has_array)
    return nn_fault_set (fault, NN_ERROR_SYNTAX, q->at,
                         _ ("q is one number from 0 to 1, not one for each weight"));
  if (q->kind == NN_TERM_NUMBER && q->number > 1) {
    if (q->number <= 100)
      nn_fault_fix (fault, q->at, q->at + strlen (q->digits), "%g",
                    (double) q->number / 100);
    return nn_fault_set (fault, NN_ERROR_SYNTAX, q->at, _ ("q is from 0 to 1, not %s"),
                         q->digits);
  }
  return TRUE;
}

/* norm (w, 2) can only mean the power: there is no dimension 2. */
static gboolean
is_square_norm (const NnCalling *self, guint i)
{
  int power;

  return self->call->op == NN_OP_NORM && i == 1 &&
         nn_argument_read_integer (&self->bound[i], &power) && power == 2;
}

static NnTerm *
make_statistic (NnCalling *self, NnTree *tree, NnFault *fault)
{
  const guint n = self->call->op == NN_OP_QUANTILE ? 2 : 1;
  NnTerm *values[2];
  NnTerm *term;
  gboolean biased;
  int dim;

  for (guint i = 0; i < n; i++) {
    if (self->bound[i].kind != NN_ARGUMENT_VALUE)
      return as_term (
          nn_calling_fail (self, self->bound[i].start, _ ("this is no value"), fault));
    values[i] = self->bound[i].term;
  }
  for (guint i = n; i < self->n_parameters; i++)
    if (self->bound[i].kind != NN_ARGUMENT_ABSENT && self->bound[i].name == NULL &&
        !is_square_norm (self, i))
      return fail_second (self, &self->bound[i], fault);
  if (n == 2 && values[1]->has_array)
    nn_fault_fix (fault, self->bound[1].start, self->bound[1].end, "0.5");
  if (!nn_calling_get_dim (self, &dim, fault) ||
      (self->call->op == NN_OP_NORM && !check_power (self, fault)) ||
      !get_biased (self, &biased, fault) ||
      (n == 2 && !check_fraction (values[1], fault)))
    return NULL;
  term = nn_tree_add (tree, NN_TERM_STATISTIC, self->call->op, self->at, n, values);
  term->name = self->call->name + (g_str_has_prefix (self->call->name, "np.") ? 3 : 0);
  term->dim = dim;
  term->biased = biased;
  term->has_array = dim != NN_DIM_NONE;
  term->boolean = self->call->op == NN_OP_ANY || self->call->op == NN_OP_ALL;
  return term;
}

static NnTerm *
make_operation (NnCalling *self, NnOp op, guint n, NnTree *tree, NnFault *fault)
{
  NnTerm *values[3];
  NnTerm *term;

  for (guint i = 0; i < n; i++) {
    if (self->bound[i].kind != NN_ARGUMENT_VALUE)
      return as_term (
          nn_calling_fail (self, self->bound[i].start, _ ("this is no value"), fault));
    values[i] = self->bound[i].term;
  }
  term = nn_tree_add (tree, NN_TERM_CALL, op, self->at, n, values);
  term->name = self->call->name;
  return term;
}

/* "max(w, 0, 1)" should be max(max(w, 0), 1). */
static void
suggest_nested (const NnCalling *self, NnFault *fault)
{
  const char *start = self->bound[0].start;
  const char *end = self->bound[1].end;

  if (self->is_text)
    nn_fault_fix (fault, start, end, "%s(%.*s)", self->call->name, (int) (end - start),
                  start);
}

static NnTerm *
make_extreme (NnCalling *self, NnTree *tree, NnFault *fault)
{
  const gboolean least = self->call->op == NN_OP_LEAST;

  if (self->bound[1].kind == NN_ARGUMENT_ABSENT)
    return make_statistic (self, tree, fault);
  for (guint i = 2; i < self->n_parameters; i++)
    if (self->bound[i].kind != NN_ARGUMENT_ABSENT) {
      suggest_nested (self, fault);
      return as_term (nn_calling_fail (
          self, self->bound[i].start,
          _ ("of two values there is no dimension, and of three write max(max(x, y), z)"),
          fault));
    }
  return make_operation (self, least ? NN_OP_MIN : NN_OP_MAX, 2, tree, fault);
}

/* Whether @term is a number, optionally with a sign. */
static gboolean
is_constant (const NnTerm *term)
{
  if (term->kind == NN_TERM_OPERATION && term->op == NN_OP_NEGATE)
    term = term->arguments[0];
  return term->kind == NN_TERM_NUMBER;
}

static NnTerm *
make_clamp (NnCalling *self, NnTree *tree, NnFault *fault)
{
  const gboolean low = nn_calling_get_argument (self, "min") != NULL;
  const gboolean high = nn_calling_get_argument (self, "max") != NULL;

  /* clamp(-1, 1) and clamp(-1, 1, w) have the bounds where x is expected. */
  if (self->is_text && low && is_constant (self->bound[0].term) &&
      is_constant (self->bound[1].term) &&
      (!high || !is_constant (self->bound[2].term))) {
    nn_fault_fix (fault, self->bound[0].start, self->bound[0].start, "w, ");
    return as_term (nn_calling_fail (self, self->bound[0].start,
                                     _ ("what is moved between the two comes first"),
                                     fault));
  }
  if (low && high)
    return make_operation (self, NN_OP_CLAMP, 3, tree, fault);
  if (!low && !high && self->is_text)
    nn_fault_fix (fault, self->bound[0].end, self->bound[0].end, ", -1, 1");
  if (!low && !high)
    return as_term (nn_calling_fail (self, self->at, _ ("min or max is missing"), fault));
  if (high)
    self->bound[1] = self->bound[2];
  return make_operation (self, low ? NN_OP_AT_LEAST : NN_OP_AT_MOST, 2, tree, fault);
}

/* For normal and uniform: two optional numbers, and a size, which can only be
 * the target's. */
static NnTerm *
make_random (NnCalling *self, NnTree *tree, NnFault *fault)
{
  NnTerm *term;

  for (guint i = 0; i < 2; i++) {
    g_autofree char *usual = nn_calling_dup_default (self, i);

    if (self->bound[i].kind != NN_ARGUMENT_ABSENT)
      continue;
    self->bound[i].kind = NN_ARGUMENT_VALUE;
    self->bound[i].term = nn_tree_add_number (tree, self->at, usual);
  }
  if (self->bound[2].kind != NN_ARGUMENT_ABSENT &&
      self->bound[2].kind != NN_ARGUMENT_SHAPE)
    return as_term (nn_fault_set (
        fault, NN_ERROR_SYNTAX, self->bound[2].start,
        _ ("random numbers are as many as the target has: leave their size out")));
  term = make_operation (self, self->call->op, 2, tree, fault);
  if (term != NULL)
    term->draws = term->has_array = TRUE;
  return term;
}

/**
 * nn_calling_make:
 * @self: bound; of a function that is implemented here, not by an expression
 *   (its meaning)
 *
 * Returns: (transfer none) (nullable): the term, owned by @tree; NULL with @fault set
 */
NnTerm *
nn_calling_make (NnCalling *self, NnTree *tree, NnFault *fault)
{
  const NnOp op = self->call->op;

  if (op == NN_OP_LEAST || op == NN_OP_MOST)
    return make_extreme (self, tree, fault);
  if (nn_op_is_statistic (op))
    return make_statistic (self, tree, fault);
  if (op == NN_OP_CLAMP)
    return make_clamp (self, tree, fault);
  if (op == NN_OP_NORMAL || op == NN_OP_UNIFORM)
    return make_random (self, tree, fault);
  return make_operation (self, op, 1, tree, fault);
}
