/* test-nn-operations.c - an update function as a list of operations, for another program
 *
 * SPDX-License-Identifier: MIT
 *
 * That they compute what the expression does is tested with PyTorch, in tests/attach.
 */

#include "nn/expression/nn-operations.h"

#include <string.h>

#include "nn/expression/nn-catalogue.h"

static char *
dup_operations (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExpression) expression = nn_expression_new (text, &error);
  g_autoptr (GArray) operations = NULL;
  GString *shown = g_string_new (NULL);

  g_assert_no_error (error);
  operations = nn_operations_new (expression);
  for (guint i = 0; i < operations->len; i++) {
    const NnListedOperation *operation =
        &g_array_index (operations, NnListedOperation, i);

    g_string_append_printf (shown, "%s%s", i > 0 ? " " : "", operation->name);
    if (g_str_equal (operation->name, "number"))
      g_string_append_printf (shown, ":%.17g", operation->number);
    if (operation->has_dim)
      g_string_append_printf (shown, ":dim=%d", operation->dim);
    g_string_append (shown, operation->biased ? ":biased" : "");
    g_string_append (shown, operation->keeps ? ":keeps" : "");
  }
  return g_string_free (shown, FALSE);
}

static void
assert_operations (const char *text, const char *expected)
{
  g_autofree char *found = dup_operations (text);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_nothing_is_folded_or_rounded (void)
{
  assert_operations ("w + 0.1*0.7*w",
                     "w number:0.10000000000000001 number:0.69999999999999996 multiply w "
                     "multiply add set_w");
  assert_operations ("-w^2 + pi",
                     "w number:2 power negate number:3.1415926535897931 add set_w");
}

static void
test_a_chain_is_compared_once (void)
{
  assert_operations (
      "0 < rand < 0.5 ? w : 0",
      "number:0 rand less:keeps number:0.5 less and w number:0 choose set_w");
  assert_operations ("not w > 1 or w == a", "w number:1 greater not w a equal or set_w");
}

static void
test_statistics_have_their_dimension (void)
{
  assert_operations ("w/norm(w, dim=1) + std(w, correction=0)",
                     "w w norm:dim=1 divide w std:biased add set_w");
  assert_operations ("max(w, min) - quantile(w, 0.5)",
                     "w w amin maximum w number:0.5 quantile subtract set_w");
}

static void
test_statements_end_in_what_they_set (void)
{
  assert_operations ("m = 0.5*m; w = w - m",
                     "number:0.5 m multiply set_m w m subtract set_w");
}

/* Each operation has a name that is sent. */
static void
test_functions_with_a_name (void)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *found = dup_operations (functions[i].expression);

    g_assert_null (strstr (found, "(null)"));
    g_assert_true (g_str_has_suffix (found, "set_w") ||
                   g_str_has_suffix (found, "set_m"));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/operations/nothing-is-folded-or-rounded",
                   test_nothing_is_folded_or_rounded);
  g_test_add_func ("/nn/operations/a-chain-is-compared-once",
                   test_a_chain_is_compared_once);
  g_test_add_func ("/nn/operations/statistics-have-their-dimension",
                   test_statistics_have_their_dimension);
  g_test_add_func ("/nn/operations/statements-end-in-what-they-set",
                   test_statements_end_in_what_they_set);
  g_test_add_func ("/nn/operations/functions-with-a-name", test_functions_with_a_name);
  return g_test_run ();
}
