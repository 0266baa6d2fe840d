/* test-nn-catalogue.c - the update functions that have a name
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-catalogue.h"

#include <math.h>

#include "nn/nn-error.h"
#include "nn/nudge/nn-expression.h"

static void
test_every_entry_is_whole (void)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  g_assert_cmpuint (n, >=, 4);
  for (gsize i = 0; i < n; i++) {
    const NnFunction *function = &functions[i];
    g_autoptr (GError) error = NULL;
    g_autoptr (NnExpression) expression =
        nn_expression_new (function->expression, &error);

    g_assert_no_error (error);
    g_assert_true (nn_expression_uses_amount (expression));
    g_assert_cmpstr (nn_expression_get_text (expression), ==, function->expression);
    g_assert_true (g_utf8_validate (function->symbol, -1, NULL));
    g_assert_cmpstr (function->sentence, !=, "");
    g_assert_cmpfloat (function->least, <=, function->usual);
    g_assert_cmpfloat (function->usual, <=, function->most);
    g_assert_true (!function->logarithmic || function->least > 0);
    g_assert_true (nn_catalogue_find (function->name, NULL) == function);
    g_assert_true (nn_catalogue_find_expression (function->expression) == function);
  }
}

/* The functions of the seed experiment are what the names mean by themselves. */
static void
test_usual_amounts_are_the_seeds (void)
{
  static const struct {
    const char *name;
    const char *seed;
  } cases[] = {
    { "grow", "w + 1e-3*w" },
    { "scale", "1e-2*w" },
    { "shrink", "w - 1e-1*w" },
  };
  const float w[] = { 0.3f, -0.7f, 1e-3f, -0.0f };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const NnFunction *function = nn_catalogue_find (cases[i].name, NULL);
    g_autoptr (NnExpression) named = nn_expression_new (function->expression, NULL);
    g_autoptr (NnExpression) seed = nn_expression_new (cases[i].seed, NULL);
    float by_name[G_N_ELEMENTS (w)];
    float by_seed[G_N_ELEMENTS (w)];

    nn_expression_evaluate (named,
                            &(NnOperands){ .n = G_N_ELEMENTS (w),
                                           .w = w,
                                           .amount = function->usual,
                                           .random = NULL,
                                           .room = NULL },
                            by_name);
    nn_expression_evaluate (
        seed,
        &(NnOperands){
            .n = G_N_ELEMENTS (w), .w = w, .amount = NAN, .random = NULL, .room = NULL },
        by_seed);
    g_assert_cmpmem (by_name, sizeof by_name, by_seed, sizeof by_seed);
  }
}

static void
test_unknown_name_lists_the_known (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_catalogue_find ("grwo", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_cmpstr (error->message, ==,
                   "unknown function 'grwo': there are grow, scale, shrink and noise");
  g_clear_error (&error);
  g_assert_null (nn_catalogue_find ("\xff\x1b[2J", &error));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (g_strstr_len (error->message, -1, "\x1b"));
}

static void
test_white_space_does_not_matter (void)
{
  const NnFunction *grow = nn_catalogue_find ("grow", NULL);

  g_assert_true (nn_catalogue_find_expression ("w+a*w") == grow);
  g_assert_true (nn_catalogue_find_expression (" w +\ta * w\n") == grow);
  g_assert_null (nn_catalogue_find_expression ("w+a*w+0"));
  g_assert_null (nn_catalogue_find_expression ("w+a"));
  g_assert_null (nn_catalogue_find_expression (""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/catalogue/every-entry-is-whole", test_every_entry_is_whole);
  g_test_add_func ("/nn/catalogue/usual-amounts-are-the-seeds",
                   test_usual_amounts_are_the_seeds);
  g_test_add_func ("/nn/catalogue/unknown-name-lists-the-known",
                   test_unknown_name_lists_the_known);
  g_test_add_func ("/nn/catalogue/white-space-does-not-matter",
                   test_white_space_does_not_matter);
  return g_test_run ();
}
