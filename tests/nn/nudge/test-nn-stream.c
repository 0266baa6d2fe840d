/* test-nn-stream.c - update functions over values that are not in memory as a whole
 *
 * SPDX-License-Identifier: MIT
 *
 * Of float32 the bits are those of nn_expression_evaluate (), which PyTorch has judged;
 * float64 is judged in tests/app/command/edit.py.
 */

#include "nn/nudge/nn-stream.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"

#define SEED 5

typedef struct {
  gsize n_columns;
  const float *w;
  float *result;
  guint n_reads;
} Values;

static gboolean
read_values (gpointer data,
             NnStreamArray array,
             guint64 first,
             gsize n,
             gpointer values,
             GError **error)
{
  Values *self = data;

  g_assert_cmpint (array, ==, NN_STREAM_WEIGHT);
  memcpy (values, self->w + first, n * sizeof *self->w);
  self->n_reads++;
  return TRUE;
}

static gboolean
write_values (gpointer data, guint64 first, gsize n, gconstpointer values, GError **error)
{
  const Values *self = data;

  memcpy (self->result + first, values, n * sizeof *self->result);
  return TRUE;
}

static char *
name_element (gpointer data, guint64 element)
{
  return g_strdup_printf ("w[%" G_GUINT64_FORMAT "]", element);
}

static NnStream
get_stream (Values *values, gsize n)
{
  return (NnStream){ .n = n,
                     .shape = { .n_columns = values->n_columns },
                     .read = read_values,
                     .write = write_values,
                     .name = name_element,
                     .data = values };
}

static NnNudge *
make_nudge (const char *function)
{
  g_autofree char *text = g_strconcat ("w: ", function, NULL);
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_parse_of_arrays (text, NULL, &error);

  g_assert_no_error (error);
  return nudge;
}

static float *
make_values (gsize n)
{
  g_autoptr (NnRandom) random = nn_random_new (1);
  float *values = g_new (float, n);

  nn_random_fill_normal (random, 0.1, 1, values, n);
  return values;
}

/* All at once. */
static float *
evaluate (const NnNudge *nudge, const float *w, gsize n, gsize n_columns)
{
  g_autoptr (NnRandom) random = nn_random_new (SEED);
  const gsize n_arrays = nn_expression_get_n_arrays (nudge->expression);
  g_autofree float *scratch = g_new (float, n *n_arrays + 1);
  float *result = g_new (float, n);
  const NnOperands operands = { .n = n,
                                .w = w,
                                .amount = nudge->amount,
                                .n_columns = n_columns,
                                .random = random,
                                .scratch = scratch };

  nn_expression_evaluate (nudge->expression, &operands, result);
  return result;
}

static const char *const functions[] = {
  "w + a*w a=0.001",
  "w + 0.1*i - 0.5*j",
  "w - mean",
  "(w - mean)/std(w, unbiased=False)",
  "w/norm + min - max",
  "w*(sum(abs(w - mean)) > 1 and any(w > 2)) + count(w > 1)",
  "w - median(w)",
  "clamp(w, quantile(w, 0.05), quantile(w, 0.333))",
  "w - mean(w*w)/std(w - median(w))",
  "w + 0.1*noise",
  "noise - rand*noise",
  "w + std(noise)*rand",
  "w if rank > 0.3 else 0",
  "shuffled + 0.5*noise + shuffled",
  "orthogonal",
  "w/norm(w, dim=1) - mean(w, dim=0)",
  "w = w - mean; w = w/std; w = clamp(w, -1, max(w)/2)",
  "w = 2*w + noise; w = w - mean(w, dim=1); w = w + rand",
};

static void
test_bits_of_a_whole (void)
{
  /* Below, at and above a block, and with every remainder of 16 that matters. */
  static const gsize shapes[][2] = { { 3, 2 },     { 5, 5 },     { 257, 255 },
                                     { 256, 256 }, { 509, 257 }, { 1000, 197 } };

  for (gsize k = 0; k < G_N_ELEMENTS (shapes); k++) {
    const gsize n = shapes[k][0] * shapes[k][1];
    g_autofree float *w = make_values (n);

    for (gsize i = 0; i < G_N_ELEMENTS (functions); i++) {
      g_autoptr (NnNudge) nudge = make_nudge (functions[i]);
      g_autofree float *expected = evaluate (nudge, w, n, shapes[k][1]);
      g_autofree float *result = g_new (float, n);
      g_autoptr (NnRandom) random = nn_random_new (SEED);
      g_autoptr (GError) error = NULL;
      Values values = { shapes[k][1], w, result, 0 };
      const NnStream stream = get_stream (&values, n);

      g_test_message ("%s, %" G_GSIZE_FORMAT, functions[i], n);
      nn_stream_apply (&stream, nudge, random, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (result, n * sizeof *result, expected, n * sizeof *expected);
    }
  }
}

/* Where the draws of one array end, the next one's begin. */
static void
test_draws_go_on (void)
{
  static const gsize sizes[] = { 1, 7, 15, 16, 17, 100, 65536, 65537, 131080 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    const gsize n = sizes[i];
    g_autofree float *w = make_values (n);
    g_autofree float *result = g_new (float, n);
    g_autofree float *expected = g_new (float, n);
    g_autoptr (NnNudge) nudge = make_nudge ("(noise)");
    g_autoptr (NnRandom) random = nn_random_new (SEED);
    g_autoptr (NnRandom) other = nn_random_new (SEED);
    Values values = { 1, w, result, 0 };
    const NnStream stream = get_stream (&values, n);

    for (guint k = 0; k < 3; k++) {
      g_assert_true (nn_stream_apply (&stream, nudge, random, NULL));
      nn_random_fill_normal (other, 0, 1, expected, n);
      g_assert_cmpmem (result, n * sizeof *result, expected, n * sizeof *expected);
    }
  }
}

static void
test_passes (void)
{
  static const struct {
    const char *function;
    guint n;
  } cases[] = {
    { "2*w", 1 },          { "w - mean", 2 },          { "w - mean + max", 2 },
    { "w/std", 3 },        { "w - std(w - mean)", 4 }, { "w - median(w)", 4 },
    { "w*mean(noise)", 2 }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree float *w = make_values (100);
    g_autofree float *result = g_new (float, 100);
    g_autoptr (NnNudge) nudge = make_nudge (cases[i].function);
    g_autoptr (NnRandom) random = nn_random_new (SEED);
    Values values = { 10, w, result, 0 };
    const NnStream stream = get_stream (&values, 100);

    g_test_message ("%s", cases[i].function);
    g_assert_true (nn_stream_apply (&stream, nudge, random, NULL));
    g_assert_cmpuint (values.n_reads, ==, cases[i].n);
  }
}

static void
test_not_finite_is_named (void)
{
  const float w[] = { 1, 4, -1, 2 };
  float result[4];
  g_autoptr (NnNudge) nudge = make_nudge ("log(w)");
  g_autoptr (NnRandom) random = nn_random_new (SEED);
  g_autoptr (GError) error = NULL;
  Values values = { 2, w, result, 0 };
  const NnStream stream = get_stream (&values, 4);

  g_assert_false (nn_stream_apply (&stream, nudge, random, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_NOT_FINITE);
  g_assert_cmpstr (error->message, ==, "w[2]: -1 would become not a number");
}

static void
test_what_only_a_run_has_is_refused (void)
{
  static const char *const refused[] = { "w - g",  "before",  "m",  "w*n",
                                         "w - lr", "(fresh)", "w0", "m = w" };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (NnNudge) nudge = make_nudge (refused[i]);
    g_autoptr (GError) error = NULL;

    g_assert_false (nn_stream_check (nudge, FALSE, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/stream/bits-of-a-whole", test_bits_of_a_whole);
  g_test_add_func ("/nn/stream/draws-go-on", test_draws_go_on);
  g_test_add_func ("/nn/stream/passes", test_passes);
  g_test_add_func ("/nn/stream/not-finite-is-named", test_not_finite_is_named);
  g_test_add_func ("/nn/stream/what-only-a-run-has-is-refused",
                   test_what_only_a_run_has_is_refused);
  return g_test_run ();
}
