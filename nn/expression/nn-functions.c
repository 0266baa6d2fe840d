/* nn-functions.c - the user's own named update functions
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-functions.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"
#include "nn/expression/nn-expression.h"
#include "nn/expression/nn-words.h"

struct _NnFunctions {
  GPtrArray *entries; /* (owned) (element-type Entry) in the order they were first set */
};

/* @function borrows the two strings; the expression is also its symbol. */
typedef struct {
  NnFunction function;
  char *name;       /* (owned) */
  char *expression; /* (owned) */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry->expression);
  g_free (entry);
}

NnFunctions *
nn_functions_new (void)
{
  NnFunctions *self = g_new0 (NnFunctions, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
nn_functions_free (NnFunctions *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static gboolean
refuse (GError **error, NnError code, const char *name, const char *why)
{
  g_autofree char *quoted = nn_text_dup_quoted (name);

  g_set_error (error, NN_ERROR, (int) code, _ ("the name %s %s"), quoted, why);
  return FALSE;
}

/* Whether @name is a value, a function or an operator of the language. Synonyms do not
 * count: the name of a function is looked up before them. */
static gboolean
is_word (const char *name)
{
  static const char *const others[] = { "memory", "else", "and", "or", "not", "if" };
  const NnWord *word = nn_words_find (name);
  const NnCall *call = nn_calls_find (name, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (others[i], name) == 0)
      return TRUE;
  return (word != NULL && strcmp (word->name, name) == 0) ||
         (call != NULL && call->meaning == NULL && strcmp (call->name, name) == 0);
}

static gboolean
check_name (const char *name, GError **error)
{
  const char *end = name;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  if (!g_ascii_isalpha (*name) || *end != '\0')
    return refuse (
        error, NN_ERROR_SYNTAX, name,
        _ ("is none for a function: write a letter, and then letters, digits and _"));
  if (end - name > NN_FUNCTIONS_MAX_NAME)
    return refuse (error, NN_ERROR_SYNTAX, name,
                   _ ("is too long: write up to 32 letters"));
  if (nn_catalogue_find (name, NULL) != NULL)
    return refuse (error, NN_ERROR_SYNTAX, name,
                   _ ("is taken by a function that is there: choose another"));
  if (is_word (name))
    return refuse (error, NN_ERROR_SYNTAX, name,
                   _ ("means something in expressions: choose another"));
  return TRUE;
}

static gboolean
check_range (const NnFunction *function, GError **error)
{
  const char *why = NULL;

  if (!isfinite (function->least) || !isfinite (function->most) ||
      !isfinite (function->usual))
    why = _ ("least, most and usual must be finite");
  else if (function->least >= function->most)
    why = _ ("least must be below most");
  else if (function->usual < function->least || function->usual > function->most)
    why = _ ("usual must be from least to most");
  else if (function->logarithmic && function->least <= 0)
    why = _ ("a logarithmic amount must have a least above 0");
  if (why != NULL)
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("the amount of %s: %s"),
                 function->name, why);
  return why == NULL;
}

static NnExpression *
compile (const NnFunction *function, GError **error)
{
  NnExpression *expression = nn_expression_new (function->expression, error);

  if (expression == NULL)
    g_prefix_error (error, _ ("the expression of %s: "), function->name);
  return expression;
}

static gssize
find_index (const NnFunctions *self, const char *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (strcmp (((const Entry *) self->entries->pdata[i])->name, name) == 0)
      return i;
  return -1;
}

static Entry *
entry_new (const NnFunction *from, const NnExpression *expression)
{
  Entry *entry = g_new0 (Entry, 1);
  NnFunction *function = &entry->function;

  entry->name = g_strdup (from->name);
  entry->expression = g_strdup (nn_expression_get_text (expression));
  function->name = entry->name;
  function->expression = function->symbol = entry->expression;
  function->sentence = "";
  function->has_amount = nn_expression_uses_amount (expression);
  function->needs_repeating =
      (nn_expression_get_needs (expression) & NN_NEED_BEFORE) != 0;
  function->most = 1;
  if (function->has_amount) {
    function->least = from->least;
    function->most = from->most;
    function->usual = from->usual;
    function->first = from->usual;
    function->logarithmic = from->logarithmic;
  }
  return entry;
}

/**
 * nn_functions_set:
 * @function: copied: name, expression and, if that uses an amount, its range, default and
 *   scale; other fields are ignored
 *
 * Adds a function, or replaces the one with its name.
 *
 * Returns: FALSE, with nothing changed, if the name, the expression or the range is not
 *   valid, or there are NN_FUNCTIONS_MAX others
 */
gboolean
nn_functions_set (NnFunctions *self, const NnFunction *function, GError **error)
{
  g_autoptr (NnExpression) expression = NULL;
  gssize index;

  g_return_val_if_fail (function->name != NULL && function->expression != NULL, FALSE);

  if (!check_name (function->name, error))
    return FALSE;
  expression = compile (function, error);
  if (expression == NULL ||
      (nn_expression_uses_amount (expression) && !check_range (function, error)))
    return FALSE;
  index = find_index (self, function->name);
  if (index < 0 && self->entries->len == NN_FUNCTIONS_MAX) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("there are %d functions already: remove one"), NN_FUNCTIONS_MAX);
    return FALSE;
  }
  if (index < 0) {
    g_ptr_array_add (self->entries, entry_new (function, expression));
  } else {
    Entry *entry = entry_new (function, expression);

    entry_free (self->entries->pdata[index]);
    self->entries->pdata[index] = entry;
  }
  return TRUE;
}

gsize
nn_functions_get_length (const NnFunctions *self)
{
  return self->entries->len;
}

/**
 * nn_functions_get:
 *
 * Returns: (transfer none): until the next change
 */
const NnFunction *
nn_functions_get (const NnFunctions *self, gsize index)
{
  g_return_val_if_fail (index < self->entries->len, NULL);

  return &((const Entry *) self->entries->pdata[index])->function;
}

/**
 * nn_functions_find:
 *
 * Returns: (transfer none) (nullable): the one called @name, until the next change
 */
const NnFunction *
nn_functions_find (const NnFunctions *self, const char *name)
{
  const gssize index = find_index (self, name);

  return index < 0 ? NULL : nn_functions_get (self, (gsize) index);
}
