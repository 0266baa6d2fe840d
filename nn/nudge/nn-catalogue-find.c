/* nn-catalogue-find.c - the update function that a name, a symbol or an expression means
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-catalogue.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-names.h"
#include "nn/base/nn-text.h"
#include "nn/nudge/nn-token.h"
#include "nn/nudge/nn-words.h"

/**
 * nn_catalogue_find_nearest:
 *
 * Returns: (transfer none) (nullable): the entry that may be meant by a @name that none has
 */
const NnFunction *
nn_catalogue_find_nearest (const char *name)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);
  const NnFunction *nearest = NULL;
  guint least = G_MAXUINT;

  for (gsize i = 0; i < n; i++) {
    const guint distance = nn_words_get_distance (name, functions[i].name);

    if (distance < least) {
      least = distance;
      nearest = &functions[i];
    }
  }
  return nearest;
}

/**
 * nn_catalogue_find:
 * @name: in any case, or a synonym
 *
 * Returns: (transfer none) (nullable): the entry called @name, or %NULL with an
 *   error that says which one may be meant, or lists the names there are
 */
const NnFunction *
nn_catalogue_find (const char *name, GError **error)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);
  g_autofree char *quoted = NULL;
  const NnFunction *nearest;
  guint index;

  for (gsize i = 0; i < n; i++)
    if (g_ascii_strcasecmp (functions[i].name, name) == 0 ||
        (functions[i].synonym && g_ascii_strcasecmp (functions[i].synonym, name) == 0))
      return &functions[i];
  nearest = error != NULL ? nn_catalogue_find_nearest (name) : NULL;
  if (nearest == NULL) {
    nn_names_find_row (functions, sizeof *functions, n, N_ ("function"), name, &index,
                       error);
    return NULL;
  }
  quoted = nn_text_dup_quoted (name);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("unknown function %s: did you mean %s?"), quoted, nearest->name);
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
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);
  for (gsize i = 0; i < n; i++)
    if (equal_but_for_space (functions[i].expression, expression))
      return &functions[i];
  return NULL;
}

/* Returns: (nullable): behind @symbol at @text, white space aside */
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
 * @text: where a symbol may begin, as people are shown it
 * @end: (out): behind it
 *
 * Returns: (transfer none) (nullable): the entry with the longest symbol that is there
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
