/* test-nn-expression.c - update functions: their grammar, and what they mention
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-expression.h"

#include <locale.h>

#include "evaluate.h"

/* What each comes to. */
static const struct {
  const char *text;
  float value; /* with w = 3 and a = 0.5 */
} bindings[] = {
  { "w", 3 },
  { "a", 0.5f },
  { "7", 7 },
  { "1 + 2*w", 7 },
  { "(1 + 2)*w", 9 },
  { "10 - w - 2", 5 },
  { "12/w/2", 2 },
  { "12/w*2", 8 },
  { "-w^2", -9 },
  { "(-w)^2", 9 },
  { "2^3^2", 512 },
  { "(2^3)^2", 64 },
  { "2^2^w*a", 128 },
  { "2^-1", 0.5f },
  { "2^-w^2", 1.0f / 512 },
  { "-2^-2", -0.25f },
  { "2**w", 8 },
  { "2*w**2", 18 },
  { "--w", 3 },
  { "-+-w", 3 },
  { "2*-w", -6 },
  { "2--w", 5 },
  { "w-a", 2.5f },
  { "\t w\n+\r1 ", 4 },
  { ".5", 0.5f },
  { "1.", 1 },
  { "1.5E+2", 150 },
  { "1e-3", 1e-3f },
  { "1e3-1", 999 },
  { "0001", 1 },
  { "1e-400", 0 },
  { "3.4028235e38", 3.4028235e38f },
  { "3.40282356e38", 3.4028235e38f }, /* not in float32, but rounds to what is */
  { "w0 + g*before", 610 },
  { "m - w", 37 },
  { "w = m; m = 2*m; w = w + 1", 41 },
  { "m = w; w = m*2; w + m", 9 },
  /* An array that is used again is not what it was. */
  { "w = w - mean(2*w); w = w - mean(w)", 0 },
  { "fresh", 40 },
  { "n", 7 },
  { "10*i + j", 21 },
  { "pi", 3.14159274f },
  { "e", 2.71828175f },
  { "1e1*e", 27.1828175f },
  { "mean + norm + min + max", 12 },
  { "rank", 0 },
  { "orthogonal", 1 },
  { "shuffled", 3 },
  { "w < 3", 0 },
  { "w <= 3", 1 },
  { "w > a", 1 },
  { "w >= 4", 0 },
  { "w == 3", 1 },
  { "w != 3", 0 },
  { "0/0 == 0/0", 0 },
  { "0/0 != 0/0", 1 },
  { "1 + w < 2 * w", 1 },
  { "(1 < w)*(w < 4)", 1 },
  { "w > 2 ? 10 : 20", 10 },
  { "w > 3 ? 10 : 20", 20 },
  { "w ? 10 : 20", 10 },
  { "0/0 ? 10 : 20", 10 },
  { "0 ? 0/0 : 20", 20 },
  { "w < 0 ? 0/0*w : w > 2 ? 1 : 2", 1 },
  { "w < 0 ? 1 : w < 1 ? 2 : w < 2 ? 3 : 4", 4 },
  { "w < 4 ? w < 3 ? 1 : 2 : 3", 2 },
  { "(w > 0 ? 1 : 2) + 1", 2 },
  { "w > 0 ? 1 : 2 + 1", 1 },
  { "w>0?1:2", 1 },
  { "mean > 0 ? 1 : w", 1 },
  { "abs(-w)", 3 },
  { "sign(-w) + sign(0)", -1 },
  { "sqrt(w + 6)", 3 },
  { "exp(0)", 1 },
  { "log(1)", 0 },
  { "sin(0) + cos(0)", 1 },
  { "tanh(0) + sigmoid(0)", 0.5f },
  { "relu(w) + relu(-w)", 3 },
  { "floor(-0.5) + floor(2.9)", 1 },
  { "round(0.5) + round(1.5) + round(2.5)", 4 },
  { "clamp(w, 4, 5) + clamp(w, 1, 2) + clamp(w, 1, 5)", 9 },
  { "clamp(w, 5, 4)", 4 },
  { "min(w, 1) + max(w, 5)", 6 },
  { "max (w, 5)", 5 },
  { "max(min(w, 1), w > 0 ? 2 : 0)", 2 },
  { "-abs(w)^2", -9 },
  { "2^abs(w)", 8 },
};

static void
test_binds_as_python (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++) {
    g_test_message ("%s", bindings[i].text);
    g_assert_cmpfloat (value_of (bindings[i].text, 3, 0.5f), ==, bindings[i].value);
  }
}

static void
test_same_in_every_locale (void)
{
  const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8" };
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names) && !found; i++)
    found = setlocale (LC_ALL, names[i]) != NULL &&
            g_str_equal (localeconv ()->decimal_point, ",");
  g_assert_cmpfloat (value_of ("w + 1.5", 1, 0), ==, 2.5f);
  assert_refused ("w + 1,5", NN_ERROR_SYNTAX,
                  "column 6: found ',', expected an operator or the end; try: w + 1.5");
  setlocale (LC_ALL, "C");
  if (!found)
    g_test_skip ("no locale with a decimal comma is installed");
}

static char *
repeat (const char *piece, gsize n_bytes)
{
  GString *text = g_string_new (NULL);

  while (text->len < n_bytes)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

/* Neither deep nor long text can exhaust the stack, of the parser or of a run. */
static void
test_depth_and_length_are_bounded (void)
{
  const char *const pieces[] = { "(",      "-",      "+",
                                 "w^",     "w+(",    "w+w*w^(",
                                 "-(",     "2^-",    ")",
                                 "w",      "1",      " ",
                                 "w+",     "w*",     "\xf0\x9f\x98\x80",
                                 "noise+", "rand^(", "w?",
                                 "w?w:",   "w<",     "sin(",
                                 "max(w,", "clamp(", "rank+shuffled+orthogonal+",
                                 "w?w?",   "==" };
  const gsize sizes[] = { 63, 64, 65, 66, 192, 200, 4090, 4096, 4097, 1 << 20 };
  const float w = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (sizes); k++) {
      g_autofree char *start = repeat (pieces[i], sizes[k]);
      g_autofree char *text = g_strconcat (start, "w", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (NnExpression) expression = nn_expression_new (text, &error);
      float result;

      g_assert_true ((expression == NULL) == (error != NULL));
      if (sizes[k] >= 4096)
        g_assert_nonnull (error);
      if (expression != NULL)
        evaluate (expression, &w, 1, &result, 1);
    }
}

/* The deepest that is accepted runs right, and one level more is refused. */
static void
test_deepest_nesting_runs (void)
{
  g_autofree char *open = repeat ("w+(", 3 * 63);
  g_autofree char *close = repeat (")", 63);
  g_autofree char *text = g_strconcat (open, "w", close, NULL);
  g_autofree char *deeper = repeat ("w+(", 3 * 65);
  g_autofree char *signs = repeat ("-", 63);
  g_autofree char *negative = g_strconcat (signs, "w", NULL);
  g_autofree char *too_negative = g_strconcat ("-", negative, NULL);
  g_autofree char *hungry = repeat ("w-w*w^(", 7 * 63);

  g_assert_cmpfloat (value_of (text, 1, 0), ==, 64.0f);
  g_assert_cmpfloat (value_of (negative, 1, 0), ==, -1.0f);
  assert_refused (deeper, NN_ERROR_SYNTAX,
                  "column 193: nested more than 64 levels deep: simplify the expression");
  assert_refused (too_negative, NN_ERROR_SYNTAX,
                  "column 65: nested more than 64 levels deep: simplify the expression");
  assert_refused (hungry, NN_ERROR_SYNTAX,
                  "column 225: nested more than 64 levels deep: simplify the expression");
}

static void
test_any_byte_is_survived (void)
{
  const char *const frames[] = { "%c", "w%c", "w+%c", "(%c)", "1%c2", "w %c w" };
  const float w = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    for (int byte = 1; byte < 256; byte++) {
      g_autoptr (GString) text = g_string_new (frames[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (NnExpression) expression = NULL;
      float result;

      text->str[strcspn (text->str, "%")] = (char) byte;
      g_string_erase (text, (gssize) strcspn (text->str, "c"), byte == 'c' ? 0 : 1);
      expression = nn_expression_new (text->str, &error);
      g_assert_true ((expression == NULL) == (error != NULL));
      g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
      if (expression != NULL)
        evaluate (expression, &w, 1, &result, 1);
    }
}

/* What reads as an expression can be written in one line and reads the same. */
static void
test_random_text_is_survived (void)
{
  static const char alphabet[] = "wwwaa()()+-*/^^.0123e<>=!?:, \n\xc3\xa9";
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint n_accepted = 0;

  for (guint round = 0; round < 50000; round++) {
    char text[16] = "";
    int length = g_rand_int_range (random, 1, sizeof text);
    const float w = 1.25f;
    float first, second;
    g_autoptr (NnExpression) expression = NULL;
    g_autoptr (NnExpression) again = NULL;

    for (int i = 0; i < length; i++)
      text[i] = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
    expression = nn_expression_new (text, NULL);
    if (expression == NULL)
      continue;
    n_accepted++;
    again = compile (nn_expression_get_text (expression));
    evaluate (expression, &w, 0.75f, &first, 1);
    evaluate (again, &w, 0.75f, &second, 1);
    g_assert_cmpuint (bits_of (first), ==, bits_of (second));
  }
  g_assert_cmpuint (n_accepted, >, 500);
}

/* Bytes that cannot be written in a table of texts. */
static void
test_odd_bytes_are_refused (void)
{
  assert_refused ("w\x01", NN_ERROR_SYNTAX,
                  "column 2: found '�', expected an operator or the end; try: w");
  assert_refused ("é\xff", NN_ERROR_SYNTAX,
                  "column 2: found the byte 0xff, expected UTF-8 text");
}

static void
test_text_is_kept_on_one_line (void)
{
  g_autoptr (NnExpression) expression = compile ("  w\t+ \n 1e-3*w ");

  g_assert_cmpstr (nn_expression_get_text (expression), ==, "w + 1e-3*w");
}

static void
test_knows_whether_it_uses_the_amount (void)
{
  g_autoptr (NnExpression) with = compile ("w - (1 + a)*w");
  g_autoptr (NnExpression) without = compile ("w - 1");
  g_autoptr (NnExpression) shared = nn_expression_ref (with);

  g_assert_true (nn_expression_uses_amount (with));
  g_assert_false (nn_expression_uses_amount (without));
  g_assert_true (shared == with);
}

static void
test_knows_how_much_it_draws (void)
{
  static const struct {
    const char *text;
    gsize n_draws;
  } cases[] = { { "w + a", 0 },
                { "noise", 1 },
                { "w + a*noise", 1 },
                { "rand*w - rand", 2 },
                { "(noise + rand)^noise", 3 },
                { "fresh", 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnExpression) expression = compile (cases[i].text);

    g_assert_cmpuint (nn_expression_get_n_arrays (expression), ==, cases[i].n_draws);
    g_assert_cmpint (nn_expression_uses_random (expression), ==, cases[i].n_draws > 0);
  }
}

static void
test_draws_are_bounded (void)
{
  g_autofree char *sum = repeat ("rand+", 5 * (NN_EXPRESSION_DRAWS - 1));
  g_autofree char *most = g_strconcat (sum, "noise", NULL);
  g_autofree char *more = g_strconcat (most, " + noise", NULL);
  g_autoptr (NnExpression) expression = compile (most);

  g_assert_cmpuint (nn_expression_get_n_arrays (expression), ==, NN_EXPRESSION_DRAWS);
  assert_refused (
      more, NN_ERROR_SYNTAX,
      "column 84: random arrays (noise, rand, shuffled, fresh) stand here more than 16 "
      "times: simplify the expression");
}

static void
test_needs_are_what_is_mentioned (void)
{
  static const struct {
    const char *text;
    NnNeeds needs;
  } cases[] = {
    { "w + 1", 0 },
    { "mean + std + norm + min + max + pi + e + rank", 0 },
    { "a", NN_NEED_AMOUNT },
    { "n", NN_NEED_STEP },
    { "w0", NN_NEED_INITIAL },
    { "g", NN_NEED_GRAD },
    { "before", NN_NEED_BEFORE },
    { "i", NN_NEED_INDICES },
    { "j", NN_NEED_INDICES },
    { "orthogonal", NN_NEED_INDICES },
    { "noise", NN_NEED_RANDOM },
    { "rand", NN_NEED_RANDOM },
    { "shuffled", NN_NEED_RANDOM },
    { "fresh", NN_NEED_RANDOM | NN_NEED_INIT },
    { "a > 0 ? g : before", NN_NEED_AMOUNT | NN_NEED_GRAD | NN_NEED_BEFORE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnExpression) expression = compile (cases[i].text);

    g_assert_cmphex (nn_expression_get_needs (expression), ==, cases[i].needs);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/expression/binds-as-python", test_binds_as_python);
  g_test_add_func ("/nn/expression/same-in-every-locale", test_same_in_every_locale);
  g_test_add_func ("/nn/expression/depth-and-length-are-bounded",
                   test_depth_and_length_are_bounded);
  g_test_add_func ("/nn/expression/deepest-nesting-runs", test_deepest_nesting_runs);
  g_test_add_func ("/nn/expression/any-byte-is-survived", test_any_byte_is_survived);
  g_test_add_func ("/nn/expression/random-text-is-survived",
                   test_random_text_is_survived);
  g_test_add_func ("/nn/expression/odd-bytes-are-refused", test_odd_bytes_are_refused);
  g_test_add_func ("/nn/expression/text-is-kept-on-one-line",
                   test_text_is_kept_on_one_line);
  g_test_add_func ("/nn/expression/knows-whether-it-uses-the-amount",
                   test_knows_whether_it_uses_the_amount);
  g_test_add_func ("/nn/expression/knows-how-much-it-draws",
                   test_knows_how_much_it_draws);
  g_test_add_func ("/nn/expression/draws-are-bounded", test_draws_are_bounded);
  g_test_add_func ("/nn/expression/needs-are-what-is-mentioned",
                   test_needs_are_what_is_mentioned);
  return g_test_run ();
}
