/* fann-train.c - how many steps a second FANN trains each workload
 *
 * SPDX-License-Identifier: MIT
 *
 *   fann-train [--workload W1] [--threads 1] [--seconds 1] [--way batch|rprop]
 *
 * FANN has no Adam, no ReLU and no cross-entropy. Its nearest: one update of all weights
 * for each batch, by gradient descent or by iRPROP- (which like Adam keeps a step size
 * for each weight), a line cut off at 0 and 1 in place of ReLU, and squared error. It
 * briefly tries both and measures the faster. It has one thread.
 */

#include <fann.h>
#include <stdio.h>
#include <string.h>

#include "tests/bench/bench.h"

#define TRIAL_SECONDS 0.2

typedef struct {
  struct fann *network;
  struct fann_train_data **batches;
  guint n_batches;
  guint64 n_steps;
  float *initial; /* W1 starts over from these */
} Run;

static fann_type
get_target (const BenchWorkload *workload,
            const BenchTable *table,
            guint example,
            guint k)
{
  if (workload->loss == BENCH_CROSS_ENTROPY)
    return table->classes[example] == k;
  if (workload->loss == BENCH_SQUARED_SUM)
    return 5.0f / (fann_type) workload->n_examples; /* the outputs' sum is to be 5 */
  return table->targets[(gsize) example * workload->sizes[workload->n_layers] + k];
}

static struct fann_train_data *
make_batch (const BenchWorkload *workload, const BenchTable *table, guint first)
{
  const guint n_in = workload->sizes[0], n_out = workload->sizes[workload->n_layers];
  struct fann_train_data *batch = fann_create_train (workload->batch, n_in, n_out);

  for (guint n = 0; n < workload->batch; n++) {
    for (guint k = 0; k < n_in; k++)
      batch->input[n][k] = table->inputs[(gsize) (first + n) * n_in + k];
    for (guint k = 0; k < n_out; k++)
      batch->output[n][k] = get_target (workload, table, first + n, k);
  }
  return batch;
}

/* FANN keeps each unit's weights together, its bias's last. */
static void
set_parameters (struct fann *network, const BenchWorkload *workload, const float *value)
{
  fann_type *weight = network->weights;

  for (guint layer = 0; layer < workload->n_layers; layer++) {
    const guint n_in = workload->sizes[layer], n_out = workload->sizes[layer + 1];
    const float *bias = value + n_in * n_out;

    for (guint j = 0; j < n_out; j++) {
      for (guint i = 0; i < n_in; i++)
        *weight++ = *value++;
      *weight++ = *bias++;
    }
    value = bias;
  }
}

static void
run_start (Run *self, const BenchWorkload *workload, const BenchTable *table)
{
  self->network = fann_create_standard_array (workload->n_layers + 1, workload->sizes);
  fann_set_activation_function_hidden (self->network, workload->activation == BENCH_TANH
                                                          ? FANN_SIGMOID_SYMMETRIC
                                                          : FANN_LINEAR_PIECE);
  fann_set_activation_function_output (self->network, FANN_LINEAR);
  fann_set_train_error_function (self->network, FANN_ERRORFUNC_LINEAR);
  fann_set_learning_rate (self->network, 1e-3f);
  g_assert (self->network->total_connections == table->n_parameters);
  set_parameters (self->network, workload, table->parameters);
  self->initial = g_memdup2 (self->network->weights,
                             self->network->total_connections * sizeof (fann_type));
  self->n_batches = bench_workload_get_n_batches (workload);
  self->batches = g_new (struct fann_train_data *, self->n_batches);
  for (guint i = 0; i < self->n_batches; i++)
    self->batches[i] = make_batch (workload, table, i * workload->batch);
}

static void
run_end (Run *self)
{
  for (guint i = 0; i < self->n_batches; i++)
    fann_destroy_train (self->batches[i]);
  g_free (self->batches);
  g_free (self->initial);
  fann_destroy (self->network);
}

static void
take_steps (gpointer data, guint64 n_steps)
{
  Run *self = data;

  for (guint64 i = 0; i < n_steps; i++) {
    if (self->n_batches == 1 && self->n_steps % BENCH_W1_RESTART == 0)
      memcpy (self->network->weights, self->initial,
              self->network->total_connections * sizeof (fann_type));
    fann_train_epoch (self->network, self->batches[self->n_steps++ % self->n_batches]);
  }
}

static const char *const way_names[] = { "batch", "rprop" };
static const enum fann_train_enum algorithms[] = { FANN_TRAIN_BATCH, FANN_TRAIN_RPROP };

static double
measure (guint way, const BenchOptions *options, const BenchTable *table, double seconds)
{
  Run run = { 0 };
  double rate;

  run_start (&run, options->workload, table);
  fann_set_training_algorithm (run.network, algorithms[way]);
  rate = bench_measure (take_steps, &run, seconds);
  run_end (&run);
  return rate;
}

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { 0 };
  g_autoptr (BenchTable) table = NULL;
  double rates[2];
  guint way;

  bench_options_parse (&options, &argc, &argv);
  if (options.n_losses) {
    fprintf (stderr, "fann-train: --losses: FANN has no loss that could be compared\n");
    return 2;
  }
  table = bench_table_new (options.workload);
  way = options.way && strcmp (options.way, "rprop") == 0;
  if (!options.way) {
    for (guint i = 0; i < 2; i++)
      rates[i] = measure (i, &options, table, TRIAL_SECONDS);
    way = rates[1] > rates[0];
  } else if (strcmp (options.way, way_names[way]) != 0) {
    fprintf (stderr, "fann-train: --way: %s: unknown; give batch or rprop\n",
             options.way);
    return 2;
  }
  bench_report ("fann", way_names[way], &options,
                measure (way, &options, table, options.seconds));
  return 0;
}
