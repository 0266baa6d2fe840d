/* bench-train.c - how many training steps a second
 *
 * SPDX-License-Identifier: MIT
 *
 *   bench-train [--workload W1] [--threads 1] [--seconds 2]
 *
 * Prints one JSON object per workload. All use Adam; batches go through a table of
 * random numbers in order. W1, the seed experiment, goes back to its first state every 1,000
 * steps, as the other programs do: it converges to nothing.
 *
 *   W1  1-2-3-1, ReLU, squared_sum, 3 examples
 *   W2  2-8-8-1, tanh, MSE, batch 10
 *   W3  64-32-10, ReLU, cross-entropy, batch 32
 *   W4  784-512-512-10, ReLU, cross-entropy, batch 128
 *   W5  1024-2048-2048-1024, ReLU, MSE, batch 256
 */

#include <stdio.h>
#include <string.h>

#include "nn/io/nn-experiment-demo.h"
#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-threads.h"
#include "nn/run/nn-trainer.h"
#include "tests/bench/bench.h"

typedef struct {
  const char *name;
  gsize sizes[5]; /* features, then each layer's units; ended by 0 */
  NnActivation activation;
  NnLossType loss;
  gsize batch_size;
  gsize n_examples;
} Workload;

static const Workload workloads[] = {
  { "W1", { 1, 2, 3, 1 }, NN_ACTIVATION_RELU, NN_LOSS_SQUARED_SUM, 0, 3 },
  { "W2", { 2, 8, 8, 1 }, NN_ACTIVATION_TANH, NN_LOSS_MSE, 10, 200 },
  { "W3", { 64, 32, 10 }, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, 32, 1792 },
  { "W4", { 784, 512, 512, 10 }, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, 128, 2048 },
  { "W5", { 1024, 2048, 2048, 1024 }, NN_ACTIVATION_RELU, NN_LOSS_MSE, 256, 1024 },
};

static NnArchitecture *
make_architecture (const Workload *workload)
{
  static const char *const names[] = { "fc1", "fc2", "fc3", "fc4" };
  NnLayerSpec layers[4];
  gsize n_layers = 0;

  for (; workload->sizes[n_layers + 1] > 0; n_layers++)
    layers[n_layers] = (NnLayerSpec){ names[n_layers], workload->sizes[n_layers + 1],
                                      workload->activation };
  layers[n_layers - 1].activation = NN_ACTIVATION_IDENTITY;
  return nn_architecture_new (workload->sizes[0], layers, n_layers);
}

static void
fill_data (NnDataSpec *data, const Workload *workload, gsize n_outputs)
{
  g_autoptr (NnRandom) random = nn_random_new (1);
  const gsize n = workload->n_examples;
  const gboolean classes = nn_loss_takes_classes (workload->loss);
  NnTable *table = nn_table_new (n, workload->sizes[0], classes ? 1 : n_outputs);

  data->source = NN_DATA_INLINE;
  data->table = table;
  if (classes)
    table->targets_are = NN_TARGETS_CLASSES;
  nn_random_fill_uniform (random, 0, 1, table->inputs, n * table->n_features);
  nn_random_fill_uniform (random, 0, 1, table->targets, n * table->n_targets);
  for (gsize i = 0; classes && i < n; i++)
    table->targets[i] = (float) (i % n_outputs);
}

static NnExperiment *
make_experiment (const Workload *workload)
{
  NnExperiment *experiment = nn_experiment_new_demo ("seed", NULL);
  gsize n_outputs;

  g_ptr_array_set_size (experiment->nudges, 0);
  if (workload->loss == NN_LOSS_SQUARED_SUM)
    return experiment;

  nn_architecture_unref (experiment->architecture);
  experiment->architecture = make_architecture (workload);
  n_outputs =
      experiment->architecture->layers[experiment->architecture->n_layers - 1].n_units;
  fill_data (&experiment->data, workload, n_outputs);
  experiment->loss = nn_loss_get_default (workload->loss);
  experiment->batch_size = workload->batch_size;
  return experiment;
}

typedef struct {
  NnTrainer *trainer;
  NnTrainerState *first; /* (nullable) for a workload that starts over */
} Run;

static void
take_steps (gpointer data, guint64 n_steps)
{
  const Run *run = data;
  g_autoptr (GError) error = NULL;

  while (n_steps > 0) {
    const guint64 n_burst = MIN (n_steps, BENCH_W1_RESTART);

    if (run->first)
      nn_trainer_restore (run->trainer, run->first);
    for (guint64 i = 0; i < n_burst; i++)
      if (!nn_trainer_step (run->trainer, &error))
        g_error ("%s", error->message);
    n_steps -= n_burst;
  }
}

static double
bench (const Workload *workload, double seconds)
{
  g_autoptr (NnExperiment) experiment = make_experiment (workload);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, &error);
  g_autoptr (NnTrainerState) first = NULL;

  if (trainer == NULL)
    g_error ("%s: %s", workload->name, error->message);
  nn_flush_subnormals ();
  if (workload->loss == NN_LOSS_SQUARED_SUM)
    first = nn_trainer_save (trainer);
  return bench_measure (take_steps, &(Run){ trainer, first }, seconds);
}

int
main (int argc, char *argv[])
{
  g_autofree char *only = NULL;
  int threads = 1;
  double seconds = 2;
  const GOptionEntry entries[] = {
    { "workload", 0, 0, G_OPTION_ARG_STRING, &only, "Only this one", "W1" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &threads, "Training threads (1)", "1" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long each (2)", "S" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    fprintf (stderr, "bench-train: %s\n", error->message);
    return 2;
  }
  nn_threads_set ((guint) threads);
  for (gsize i = 0; i < G_N_ELEMENTS (workloads); i++) {
    if (only && strcmp (only, workloads[i].name) != 0)
      continue;
    found = TRUE;
    printf ("{\"workload\":\"%s\",\"threads\":%d,\"steps_per_second\":%.8g}\n",
            workloads[i].name, threads, bench (&workloads[i], seconds));
    fflush (stdout);
  }
  if (!found)
    fprintf (stderr, "bench-train: %s: the workloads are W1 to W5\n", only);
  return found ? 0 : 2;
}
