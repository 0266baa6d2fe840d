/* nn-call.c - a function's arguments find their parameters
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-call.h"

#include <math.h>
#include <string.h>

void
nn_calling_clear (NnCalling *self)
{
  for (guint i = 0; i < self->n_given; i++)
    g_clear_pointer (&self->given[i].name, g_free);
}

/* "min|low=0": whether @name is one of the names. */
static gboolean
is_called (const char *parameter, const char *name)
{
  const gsize length = strlen (name);

  for (const char *at = parameter; at != NULL; at = strchr (at, '|')) {
    at += *at == '|';
    if (strncmp (at, name, length) == 0 && strchr ("|= ", at[length]) != NULL)
      return TRUE;
  }
  return FALSE;
}

static char **
split (const NnCall *call)
{
  return g_strsplit (call->parameters, " ", -1);
}

/* "x, min, max": by which names they are told. */
static char *
dup_signature (const NnCall *call)
{
  g_auto (GStrv) parameters = split (call);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s(", call->name);
  for (guint i = 0; parameters[i] != NULL; i++) {
    const gboolean optional = strchr (parameters[i], '=') != NULL;

    parameters[i][strcspn (parameters[i], "|=")] = '\0';
    if (strcmp (parameters[i], "keepdim") == 0 || strcmp (parameters[i], "size") == 0)
      continue;
    g_string_append_printf (text, "%s%s%s", i > 0 ? ", " : "", parameters[i],
                            optional ? "=" : "");
  }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static gboolean
fail_arguments (NnCalling *self, const char *at, const char *what, NnFault *fault)
{
  g_autofree char *signature = dup_signature (self->call);

  return nn_fault_set (fault, NN_ERROR_SYNTAX, at, "%s: it is %s", what, signature);
}

static gboolean
bind_one (NnCalling *self, guint i, char **parameters, NnFault *fault)
{
  NnArgument *given = &self->given[i];
  guint k = i;

  if (given->name != NULL)
    for (k = 0; parameters[k] != NULL && !is_called (parameters[k], given->name);)
      k++;
  if (k >= self->n_parameters && given->name != NULL) {
    g_autofree char *what = g_strdup_printf ("there is no argument %s", given->name);

    return fail_arguments (self, given->start, what, fault);
  }
  if (k >= self->n_parameters && i > 0 && self->is_text)
    nn_fault_fix (fault, self->given[i - 1].end, given->end, "%s", "");
  if (k >= self->n_parameters)
    return fail_arguments (self, given->start, "there are too many arguments", fault);
  if (self->bound[k].kind != NN_ARGUMENT_ABSENT)
    return fail_arguments (self, given->start, "an argument is given twice", fault);
  self->bound[k] = *given;
  return TRUE;
}

static void
suggest_argument (const NnCalling *self, guint i, const char *name, NnFault *fault)
{
  const char *bracket = self->is_text ? strchr (self->at, '(') : NULL;

  if (bracket != NULL && i == 0)
    nn_fault_fix (fault, bracket + 1, bracket + 1, "w");
  else if (bracket != NULL && self->bound[i - 1].end != NULL)
    nn_fault_fix (fault, self->bound[i - 1].end, self->bound[i - 1].end,
                  strcmp (name, "q") == 0 ? ", 0.5" : ", w");
}

/**
 * nn_calling_bind:
 *
 * Fills @self->bound from @self->given.
 *
 * Returns: FALSE if they do not fit
 */
gboolean
nn_calling_bind (NnCalling *self, NnFault *fault)
{
  g_auto (GStrv) parameters = split (self->call);

  self->n_parameters = g_strv_length (parameters);
  for (guint i = 0; i < self->n_given; i++)
    if (!bind_one (self, i, parameters, fault))
      return FALSE;
  for (guint i = 0; i < self->n_parameters; i++) {
    g_autofree char *what = NULL;

    if (self->bound[i].kind != NN_ARGUMENT_ABSENT || strchr (parameters[i], '=') != NULL)
      continue;
    parameters[i][strcspn (parameters[i], "|=")] = '\0';
    what = g_strdup_printf ("the argument %s is missing", parameters[i]);
    suggest_argument (self, i, parameters[i], fault);
    return fail_arguments (self, self->at, what, fault);
  }
  return TRUE;
}

/**
 * nn_calling_dup_default:
 *
 * Returns: (transfer full) (nullable): what the table gives a parameter that is left out
 */
char *
nn_calling_dup_default (const NnCalling *self, guint parameter)
{
  g_auto (GStrv) parameters = split (self->call);
  const char *value = strchr (parameters[parameter], '=');

  return value == NULL || value[1] == '\0' ? NULL : g_strdup (value + 1);
}

static guint
find_parameter (const NnCalling *self, const char *name)
{
  g_auto (GStrv) parameters = split (self->call);
  guint i = 0;

  while (parameters[i] != NULL && !is_called (parameters[i], name))
    i++;
  return i;
}

/* Returns: (nullable): NULL if it is left out, or None */
static const NnArgument *
get_argument (const NnCalling *self, const char *name)
{
  const guint i = find_parameter (self, name);

  if (i >= self->n_parameters || self->bound[i].kind == NN_ARGUMENT_ABSENT ||
      self->bound[i].kind == NN_ARGUMENT_NONE)
    return NULL;
  return &self->bound[i];
}

/* A whole number, perhaps with a sign. */
static gboolean
read_integer (const NnArgument *argument, int *value)
{
  const NnTerm *term = argument->term;
  const gboolean negative =
      term != NULL && term->kind == NN_TERM_OPERATION && term->op == NN_OP_NEGATE;

  if (argument->kind != NN_ARGUMENT_VALUE)
    return FALSE;
  if (negative)
    term = term->arguments[0];
  if (term->kind != NN_TERM_NUMBER || term->number != floorf (term->number) ||
      term->number > 9)
    return FALSE;
  *value = negative ? -(int) term->number : (int) term->number;
  return TRUE;
}

/**
 * nn_calling_get_dim:
 * @dim: (out): what dim= or axis= says, or NN_DIM_NONE
 */
gboolean
nn_calling_get_dim (const NnCalling *self, int *dim, NnFault *fault)
{
  const NnArgument *argument = get_argument (self, "dim");
  const NnArgument *kept = get_argument (self, "keepdim");

  *dim = NN_DIM_NONE;
  if (kept != NULL && kept->kind == NN_ARGUMENT_FALSE)
    nn_fault_fix (fault, kept->end - strlen ("False"), kept->end, "True");
  if (kept != NULL && kept->kind != NN_ARGUMENT_TRUE)
    return nn_fault_set (fault, NN_ERROR_SYNTAX, kept->start,
                         "the dimension is always kept, so that the result goes with w: "
                         "leave keepdim out");
  if (argument == NULL)
    return TRUE;
  if (!read_integer (argument, dim) || *dim < -2 || *dim > 1) {
    nn_fault_fix (fault, argument->start, argument->end, "dim=1");
    return nn_fault_set (fault, NN_ERROR_SYNTAX, argument->start,
                         "dim is 0 (over the rows), 1 (over the columns), -1 or -2");
  }
  return TRUE;
}

static NnTerm *
as_term (gboolean failed)
{
  g_assert (!failed);
  return NULL;
}

/* norm (w, 1) is a dimension in some minds and a power in others. */
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
  return as_term (nn_fault_set (
      fault, NN_ERROR_SYNTAX, second->start,
      "%s takes one value and goes over all of it: write %s(%s, dim=%s) for one "
      "dimension%s%s%s",
      name, name, of, short_enough ? y : "1",
      self->call->op == NN_OP_NORM ? ", or sum(abs(" : "",
      self->call->op == NN_OP_NORM ? of : "",
      self->call->op == NN_OP_NORM ? ")) for the 1-norm" : ""));
}

static gboolean
check_power (const NnCalling *self, NnFault *fault)
{
  const NnArgument *power = get_argument (self, "p");
  int p;

  if (power == NULL || (read_integer (power, &p) && p == 2))
    return TRUE;
  if (self->is_text && read_integer (power, &p) && p == 1)
    nn_fault_fix (fault, self->at, power->end, "sum(abs(%.*s)",
                  (int) (self->bound[0].end - self->bound[0].start),
                  self->bound[0].start);
  return nn_fault_set (fault, NN_ERROR_SYNTAX, power->start,
                       "norm is √Σx²: write sum(abs(x)) for p=1, max(abs(x)) for p=inf, "
                       "sum(abs(x)^p)^(1/p) for others");
}

static gboolean
get_biased (const NnCalling *self, gboolean *biased, NnFault *fault)
{
  const NnArgument *correction = get_argument (self, "correction");
  const NnArgument *unbiased = get_argument (self, "unbiased");
  const guint index = find_parameter (self, "correction");
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
      (!read_integer (correction, &value) || value < 0 || value > 1)) {
    nn_fault_fix (fault, correction->start, correction->end, "correction=1");
    return nn_fault_set (fault, NN_ERROR_SYNTAX, correction->start,
                         "the correction is 0 (over n) or 1 (over n − 1)");
  }
  *biased = value == 0;
  return TRUE;
}

static gboolean
check_fraction (const NnTerm *q, NnFault *fault)
{
  if (q->has_array)
    return nn_fault_set (fault, NN_ERROR_SYNTAX, q->at,
                         "q is one number from 0 to 1, not one for each weight");
  if (q->kind == NN_TERM_NUMBER && q->number > 1) {
    if (q->number <= 100)
      nn_fault_fix (fault, q->at, q->at + strlen (q->digits), "%g",
                    (double) q->number / 100);
    return nn_fault_set (fault, NN_ERROR_SYNTAX, q->at, "q is from 0 to 1, not %s",
                         q->digits);
  }
  return TRUE;
}

/* norm (w, 2): there is no dimension 2, so the power is meant. */
static gboolean
is_square_norm (const NnCalling *self, guint i)
{
  int power;

  return self->call->op == NN_OP_NORM && i == 1 &&
         read_integer (&self->bound[i], &power) && power == 2;
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
          fail_arguments (self, self->bound[i].start, "this is no value", fault));
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
          fail_arguments (self, self->bound[i].start, "this is no value", fault));
    values[i] = self->bound[i].term;
  }
  term = nn_tree_add (tree, NN_TERM_CALL, op, self->at, n, values);
  term->name = self->call->name;
  return term;
}

/* "max(w, 0, 1)": the greater of two, of which one is that, too. */
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
      return as_term (fail_arguments (self, self->bound[i].start,
                                      "of two values there is no dimension, and of three "
                                      "write max(max(x, y), z)",
                                      fault));
    }
  return make_operation (self, least ? NN_OP_MIN : NN_OP_MAX, 2, tree, fault);
}

/* A number, perhaps with a sign. */
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
  const gboolean low = get_argument (self, "min") != NULL;
  const gboolean high = get_argument (self, "max") != NULL;

  /* clamp(-1, 1), or clamp(-1, 1, w): two bounds, where x and a bound are read */
  if (self->is_text && low && is_constant (self->bound[0].term) &&
      is_constant (self->bound[1].term) &&
      (!high || !is_constant (self->bound[2].term))) {
    nn_fault_fix (fault, self->bound[0].start, self->bound[0].start, "w, ");
    return as_term (fail_arguments (self, self->bound[0].start,
                                    "what is moved between the two comes first", fault));
  }
  if (low && high)
    return make_operation (self, NN_OP_CLAMP, 3, tree, fault);
  if (!low && !high && self->is_text)
    nn_fault_fix (fault, self->bound[0].end, self->bound[0].end, ", -1, 1");
  if (!low && !high)
    return as_term (fail_arguments (self, self->at, "min or max is missing", fault));
  if (high)
    self->bound[1] = self->bound[2];
  return make_operation (self, low ? NN_OP_AT_LEAST : NN_OP_AT_MOST, 2, tree, fault);
}

/* Two numbers that may be left out, and perhaps a size, which is always the target's. */
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
    return as_term (nn_fault_set (fault, NN_ERROR_SYNTAX, self->bound[2].start,
                                  "random numbers are as many as the target has: leave "
                                  "their size out"));
  term = make_operation (self, self->call->op, 2, tree, fault);
  if (term != NULL)
    term->draws = term->has_array = TRUE;
  return term;
}

/**
 * nn_calling_make:
 * @self: bound, of a function that has no meaning in the language itself
 *
 * Returns: (nullable):
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
