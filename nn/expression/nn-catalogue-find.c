/* nn-catalogue-find.c - finds an update function by name, symbol or expression
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-catalogue.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-names.h"
#include "nn/base/nn-text.h"
#include "nn/expression/nn-token.h"
#include "nn/expression/nn-words.h"

/**
 * nn_catalogue_find_nearest:
 *
 * Returns: (transfer none) (nullable): the entry whose name is closest to @name, which no
 *   entry has; NULL if none is close
 */
const NnFunction *
nn_catalogue_find_nearest (const char *name)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);
  const NnFunction *nearest = NULL;
  guint least = G_MAXUINT;

  for (gsize i = 0; i < n; i++) {
    const guint distance = nn_words_get_slip (name, functions[i].name);

    if (distance < least) {
      least = distance;
      nearest = &functions[i];
    }
  }
  return nearest;
}

/**
 * nn_catalogue_fail:
 * @name: which no function has
 * @meant: (nullable): the one that was probably meant
 *
 * Sets NN_ERROR_UNKNOWN, with a message that suggests @meant or lists all.
 */
void
nn_catalogue_fail (const char *name, const NnFunction *meant, GError **error)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);
  g_autofree char *quoted = nn_text_dup_quoted (name);
  guint index;

  if (meant != NULL)
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("unknown function %s: did you mean %s?"), quoted, meant->name);
  else
    nn_names_find_row (functions, sizeof *functions, n, N_ ("function"), name, &index,
                       error);
}

/**
 * nn_catalogue_find:
 * @name: a name or a synonym, in upper or lower case
 *
 * Returns: (transfer none) (nullable): NULL if there is none (NN_ERROR_UNKNOWN); the
 *   message suggests the closest name, or lists all
 */
const NnFunction *
nn_catalogue_find (const char *name, GError **error)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  for (gsize i = 0; i < n; i++)
    if (g_ascii_strcasecmp (functions[i].name, name) == 0 ||
        (functions[i].synonym && g_ascii_strcasecmp (functions[i].synonym, name) == 0))
      return &functions[i];
  if (error != NULL)
    nn_catalogue_fail (name, nn_catalogue_find_nearest (name), error);
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
 *   ignoring white space
 */
const NnFunction *
nn_catalogue_find_expression (const char *expression)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);
  for (gsize i = 0; i < n; i++)
    if (equal_but_for_space (functions[i].expression, expression))
      return &functions[i];
  return NULL;
}

/* Returns: (transfer none) (nullable): the position after @symbol if @text begins with
 *   it, ignoring white space; NULL if it does not */
static const char *
skip_symbol (const char *text, const char *symbol)
{
  for (;;) {
    text = nn_token_skip_space (text);
    symbol = nn_token_skip_space (symbol);
    if (*symbol == '\0')
      return text;
    if (g_utf8_get_char (symbol) != g_utf8_get_char (text))
      return NULL;
    symbol = g_utf8_next_char (symbol);
    text = g_utf8_next_char (text);
  }
}

/**
 * nn_catalogue_find_symbol:
 * @end: (out): the position after the symbol
 *
 * Returns: (transfer none) (nullable): the entry with the longest symbol that @text
 *   begins with
 */
const NnFunction *
nn_catalogue_find_symbol (const char *text, const char **end)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);
  const NnFunction *found = NULL;

  for (gsize i = 0; i < n; i++) {
    const char *behind = skip_symbol (text, functions[i].symbol);

    if (behind != NULL && (found == NULL || behind > *end)) {
      found = &functions[i];
      *end = behind;
    }
  }
  return found;
}
