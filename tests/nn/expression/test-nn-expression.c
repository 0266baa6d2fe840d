/* test-nn-expression.c - update functions: their grammar, and their bits
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-expression.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "tests/golden/expressions.inc"

static float
float_of (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static guint32
bits_of (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static NnExpression *
compile (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnExpression *expression = nn_expression_new (text, &error);

  g_assert_no_error (error);
  return expression;
}

/* With random numbers that are the same each time, and w0 = 10, g = 20, before = 30, m = 40,
 * n = 7 and a matrix of 3 columns whose first row is 2 and first column 1. */
static void
evaluate (const NnExpression *expression,
          const float *w,
          float amount,
          float *result,
          gsize n)
{
  const NnInit init = { .type = NN_INIT_CONSTANT, .constant = 40 };
  g_autoptr (NnRandom) random = nn_random_new (3);
  g_autofree float *scratch = g_new (float, nn_expression_get_n_arrays (expression) * n);
  g_autofree float *others = g_new (float, 5 * n);

  for (gsize i = 0; i < 5 * n; i++)
    others[i] = (float) (i / n + 1) * 10;
  nn_expression_evaluate (expression,
                          &(NnOperands){ .n = n,
                                         .w = w,
                                         .initial = others,
                                         .grad = others + n,
                                         .before = others + 2 * n,
                                         .slow = others + 3 * n,
                                         .new_slow = others + 4 * n,
                                         .amount = amount,
                                         .step = 7,
                                         .first_row = 2,
                                         .first_column = 1,
                                         .n_columns = n % 3 == 0 ? 3 : n,
                                         .init = &init,
                                         .fan_in = 3,
                                         .fan_out = 4,
                                         .random = random,
                                         .scratch = scratch },
                          result);
}

static float
value_of (const char *text, float w, float amount)
{
  g_autoptr (NnExpression) expression = compile (text);
  float result = NAN;

  evaluate (expression, &w, amount, &result, 1);
  return result;
}

static void
assert_refused (const char *text, NnError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_expression_new (text, &error));
  g_assert_error (error, NN_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

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

/* How far apart two floats are, counted in floats between them; 0 is -0. */
static guint32
units_apart (guint32 a, guint32 b)
{
  gint64 x = a & 0x80000000 ? -(gint64) (a & 0x7fffffff) : (gint64) a;
  gint64 y = b & 0x80000000 ? -(gint64) (b & 0x7fffffff) : (gint64) b;

  return (guint32) ABS (x - y);
}

static gboolean
agrees (float value, guint32 expected, guint32 tolerance)
{
  if (isnan (float_of (expected)))
    return isnan (value);
  return !isnan (value) && units_apart (bits_of (value), expected) <= tolerance &&
         (tolerance > 0 || bits_of (value) == expected);
}

static void
test_equals_pytorch (void)
{
  float w[GOLDEN_VALUES];
  float result[GOLDEN_VALUES];

  for (gsize i = 0; i < GOLDEN_VALUES; i++)
    w[i] = float_of (golden_w[i]);
  for (gsize k = 0; k < G_N_ELEMENTS (golden); k++) {
    g_autoptr (NnExpression) expression = compile (golden[k].expression);

    evaluate (expression, w, float_of (golden[k].amount), result, GOLDEN_VALUES);
    for (gsize i = 0; i < GOLDEN_VALUES; i++)
      if (!agrees (result[i], golden[k].result[i], golden[k].tolerance))
        g_test_fail_printf ("%s with w = %.9g is %.9g, not %.9g", golden[k].expression,
                            (double) w[i], (double) result[i],
                            (double) float_of (golden[k].result[i]));
  }
}

/* Every mention drawn over the whole tensor, from left to right, as torch.randn and
 * torch.rand draw from a generator with that seed. */
static void
test_random_numbers_are_pytorchs (void)
{
  float w[GOLDEN_VALUES];

  for (gsize i = 0; i < GOLDEN_VALUES; i++)
    w[i] = float_of (golden_w[i]);
  for (gsize k = 0; k < G_N_ELEMENTS (golden_random); k++) {
    const gsize n = golden_random[k].n;
    g_autoptr (NnExpression) expression = compile (golden_random[k].expression);
    g_autoptr (NnRandom) random = nn_random_new (golden_random[k].seed);
    float draws[NN_EXPRESSION_DRAWS * GOLDEN_VALUES];
    float result[GOLDEN_VALUES], next;

    nn_expression_evaluate (expression,
                            &(NnOperands){ .n = n,
                                           .w = w + GOLDEN_VALUES - n,
                                           .amount = float_of (golden_random[k].amount),
                                           .random = random,
                                           .scratch = draws },
                            result);
    for (gsize i = 0; i < n; i++)
      if (bits_of (result[i]) != golden_random[k].result[i])
        g_test_fail_printf ("%s of %" G_GSIZE_FORMAT " weights: %.9g, not %.9g",
                            golden_random[k].expression, n, (double) result[i],
                            (double) float_of (golden_random[k].result[i]));
    nn_random_fill_normal (random, 0, 1, &next, 1);
    g_assert_cmphex (bits_of (next), ==, golden_random[k].next);
  }
}

/* What the recorded target's elements are, in its parameter. */
static gsize
find_indices (GoldenArea area, gsize *indices)
{
  gsize n = 0;

  if (area == GOLDEN_EDGES_AREA) {
    for (; n < GOLDEN_EDGES; n++)
      indices[n] = golden_edges[n].output * GOLDEN_COLUMNS + golden_edges[n].input;
    return n;
  }
  for (gsize row = 0; row < GOLDEN_ROWS; row++)
    for (gsize column = 0; column < GOLDEN_COLUMNS; column++)
      if (area == GOLDEN_WHOLE_AREA || (area == GOLDEN_BIAS_AREA && column == 0) ||
          (area == GOLDEN_PART_AREA && row >= golden_part[0] && row < golden_part[1] &&
           column >= golden_part[2] && column < golden_part[3]))
        indices[n++] = row * GOLDEN_COLUMNS + column;
  return n;
}

typedef struct {
  NnOperands operands;
  NnInit init;
  float w[GOLDEN_SIZE];
  float initial[GOLDEN_SIZE];
  float grad[GOLDEN_SIZE];
  float before[GOLDEN_SIZE];
  float scratch[(NN_EXPRESSION_DRAWS + 6) * GOLDEN_SIZE];
} Target;

static void
fill_target (Target *self, GoldenArea area)
{
  gsize indices[GOLDEN_SIZE];
  const gsize n = find_indices (area, indices);
  const gboolean part = area == GOLDEN_PART_AREA;
  const gsize n_columns = part ? golden_part[3] - golden_part[2]
                               : (area == GOLDEN_BIAS_AREA ? 1 : GOLDEN_COLUMNS);

  for (gsize i = 0; i < n; i++) {
    self->w[i] = float_of (golden_w_of_target[indices[i]]);
    self->initial[i] = float_of (golden_w0_of_target[indices[i]]);
    self->grad[i] = float_of (golden_g_of_target[indices[i]]);
    self->before[i] = float_of (golden_before_of_target[indices[i]]);
  }
  self->init = (NnInit){ .type = NN_INIT_TORCH };
  self->operands = (NnOperands){
    .n = n,
    .w = self->w,
    .initial = self->initial,
    .grad = self->grad,
    .before = self->before,
    .step = GOLDEN_STEP,
    .rate = GOLDEN_RATE,
    .first_row = part ? golden_part[0] : 0,
    .first_column = part ? golden_part[2] : 0,
    .n_columns = n_columns,
    .edges = area == GOLDEN_EDGES_AREA ? golden_edges : NULL,
    .is_bias = area == GOLDEN_BIAS_AREA,
    .init = &self->init,
    .fan_in = GOLDEN_COLUMNS,
    .fan_out = GOLDEN_ROWS,
    .scratch = self->scratch,
  };
}

/* Every name, over a whole parameter, parts of it and a bias; and what is drawn goes on
 * where PyTorch's generator does. */
static void
test_targets_are_pytorchs (void)
{
  for (gsize k = 0; k < G_N_ELEMENTS (golden_targets); k++) {
    g_autoptr (NnExpression) expression = compile (golden_targets[k].expression);
    g_autoptr (NnRandom) random = nn_random_new (golden_targets[k].seed);
    Target target;
    float result[GOLDEN_SIZE], next;

    fill_target (&target, golden_targets[k].area);
    target.operands.amount = float_of (golden_targets[k].amount);
    target.operands.random = random;
    nn_expression_evaluate (expression, &target.operands, result);
    for (gsize i = 0; i < target.operands.n; i++)
      if (!agrees (result[i], golden_targets[k].result[i], golden_targets[k].tolerance))
        g_test_fail_printf ("%s in area %u, element %" G_GSIZE_FORMAT ": %.9g, not %.9g",
                            golden_targets[k].expression, golden_targets[k].area, i,
                            (double) result[i],
                            (double) float_of (golden_targets[k].result[i]));
    nn_random_fill_normal (random, 0, 1, &next, 1);
    g_assert_cmphex (bits_of (next), ==, golden_targets[k].next);
  }
}

static void
assert_near (const float *values, const guint32 *expected, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (values[i], float_of (expected[i]), 1e-7f);
}

static void
test_orthogonal_is_pytorchs (void)
{
  g_autoptr (NnExpression) expression = compile ("orthogonal");
  float result[GOLDEN_SIZE];
  Target target;

  for (guint area = 0; area < G_N_ELEMENTS (golden_orthogonal); area++) {
    fill_target (&target, area);
    nn_expression_evaluate (expression, &target.operands, result);
    assert_near (result, golden_orthogonal[area], target.operands.n);
  }
  fill_target (&target, GOLDEN_WHOLE_AREA);
  target.operands.w += 2 * GOLDEN_COLUMNS;
  target.operands.n = 3 * GOLDEN_COLUMNS;
  nn_expression_evaluate (expression, &target.operands, result);
  assert_near (result, golden_orthogonal_wide, target.operands.n);
}

/* Rows of zeros, and rows that depend on others, are no reason to hang or to be NaN. */
static void
test_orthogonal_of_little (void)
{
  g_autoptr (NnExpression) expression = compile ("orthogonal");
  static const float matrices[][6] = {
    { 0 },
    { 1, 1, 1, 1, 1, 1 },
    { 0, 0, 0, 0, 0, 2 },
    { -2, 0, 0, 0, 1e-45f, 0 },
    { 3e38f, -3e38f, 3e38f, 3e38f, 0, 1e-38f },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (matrices); k++)
    for (gsize n_columns = 1; n_columns <= 6; n_columns++) {
      double scratch[15];
      float result[6];

      if (6 % n_columns != 0)
        continue;
      nn_expression_evaluate (expression,
                              &(NnOperands){ .n = 6,
                                             .w = matrices[k],
                                             .n_columns = n_columns,
                                             .scratch = (float *) scratch },
                              result);
      for (gsize i = 0; i < 6; i++)
        g_assert_true (fabsf (result[i]) <= 1.0f && (k > 0 || result[i] == 0));
    }
}

/* Ties, zeros of both signs, infinities and NaN each have a place of their own. */
static void
test_ranks_are_stable (void)
{
  g_autoptr (NnExpression) expression = compile ("rank*8");
  const float w[8] = { 2, -0.0f, NAN, -2, 1e-45f, 0, -INFINITY, 1 };
  const float ranks[8] = { 4, 0, 7, 5, 2, 1, 6, 3 };
  float scratch[4 * 8], result[8];

  g_assert_cmpuint (nn_expression_get_n_arrays (expression), ==, 4);
  nn_expression_evaluate (expression, &(NnOperands){ .n = 8, .w = w, .scratch = scratch },
                          result);
  for (gsize i = 0; i < 8; i++)
    g_assert_cmpfloat (result[i], ==, ranks[i]);
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

/* Over many blocks, and where a block ends in the middle of a lane. */
static void
test_each_mention_and_element_is_fresh (void)
{
  const gsize sizes[] = { 1, 3, 255, 256, 257, 1021 };
  g_autoptr (NnExpression) expression = compile ("noise - 8*(rand + 8*noise)");

  for (gsize k = 0; k < G_N_ELEMENTS (sizes); k++) {
    const gsize n = sizes[k];
    g_autoptr (NnRandom) random = nn_random_new (5);
    g_autoptr (NnRandom) again = nn_random_new (5);
    g_autofree float *draws = g_new (float, 3 * n);
    g_autofree float *expected = g_new (float, 3 * n);
    g_autofree float *values = g_new0 (float, n);

    nn_expression_evaluate (
        expression,
        &(NnOperands){
            .n = n, .w = values, .amount = 0, .random = random, .scratch = draws },
        values);
    nn_random_fill_normal (again, 0, 1, expected, n);
    nn_random_fill_uniform (again, 0, 1, expected + n, n);
    nn_random_fill_normal (again, 0, 1, expected + 2 * n, n);
    for (gsize i = 0; i < n; i++) {
      const float *x = expected + i;
      const float inner = x[n] + 8 * x[2 * n];

      g_assert_cmpfloat (values[i], ==, x[0] - 8 * inner);
      g_assert_true (i == 0 || values[i] != values[i - 1]);
    }
  }
}

/* (1/3)*w: float32 (1/3) is what the weights see, not the double one. */
static void
test_scalars_are_float32 (void)
{
  volatile float third = 1.0f / 3.0f;
  volatile float sum = third + 0.1f;

  g_assert_cmpfloat (value_of ("(1/3 + 0.1)*w", 3, 0), ==, sum * 3.0f);
  g_assert_cmpfloat (value_of ("16777216 + 1 + w", 0, 0), ==, 16777216.0f);
  g_assert_cmpfloat (value_of ("a + 1 + w", 0, 16777216.0f), ==, 16777216.0f);
}

/* At every length around the blocks' size, in place and beside, aligned or not;
 * nothing behind the end is written. */
static void
test_any_length_in_place_or_beside (void)
{
  const char *const texts[] = { "w", "a", "w + a*w", "(w + 1)/(w + 2) - w^2.5", "a/w" };
  enum { MOST = 1030 };
  g_autofree float *w = g_new (float, MOST + 1);
  g_autofree float *beside = g_new (float, MOST + 1);
  g_autofree float *in_place = g_new (float, MOST + 1);

  for (gsize i = 0; i <= MOST; i++)
    w[i] = 0.37f * (float) (i + 1);
  for (gsize t = 0; t < G_N_ELEMENTS (texts); t++) {
    g_autoptr (NnExpression) expression = compile (texts[t]);

    for (gsize n = 0; n < MOST;
         n = n < 9 || n % 256 < 4 || n % 256 > 250 ? n + 1 : n + 37) {
      memcpy (in_place, w, (MOST + 1) * sizeof *w);
      memcpy (beside, w, (MOST + 1) * sizeof *w);
      evaluate (expression, w + 1, 0.5f, beside + 1, n);
      evaluate (expression, in_place + 1, 0.5f, in_place + 1, n);
      g_assert_cmpmem (beside, (MOST + 1) * sizeof *w, in_place, (MOST + 1) * sizeof *w);
      g_assert_cmpfloat (beside[0], ==, w[0]);
      g_assert_cmpfloat (beside[n + 1], ==, w[n + 1]);
      for (gsize i = 1; i <= n; i += 61)
        g_assert_cmpfloat (beside[i], ==, value_of (texts[t], w[i], 0.5f));
    }
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
  g_test_add_func ("/nn/expression/equals-pytorch", test_equals_pytorch);
  g_test_add_func ("/nn/expression/random-numbers-are-pytorchs",
                   test_random_numbers_are_pytorchs);
  g_test_add_func ("/nn/expression/targets-are-pytorchs", test_targets_are_pytorchs);
  g_test_add_func ("/nn/expression/orthogonal-is-pytorchs", test_orthogonal_is_pytorchs);
  g_test_add_func ("/nn/expression/orthogonal-of-little", test_orthogonal_of_little);
  g_test_add_func ("/nn/expression/ranks-are-stable", test_ranks_are_stable);
  g_test_add_func ("/nn/expression/needs-are-what-is-mentioned",
                   test_needs_are_what_is_mentioned);
  g_test_add_func ("/nn/expression/each-mention-and-element-is-fresh",
                   test_each_mention_and_element_is_fresh);
  g_test_add_func ("/nn/expression/scalars-are-float32", test_scalars_are_float32);
  g_test_add_func ("/nn/expression/any-length-in-place-or-beside",
                   test_any_length_in_place_or_beside);
  return g_test_run ();
}
