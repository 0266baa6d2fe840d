/* test-nn-catalogue.c - the update functions that have a name
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-catalogue.h"

#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/expression/nn-expression.h"
#include "tests/nn/functions-by-hand.h"

static void
test_every_entry_is_whole (void)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  g_assert_cmpuint (n, >=, 16);
  for (gsize i = 0; i < n; i++) {
    const NnFunction *function = &functions[i];
    g_autoptr (GError) error = NULL;
    g_autoptr (NnExpression) expression =
        nn_expression_new (function->expression, &error);

    g_assert_no_error (error);
    g_assert_cmpint (nn_expression_uses_amount (expression), ==, function->has_amount);
    g_assert_cmpint (function->needs_repeating, ==,
                     (nn_expression_get_needs (expression) & NN_NEED_BEFORE) != 0);
    g_assert_cmpstr (nn_expression_get_text (expression), ==, function->expression);
    g_assert_true (g_utf8_validate (function->symbol, -1, NULL));
    g_assert_cmpstr (function->sentence, !=, "");
    g_assert_cmpfloat (function->least, <, function->most);
    g_assert_cmpfloat (function->least, <=, function->usual);
    g_assert_cmpfloat (function->usual, <=, function->most);
    g_assert_cmpfloat (function->least, <=, function->first);
    g_assert_cmpfloat (function->first, <=, function->most);
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
                                           .scratch = NULL },
                            by_name);
    nn_expression_evaluate (seed,
                            &(NnOperands){ .n = G_N_ELEMENTS (w),
                                           .w = w,
                                           .amount = NAN,
                                           .random = NULL,
                                           .scratch = NULL },
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
  g_assert_cmpstr (error->message, ==, "unknown function 'grwo': did you mean grow?");
  g_clear_error (&error);
  g_assert_null (nn_catalogue_find ("xyzzy", &error));
  g_assert_true (g_str_has_prefix (
      error->message, "unknown function 'xyzzy': there are grow, scale, shrink, noise, "
                      "add, clamp, prune, "
                      "round, normalise, blend, flip, zero, reinitialise, pin, permute"));
  g_clear_error (&error);
  g_assert_null (nn_catalogue_find ("\xff\x1b[2J", &error));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (g_strstr_len (error->message, -1, "\x1b"));
}

#define N 6

/* One function on the weight (2, 3), with @w0 as its initial values. */
static void
run (const char *name, float amount, const float *w, float *result)
{
  static const float initial[N] = { 1, -1, 0.5f, 0.25f, 0, 3 };
  const NnFunction *function = nn_catalogue_find (name, NULL);
  g_autoptr (NnExpression) expression = nn_expression_new (function->expression, NULL);
  float scratch[16 * N];

  g_assert_cmpuint (nn_expression_get_n_arrays (expression), <=, 16);
  nn_expression_evaluate (expression,
                          &(NnOperands){ .n = N,
                                         .w = w,
                                         .amount = amount,
                                         .initial = initial,
                                         .n_columns = 3,
                                         .scratch = scratch },
                          result);
}

static void
assert_becomes (const char *name, float amount, const float *w, const float *expected)
{
  float result[N];

  run (name, amount, w, result);
  for (gsize i = 0; i < N; i++) {
    g_test_message ("%s %zu: %.9g", name, i, (double) result[i]);
    g_assert_cmpfloat_with_epsilon (result[i], expected[i], 2e-7f);
  }
}

/* By hand; tests/golden has them from PyTorch. */
static void
test_functions_do_what_they_say (void)
{
  static const float w[N] = { 0.1f, -0.4f, 0.2f, 0.9f, -2, 0 };
  static const float zeros[N] = { 0 };

  assert_becomes ("add", 0.5f, w, (const float[]){ 0.6f, 0.1f, 0.7f, 1.4f, -1.5f, 0.5f });
  assert_becomes ("clamp", 0.3f, w, (const float[]){ 0.1f, -0.3f, 0.2f, 0.3f, -0.3f, 0 });
  assert_becomes ("prune", 0.5f, w, (const float[]){ 0, -0.4f, 0, 0.9f, -2, 0 });
  assert_becomes ("prune", 0, w, w);
  assert_becomes ("prune", 1, w, zeros);
  /* 2 bits: -2, 0 and 2. 3 bits: three steps of 2/3 on each side. */
  assert_becomes ("round", 2, w, (const float[]){ 0, 0, 0, 0, -2, 0 });
  assert_becomes ("round", 3, w, (const float[]){ 0, -2 / 3.0f, 0, 2 / 3.0f, -2, 0 });
  assert_becomes ("round", 3.4f, w, (const float[]){ 0, -2 / 3.0f, 0, 2 / 3.0f, -2, 0 });
  assert_becomes ("round", 4, zeros, zeros);
  assert_becomes ("normalise", 3, zeros, zeros);
  assert_becomes ("blend", 0, w, w);
  assert_becomes ("blend", 1, w, (const float[]){ 1, -1, 0.5f, 0.25f, 0, 3 });
  assert_becomes ("blend", 0.5f, w,
                  (const float[]){ 0.55f, -0.7f, 0.35f, 0.575f, -1, 1.5f });
  assert_becomes ("flip", 0, w, (const float[]){ -0.1f, 0.4f, -0.2f, -0.9f, 2, 0 });
  assert_becomes ("zero", 0, w, zeros);
}

static void
test_others_by_hand (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions_by_hand); i++) {
    float w[N], result[N];

    for (gsize k = 0; k < N; k++)
      w[k] = functions_by_hand[i].w[k % 3];
    run (functions_by_hand[i].name, functions_by_hand[i].amount, w, result);
    for (gsize k = 0; k < N; k++)
      g_assert_cmpfloat_with_epsilon (result[k], functions_by_hand[i].expected[k % 3],
                                      2e-7f);
  }
}

static void
test_normalise_gives_the_norm (void)
{
  static const float w[N] = { 0.1f, -0.4f, 0.2f, 0.9f, -2, 0 };
  float result[N];
  double sum = 0;

  run ("normalise", 3, w, result);
  for (gsize i = 0; i < N; i++)
    sum += (double) result[i] * (double) result[i];
  g_assert_cmpfloat_with_epsilon (sqrt (sum), 3, 1e-6);
  g_assert_cmpfloat (result[4], <, -2);
}

static void
test_orthogonalise_gives_orthonormal_rows (void)
{
  static const float w[N] = { 0.1f, -0.4f, 0.2f, 0.9f, -2, 0 };
  float q[N];

  run ("orthogonalise", 1, w, q);
  g_assert_cmpfloat_with_epsilon (q[0] * q[0] + q[1] * q[1] + q[2] * q[2], 1, 1e-6f);
  g_assert_cmpfloat_with_epsilon (q[3] * q[3] + q[4] * q[4] + q[5] * q[5], 1, 1e-6f);
  g_assert_cmpfloat_with_epsilon (q[0] * q[3] + q[1] * q[4] + q[2] * q[5], 0, 1e-6f);
  run ("orthogonalise", 0, w, q);
  g_assert_cmpmem (q, sizeof q, w, sizeof w);
}

static void
test_white_space_does_not_matter (void)
{
  const NnFunction *grow = nn_catalogue_find ("grow", NULL);

  g_assert_true (nn_catalogue_find_expression ("w+a*w") == grow);
  g_assert_true (nn_catalogue_find_expression (" w +\ta * w\n") == grow);
  g_assert_null (nn_catalogue_find_expression ("w+a*w+0"));
  g_assert_null (nn_catalogue_find_expression ("w+b"));
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
  g_test_add_func ("/nn/catalogue/functions-do-what-they-say",
                   test_functions_do_what_they_say);
  g_test_add_func ("/nn/catalogue/others-by-hand", test_others_by_hand);
  g_test_add_func ("/nn/catalogue/normalise-gives-the-norm",
                   test_normalise_gives_the_norm);
  g_test_add_func ("/nn/catalogue/orthogonalise-gives-orthonormal-rows",
                   test_orthogonalise_gives_orthonormal_rows);
  g_test_add_func ("/nn/catalogue/white-space-does-not-matter",
                   test_white_space_does_not_matter);
  return g_test_run ();
}
