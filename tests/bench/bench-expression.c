/* bench-expression.c - how fast update functions are
 *
 * SPDX-License-Identifier: MIT
 *
 *   bench-expression [--seconds 1] [--values 4194304] [EXPRESSION…]
 *
 * Prints one JSON object for each expression: weights per second on one thread, in place
 * as a nudge does it, and how that compares to a plain C loop, w[i] += a * w[i], over
 * the same array in the same run. The two take turns, so whatever else the machine does
 * meets both.
 */

#include <stdio.h>

#include "nn/expression/nn-expression.h"

#define AMOUNT   1e-9f
#define N_ROUNDS 10

static const char *const usual[] = {
  "w + a*w",
  "clamp(w, -1, 1)",
  "abs(w) < a ? 0 : w",
  "w + a*(w0 - w)",
  "w*(1 + a*sin(n))",
  "w + a*sin(w)",
  "w + a*cos(1e9*w)",
  "w + a*tanh(w)",
  "w + a*sigmoid(w)",
  "w + a*exp(-w*w)",
  "w + a*log(abs(w))",
  "round(w/a)*a",
  "w^2.5",
  "w/norm",
  "w - mean",
  "(w - mean)/std",
  "w + a*rand",
  "w + a*noise",
  "w + a*i - a*j",
  "shuffled",
  "rank < a ? 0 : w",
  NULL,
};

/* By itself, so that nothing is known of the array and nothing can be left out. */
__attribute__ ((noinline)) static void
grow (float *w, float a, gsize n)
{
  for (gsize i = 0; i < n; i++)
    w[i] += a * w[i];
}

typedef struct {
  NnExpression *expression; /* (owned) (nullable) none for the plain loop */
  const NnOperands *operands;
  float *w;
  double seconds;
  guint64 n_calls;
} Contestant;

static void
run (Contestant *self, double seconds)
{
  const gint64 start = g_get_monotonic_time ();
  gint64 elapsed;

  do {
    if (self->expression != NULL)
      nn_expression_evaluate (self->expression, self->operands, self->w);
    else
      grow (self->w, AMOUNT, self->operands->n);
    self->n_calls++;
    elapsed = g_get_monotonic_time () - start;
  } while ((double) elapsed < seconds * 1e6);
  self->seconds += (double) elapsed / 1e6;
}

static double
get_rate (const Contestant *self)
{
  return (double) (self->n_calls * self->operands->n) / self->seconds;
}

static gboolean
bench (const char *text, gsize n, double seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExpression) expression = nn_expression_new (text, &error);
  g_autoptr (NnRandom) random = nn_random_new (1);
  const NnInit init = { .type = NN_INIT_TORCH };
  g_autofree float *w = g_new (float, n);
  g_autofree float *other = g_new (float, n);
  g_autofree float *scratch = NULL;
  NnOperands operands = { .n = n,
                          .w = w,
                          .initial = other,
                          .grad = other,
                          .before = other,
                          .amount = AMOUNT,
                          .step = 1,
                          .n_columns = 1024,
                          .init = &init,
                          .fan_in = 1024,
                          .fan_out = n / 1024,
                          .random = random };
  Contestant nudge = { .operands = &operands, .w = w };
  Contestant loop = { .operands = &operands, .w = w };

  if (expression == NULL) {
    fprintf (stderr, "bench-expression: %s\n", error->message);
    return FALSE;
  }
  operands.scratch = scratch = g_new (float, nn_expression_get_n_arrays (expression) * n);
  nudge.expression = expression;
  nn_random_fill_uniform (random, -1, 1, other, n);
  for (guint i = 0; i < N_ROUNDS; i++) {
    nn_random_fill_uniform (random, -1, 1, w, n);
    run (&nudge, seconds / N_ROUNDS);
    nn_random_fill_uniform (random, -1, 1, w, n);
    run (&loop, seconds / N_ROUNDS);
  }
  printf ("{\"expression\":\"%s\",\"values\":%" G_GSIZE_FORMAT
          ",\"million_per_second\":%.1f,\"plain_loop\":%.0f,\"ratio\":%.2f}\n",
          text, n, get_rate (&nudge) / 1e6, get_rate (&loop) / 1e6,
          get_rate (&nudge) / get_rate (&loop));
  return TRUE;
}

int
main (int argc, char *argv[])
{
  double seconds = 1;
  gint64 n_values = 4096 * 1024;
  const GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long each (1)", "S" },
    { "values", 0, 0, G_OPTION_ARG_INT64, &n_values, "Weights (4194304)", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[EXPRESSION…]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_values < 1024) {
    fprintf (stderr, "bench-expression: %s\n",
             error ? error->message : "--values must be at least 1024");
    return 2;
  }
  for (const char *const *text = argc > 1 ? (const char *const *) argv + 1 : usual;
       *text != NULL; text++)
    if (!bench (*text, (gsize) n_values, seconds))
      return 2;
  return 0;
}
