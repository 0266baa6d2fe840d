/* nn-call.c - binds the arguments of a function call to its parameters
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-call.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

void
nn_calling_clear (NnCalling *self)
{
  for (guint i = 0; i < self->n_given; i++)
    g_clear_pointer (&self->given[i].name, g_free);
}

/* Whether @name is one of the parameter's names: "min|low=0" has min and low. */
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

/* Returns: (transfer full): the signature as messages show it: "clamp(x, min, max)" */
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

/**
 * nn_calling_fail:
 *
 * @what: translated: "there are too many arguments"
 *
 * Returns: FALSE, with @what and the function's signature as the error
 */
gboolean
nn_calling_fail (NnCalling *self, const char *at, const char *what, NnFault *fault)
{
  g_autofree char *signature = dup_signature (self->call);

  return nn_fault_set (fault, NN_ERROR_SYNTAX, at, _ ("%s: it is %s"), what, signature);
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
    g_autofree char *what = g_strdup_printf (_ ("there is no argument %s"), given->name);

    return nn_calling_fail (self, given->start, what, fault);
  }
  if (k >= self->n_parameters && i > 0 && self->is_text)
    nn_fault_fix (fault, self->given[i - 1].end, given->end, "%s", "");
  if (k >= self->n_parameters)
    return nn_calling_fail (self, given->start, _ ("there are too many arguments"),
                            fault);
  if (self->bound[k].kind != NN_ARGUMENT_ABSENT)
    return nn_calling_fail (self, given->start, _ ("an argument is given twice"), fault);
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
 * Fills self->bound from self->given.
 *
 * Returns: FALSE, with @fault set, if an argument is missing, unknown, or given twice
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
    what = g_strdup_printf (_ ("the argument %s is missing"), parameters[i]);
    suggest_argument (self, i, parameters[i], fault);
    return nn_calling_fail (self, self->at, what, fault);
  }
  return TRUE;
}

/**
 * nn_calling_dup_default:
 *
 * Returns: (transfer full) (nullable): the default of a parameter; NULL if it is required
 */
char *
nn_calling_dup_default (const NnCalling *self, guint parameter)
{
  g_auto (GStrv) parameters = split (self->call);
  const char *value = strchr (parameters[parameter], '=');

  return value == NULL || value[1] == '\0' ? NULL : g_strdup (value + 1);
}

/**
 * nn_calling_find_parameter:
 *
 * Returns: the index of the parameter called @name; the number of parameters if there
 *   is none
 */
guint
nn_calling_find_parameter (const NnCalling *self, const char *name)
{
  g_auto (GStrv) parameters = split (self->call);
  guint i = 0;

  while (parameters[i] != NULL && !is_called (parameters[i], name))
    i++;
  return i;
}

/**
 * nn_calling_get_argument:
 *
 * Returns: (transfer none) (nullable): the argument bound to parameter @name; NULL if it
 *   was left out or is None
 */
const NnArgument *
nn_calling_get_argument (const NnCalling *self, const char *name)
{
  const guint i = nn_calling_find_parameter (self, name);

  if (i >= self->n_parameters || self->bound[i].kind == NN_ARGUMENT_ABSENT ||
      self->bound[i].kind == NN_ARGUMENT_NONE)
    return NULL;
  return &self->bound[i];
}

/**
 * nn_argument_read_integer:
 *
 * @value: (out)
 *
 * Returns: FALSE if it is not an integer literal, optionally with a sign
 */
gboolean
nn_argument_read_integer (const NnArgument *argument, int *value)
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
 * @dim: (out): of dim= or axis=: 0 or 1; NN_DIM_NONE if it was not given
 *
 * Returns: FALSE, with @fault set, if it is no dimension of a matrix, or keepdim=False
 *   is given
 */
gboolean
nn_calling_get_dim (const NnCalling *self, int *dim, NnFault *fault)
{
  const NnArgument *argument = nn_calling_get_argument (self, "dim");
  const NnArgument *kept = nn_calling_get_argument (self, "keepdim");

  *dim = NN_DIM_NONE;
  if (kept != NULL && kept->kind == NN_ARGUMENT_FALSE)
    nn_fault_fix (fault, kept->end - strlen ("False"), kept->end, "True");
  if (kept != NULL && kept->kind != NN_ARGUMENT_TRUE)
    return nn_fault_set (fault, NN_ERROR_SYNTAX, kept->start,
                         _ ("the dimension is always kept, so that the result goes with "
                            "w: leave keepdim out"));
  if (argument == NULL)
    return TRUE;
  if (!nn_argument_read_integer (argument, dim) || *dim < -2 || *dim > 1) {
    nn_fault_fix (fault, argument->start, argument->end, "dim=1");
    return nn_fault_set (fault, NN_ERROR_SYNTAX, argument->start,
                         _ ("dim is 0 (over the rows), 1 (over the columns), -1 or -2"));
  }
  return TRUE;
}
