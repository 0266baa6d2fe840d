/* nn-catalogue.c - the update functions that have a name
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-catalogue.h"

#include "nn/nn-error.h"
#include "nn/nudge/nn-text.h"

/* The usual amounts make the first three the functions of the seed experiment. */
static const NnFunction functions[] = {
  {
      .name = "grow",
      .expression = "w + a*w",
      .symbol = "w + a·w",
      .sentence = "adds a fraction a of each weight to itself",
      .least = 0.0001f,
      .most = 1.0f,
      .usual = 0.001f,
      .logarithmic = TRUE,
  },
  {
      .name = "scale",
      .expression = "a*w",
      .symbol = "a·w",
      .sentence = "multiplies each weight by a",
      .least = 0.0f,
      .most = 2.0f,
      .usual = 0.01f,
      .logarithmic = FALSE,
  },
  {
      .name = "shrink",
      .expression = "w - a*w",
      .symbol = "w − a·w",
      .sentence = "takes a fraction a of each weight away from it",
      .least = 0.0001f,
      .most = 1.0f,
      .usual = 0.1f,
      .logarithmic = TRUE,
  },
  {
      .name = "noise",
      .expression = "w + a*noise",
      .symbol = "w + a·noise",
      .sentence = "adds a fresh normal random number to each weight, a times as large",
      .least = 0.0001f,
      .most = 1.0f,
      .usual = 0.01f,
      .logarithmic = TRUE,
  },
};

/**
 * nn_catalogue_get:
 * @n_functions: (out) (optional)
 *
 * Returns: (transfer none): the entries, in the order people see them
 */
const NnFunction *
nn_catalogue_get (gsize *n_functions)
{
  if (n_functions != NULL)
    *n_functions = G_N_ELEMENTS (functions);
  return functions;
}

static char *
dup_names (void)
{
  GString *names = g_string_new (functions[0].name);

  for (gsize i = 1; i < G_N_ELEMENTS (functions); i++)
    g_string_append_printf (names, "%s%s",
                            i + 1 < G_N_ELEMENTS (functions) ? ", " : " and ",
                            functions[i].name);
  return g_string_free (names, FALSE);
}

/**
 * nn_catalogue_find:
 *
 * Returns: (transfer none) (nullable): the entry called @name, or %NULL with an
 *   error that lists the names there are
 */
const NnFunction *
nn_catalogue_find (const char *name, GError **error)
{
  g_autofree char *found = NULL;
  g_autofree char *names = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name))
      return &functions[i];

  found = nn_text_dup_quoted (name);
  names = dup_names ();
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "unknown function %s: there are %s",
               found, names);
  return NULL;
}

static gboolean
equal_but_for_space (const char *a, const char *b)
{
  for (;;) {
    a = nn_text_skip_space (a);
    b = nn_text_skip_space (b);
    if (*a != *b)
      return FALSE;
    if (*a == '\0')
      return TRUE;
    a++;
    b++;
  }
}

/**
 * nn_catalogue_find_expression:
 *
 * Returns: (transfer none) (nullable): the entry whose expression is @expression,
 *   white space aside
 */
const NnFunction *
nn_catalogue_find_expression (const char *expression)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (equal_but_for_space (functions[i].expression, expression))
      return &functions[i];
  return NULL;
}
