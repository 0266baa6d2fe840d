/* bench.c - what the benchmark programs share: workloads, data, clock and report
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const BenchWorkload workloads[] = {
  { "W1", 3, { 1, 2, 3, 1 }, BENCH_RELU, BENCH_SQUARED_SUM, 3, 3 },
  { "W2", 3, { 2, 8, 8, 1 }, BENCH_TANH, BENCH_MSE, 10, 200 },
  { "W3", 2, { 64, 32, 10 }, BENCH_RELU, BENCH_CROSS_ENTROPY, 32, 1792 },
  { "W4", 3, { 784, 512, 512, 10 }, BENCH_RELU, BENCH_CROSS_ENTROPY, 128, 2048 },
  { "W5", 3, { 1024, 2048, 2048, 1024 }, BENCH_RELU, BENCH_MSE, 256, 1024 },
};

/**
 * bench_workload_find:
 *
 * Returns: (nullable): the workload of that name
 */
const BenchWorkload *
bench_workload_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (workloads); i++)
    if (strcmp (workloads[i].name, name) == 0)
      return &workloads[i];
  return NULL;
}

guint
bench_workload_get_n_batches (const BenchWorkload *self)
{
  return self->n_examples / self->batch;
}

/* As torch.rand does on the processor; GRand and PyTorch's generator are the same. */
static float
draw (GRand *rand)
{
  return (float) (g_rand_int (rand) & 0xFFFFFF) / 0x1p24f;
}

static float *
draw_many (GRand *rand, gsize n)
{
  float *values = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    values[i] = draw (rand);
  return values;
}

/* torch.nn.Linear's defaults: uniform, at most 1 / sqrt (inputs) from zero. */
static void
draw_parameters (BenchTable *self, const BenchWorkload *workload, GRand *rand)
{
  float *value;

  for (guint layer = 0; layer < workload->n_layers; layer++)
    self->n_parameters += (workload->sizes[layer] + 1) * workload->sizes[layer + 1];
  value = self->parameters = g_new (float, self->n_parameters);
  for (guint layer = 0; layer < workload->n_layers; layer++) {
    const guint n_in = workload->sizes[layer], n_out = workload->sizes[layer + 1];
    const float bound = (float) (1 / sqrt (n_in));

    for (guint i = 0; i < (n_in + 1) * n_out; i++)
      *value++ = fmaf (draw (rand), bound - -bound, -bound);
  }
}

/**
 * bench_table_new:
 *
 * Draws, from one stream, the parameters, the inputs, and the targets: uniform
 * numbers in [0, 1), or as class the whole part of such a number times the number
 * of outputs.
 */
BenchTable *
bench_table_new (const BenchWorkload *workload)
{
  BenchTable *self = g_new0 (BenchTable, 1);
  GRand *rand = g_rand_new_with_seed (BENCH_SEED);
  const guint n_outputs = workload->sizes[workload->n_layers];

  draw_parameters (self, workload, rand);
  self->inputs = draw_many (rand, (gsize) workload->n_examples * workload->sizes[0]);
  if (workload->loss == BENCH_MSE)
    self->targets = draw_many (rand, (gsize) workload->n_examples * n_outputs);
  if (workload->loss == BENCH_CROSS_ENTROPY) {
    self->classes = g_new (guint, workload->n_examples);
    for (guint i = 0; i < workload->n_examples; i++)
      self->classes[i] = (guint) (draw (rand) * (float) n_outputs);
  }
  g_rand_free (rand);
  return self;
}

void
bench_table_free (BenchTable *self)
{
  g_free (self->parameters);
  g_free (self->inputs);
  g_free (self->targets);
  g_free (self->classes);
  g_free (self);
}

static void G_GNUC_NORETURN
refuse (const char *why)
{
  fprintf (stderr, "%s: %s\n", g_get_prgname (), why);
  exit (2);
}

/**
 * bench_options_parse:
 *
 * Exits with status 2, saying why, if they are not what the programs take.
 */
void
bench_options_parse (BenchOptions *self, int *argc, char ***argv)
{
  g_autofree char *workload = NULL, *program = g_path_get_basename ((*argv)[0]);
  int threads = 1, n_losses = 0;
  double seconds = 1;
  char *way = NULL;
  const GOptionEntry entries[] = {
    { "workload", 0, 0, G_OPTION_ARG_STRING, &workload, "W1 to W5 (W1)", "NAME" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &threads, "1 or more (1)", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long (1)", "S" },
    { "way", 0, 0, G_OPTION_ARG_STRING, &way, "Of several, only this one", "NAME" },
    { "losses", 0, 0, G_OPTION_ARG_INT, &n_losses, "Print so many losses", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_set_prgname (program);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    refuse (error->message);
  *self = (BenchOptions){
    .workload = bench_workload_find (workload ? workload : "W1"),
    .threads = (guint) threads,
    .seconds = seconds,
    .n_losses = (guint) n_losses,
    .way = way,
  };
  if (!self->workload)
    refuse ("--workload: unknown; give W1, W2, W3, W4 or W5");
  if (threads < 1 || threads > 64 || n_losses < 0 || !(seconds >= 0))
    refuse ("--threads is 1 to 64, --seconds and --losses are not negative");
}

void
bench_options_clear (BenchOptions *self)
{
  g_clear_pointer (&self->way, g_free);
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

/**
 * bench_measure:
 *
 * Takes steps for @seconds, after some that are not counted; reads the clock
 * about a hundred times a second.
 *
 * Returns: steps per second
 */
double
bench_measure (BenchSteps steps, gpointer data, double seconds)
{
  const double shortest = 0.01;
  guint64 n_per_reading = 1, n_steps = 0;
  double start, end;

  for (;;) {
    start = now ();
    steps (data, n_per_reading);
    if (now () - start >= shortest)
      break;
    n_per_reading *= 2;
  }
  start = now ();
  do {
    steps (data, n_per_reading);
    n_steps += n_per_reading;
    end = now ();
  } while (end - start < seconds);
  return (double) n_steps / (end - start);
}

void
bench_report (const char *program,
              const char *way,
              const BenchOptions *options,
              double steps_per_second)
{
  printf ("{\"program\":\"%s\",\"way\":\"%s\",\"workload\":\"%s\",\"threads\":%u,"
          "\"steps_per_second\":%.6g}\n",
          program, way, options->workload->name, options->threads, steps_per_second);
  fflush (stdout);
}
