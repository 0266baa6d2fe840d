/* test-nn-language.c - how people write nudges, and what is made of it
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-nudge.h"

/* A result that begins with "column" is a message. It offers a text, or it is marked. */
typedef struct {
  const char *text;
  const char *result;
  gboolean no_form;
} Text;

/* What was meant can be told from nothing in the text, or cannot be said at all. */
#define NO_FORM TRUE

#include "language.inc"

static char *
dup_read_expression (const char *text, GError **error)
{
  g_autoptr (NnExpression) expression = nn_expression_new (text, error);

  return expression == NULL ? NULL : g_strdup (nn_expression_get_text (expression));
}

static char *
dup_read_nudge (const char *text, GError **error)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, error);

  return nudge == NULL ? NULL : nn_nudge_dup_text (nudge);
}

/* What a message offers reads as it stands. */
static void
assert_offer_reads (const char *message, char *(*read) (const char *, GError **) )
{
  const char *offer = strstr (message, "; try: ");
  g_autofree char *canonical = NULL;
  g_autoptr (GError) error = NULL;

  if (offer == NULL)
    return;
  canonical = read (offer + strlen ("; try: "), &error);
  g_assert_no_error (error);
}

static void
check (const Text *texts, gsize n, char *(*read) (const char *, GError **) )
{
  for (gsize i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) again = NULL;
    g_autofree char *canonical = read (texts[i].text, &error);
    g_autofree char *same = canonical ? read (canonical, &again) : NULL;

    g_test_message ("%s", texts[i].text);
    g_assert_cmpstr (canonical ? canonical : error->message, ==, texts[i].result);
    g_assert_cmpstr (same, ==, canonical);
    if (error != NULL)
      assert_offer_reads (error->message, read);
    g_assert_cmpint (error != NULL && strstr (error->message, "; try: ") == NULL, ==,
                     texts[i].no_form);
  }
}

static void
test_expressions (void)
{
  check (expressions, G_N_ELEMENTS (expressions), dup_read_expression);
}

static void
test_nudges (void)
{
  check (nudges, G_N_ELEMENTS (nudges), dup_read_nudge);
}

/* Every symbol that people are shown can be typed, and means the function. */
static void
test_symbols_are_read (void)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *named = g_strdup_printf ("fc1: %s", functions[i].name);
    g_autofree char *shown = g_strdup_printf ("fc1: %s", functions[i].symbol);
    g_autofree char *one = dup_read_nudge (named, NULL);
    g_autofree char *other = dup_read_nudge (shown, NULL);

    g_assert_nonnull (one);
    g_assert_cmpstr (one, ==, other);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/language/expressions", test_expressions);
  g_test_add_func ("/nn/language/nudges", test_nudges);
  g_test_add_func ("/nn/language/symbols-are-read", test_symbols_are_read);
  return g_test_run ();
}
