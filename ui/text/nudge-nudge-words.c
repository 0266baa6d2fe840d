/* nudge-nudge-words.c - a nudge, as people write it
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-nudge-words.h"

#include "nn/expression/nn-catalogue.h"
#include "ui/text/nudge-number.h"

/* A name of more characters than this is shortened to its start and its end. */
#define NAME_LENGTH 12
#define NAME_START  3
#define NAME_END    4

/* The update function as people write it: the catalogue's symbol where there is one. */
static const char *
symbol (const NnNudge *nudge)
{
  const char *text = nn_expression_get_text (nudge->expression);
  const NnFunction *function = nn_catalogue_find_expression (text);

  return function ? function->symbol : text;
}

/**
 * nudge_words_for_function:
 *
 * The update function and its amount: "w + a·w, a = 0.001".
 */
char *
nudge_words_for_function (const NnNudge *nudge)
{
  g_autofree char *amount = NULL;

  if (!nn_expression_uses_amount (nudge->expression))
    return g_strdup (symbol (nudge));
  amount = nudge_number_format_exact (nudge->amount);
  return g_strdup_printf ("%s, a = %s", symbol (nudge), amount);
}

/**
 * nudge_words_for_nudge:
 *
 * Its target, update function and amount: "fc2.weight: w + a·w, a = 0.001".
 */
char *
nudge_words_for_nudge (const NnNudge *nudge)
{
  g_autofree char *target = nn_nudge_dup_target (nudge);
  g_autofree char *function = nudge_words_for_function (nudge);

  return g_strdup_printf ("%s: %s", target, function);
}

/* Whether text[i] is the variable a, and no letter of a longer name. */
static gboolean
is_amount (const char *text, gsize i)
{
  return text[i] == 'a' && (i == 0 || !g_ascii_isalnum (text[i - 1])) &&
         !g_ascii_isalnum (text[i + 1]) && text[i + 1] != '_';
}

/* "fc2.weight: w + 0.001·w" */
static char *
join_briefly (const char *target, const NnNudge *nudge)
{
  g_autofree char *amount = nudge_number_format_exact (nudge->amount);
  g_autoptr (GString) text = g_string_new (target);
  const char *function = symbol (nudge);

  g_string_append (text, ": ");
  for (gsize i = 0; function[i]; i++)
    if (is_amount (function, i))
      g_string_append (text, amount);
    else
      g_string_append_c (text, function[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * nudge_words_for_nudge_briefly:
 *
 * With the amount in place of a: "fc2.weight: w + 0.001·w".
 */
char *
nudge_words_for_nudge_briefly (const NnNudge *nudge)
{
  g_autofree char *target = nn_nudge_dup_target (nudge);

  return join_briefly (target, nudge);
}

/* "enc…ayer2" of "encoder_block_layer2": names tend to differ at their end. */
static char *
shorten_name (const char *name)
{
  const glong n = g_utf8_strlen (name, -1);
  g_autofree char *start = g_utf8_substring (name, 0, MIN (n, NAME_START));
  g_autofree char *end = g_utf8_substring (name, MAX (n - NAME_END, 0), n);

  return n > NAME_LENGTH ? g_strconcat (start, "…", end, NULL) : g_strdup (name);
}

/**
 * nudge_words_for_nudge_in_a_row:
 *
 * As nudge_words_for_nudge_briefly (), for a narrow row: long names of layers lose
 * their middle.
 */
char *
nudge_words_for_nudge_in_a_row (const NnNudge *nudge)
{
  g_autofree char *whole = nn_nudge_dup_target (nudge);
  g_autoptr (GString) target = g_string_new (whole);

  for (const NnTarget *one = &nudge->target; one != NULL; one = one->next) {
    g_autofree char *name = shorten_name (one->layer);

    g_string_replace (target, one->layer, name, 0);
  }
  return join_briefly (target->str, nudge);
}
