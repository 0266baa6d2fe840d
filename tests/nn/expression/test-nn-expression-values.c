/* test-nn-expression-values.c - what update functions come to, beside PyTorch's values
 *
 * SPDX-License-Identifier: MIT
 */

#include "evaluate.h"
#include "tests/golden/expressions.inc"

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
  g_test_add_func ("/nn/expression-values/equals-pytorch", test_equals_pytorch);
  g_test_add_func ("/nn/expression-values/random-numbers-are-pytorchs",
                   test_random_numbers_are_pytorchs);
  g_test_add_func ("/nn/expression-values/targets-are-pytorchs",
                   test_targets_are_pytorchs);
  g_test_add_func ("/nn/expression-values/orthogonal-is-pytorchs",
                   test_orthogonal_is_pytorchs);
  g_test_add_func ("/nn/expression-values/orthogonal-of-little",
                   test_orthogonal_of_little);
  g_test_add_func ("/nn/expression-values/ranks-are-stable", test_ranks_are_stable);
  g_test_add_func ("/nn/expression-values/each-mention-and-element-is-fresh",
                   test_each_mention_and_element_is_fresh);
  g_test_add_func ("/nn/expression-values/scalars-are-float32", test_scalars_are_float32);
  g_test_add_func ("/nn/expression-values/any-length-in-place-or-beside",
                   test_any_length_in_place_or_beside);
  return g_test_run ();
}
