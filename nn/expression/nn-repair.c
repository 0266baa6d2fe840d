/* nn-repair.c - adds a corrected text to a parse error: "…; try: fc1: w*0.9"
 *
 * SPDX-License-Identifier: MIT
 *
 * The parser's own suggestion is tried first, then the usual slips at the position where
 * parsing stopped: something missing or superfluous. The first text that parses is
 * offered. There are few tries; each parses the text once.
 */

#include "nn/expression/nn-repair.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/expression/nn-token.h"

#define LONGEST 120 /* longer texts, in bytes, are not offered */

/* Returns: (transfer full): the text with @insert in place of @start to before @end */
static char *
dup_changed (const NnFault *fault, const char *start, const char *end, const char *insert)
{
  GString *text = g_string_new_len (fault->text, start - fault->text);

  g_string_append (text, insert);
  g_string_append (text, end);
  return g_strstrip (g_string_free (text, FALSE));
}

static char *
try_change (const NnFault *fault,
            const char *start,
            const char *end,
            const char *insert,
            NnReads reads,
            gpointer data)
{
  g_autofree char *text = dup_changed (fault, start, end, insert);

  return strlen (text) <= LONGEST && reads (text, data) ? g_steal_pointer (&text) : NULL;
}

/* Whether a token is often superfluous. */
static gboolean
is_too_much (const NnToken *token)
{
  return nn_token_is (token, ')') || nn_token_is (token, ']') ||
         nn_token_is (token, ',') || nn_token_is (token, ';') || nn_token_is (token, '*');
}

/* Whether the text ends where an operand is missing, or continues with a token that
 * cannot begin one. */
static gboolean
is_incomplete (const NnFault *fault)
{
  NnTokens tokens;

  nn_tokens_init (&tokens, fault->text, fault->at);
  return tokens.token.kind == NN_TOKEN_END || tokens.token.kind == NN_TOKEN_OTHER ||
         nn_token_is (&tokens.token, ')') || nn_token_is (&tokens.token, ';');
}

/* "0,9" is 0.9. */
static gboolean
is_decimal_comma (const NnFault *fault)
{
  const char *at = fault->at;

  return *at == ',' && at > fault->text && g_ascii_isdigit (at[-1]) &&
         g_ascii_isdigit (at[1]);
}

static char *
dup_expected (const NnFault *fault, NnReads reads, gpointer data)
{
  static const char *const inserts[] = { "*", ")", "))", "]", ": ", " @ " };
  const char *at = fault->at;
  const char *before = at;
  const char *last = at + strlen (at);
  NnTokens tokens;
  char *text = NULL;

  while (before > fault->text && g_ascii_isspace (before[-1]))
    before--;
  while (last > at && g_ascii_isspace (last[-1]))
    last--;
  nn_tokens_init (&tokens, fault->text, at);
  if (is_decimal_comma (fault))
    text = try_change (fault, at, at + 1, ".", reads, data);
  for (gsize i = 0; text == NULL && before > fault->text && i < G_N_ELEMENTS (inserts);
       i++)
    text = try_change (fault, before, at, inserts[i], reads, data);
  if (text == NULL)
    text = try_change (fault, last, last, ")", reads, data);
  if (text == NULL && is_too_much (&tokens.token))
    text = try_change (fault, before, tokens.token.end, "", reads, data);
  return text;
}

static gboolean
is_in_operator (char c)
{
  return strchr ("+-*/^<>=!&|,( ", c) != NULL;
}

/* Returns: (transfer full) (nullable): the text up to the last operator, without what is
 *   incomplete after it */
static char *
dup_without (const NnFault *fault, NnReads reads, gpointer data)
{
  const char *end = fault->at;
  const char *behind = end + strcspn (end, "@");

  while (end > fault->text && is_in_operator (end[-1]))
    end--;
  if (end - fault->text > 4 && g_str_has_suffix (fault->text, " and") &&
      *fault->at == '\0')
    end -= strlen (" and");
  return try_change (fault, end, behind, *behind != '\0' ? " " : "", reads, data);
}

static char *
dup_repaired (const NnFault *fault, NnReads reads, gpointer data)
{
  char *text = NULL;

  if (fault->fix != NULL)
    text = try_change (fault, fault->start, fault->end, fault->fix, reads, data);
  for (gsize i = 0; text == NULL && i < G_N_ELEMENTS (fault->further); i++)
    if (fault->further[i] != NULL)
      text = try_change (fault, fault->start, fault->further[i], fault->fix, reads, data);
  if (text == NULL && fault->expected)
    text = dup_expected (fault, reads, data);
  if (text == NULL && fault->expected && is_incomplete (fault))
    text = dup_without (fault, reads, data);
  return text;
}

/**
 * nn_repair_propagate:
 * @fault: its error is moved to @error, with a corrected text appended if one is found
 * @reads: whether a text parses
 */
void
nn_repair_propagate (NnFault *fault, NnReads reads, gpointer data, GError **error)
{
  g_autofree char *text = NULL;

  if (error == NULL)
    return;
  text = fault->at != NULL ? dup_repaired (fault, reads, data) : NULL;
  g_propagate_error (error, g_steal_pointer (&fault->error));
  if (text != NULL) {
    g_autofree char *message = (*error)->message;

    (*error)->message = g_strdup_printf (_ ("%s; try: %s"), message, text);
  }
}
