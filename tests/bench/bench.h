/* bench.h - what the benchmark programs share: workloads, data, clock and report
 *
 * SPDX-License-Identifier: MIT
 *
 * Five workloads, described in README.md. A table holds the same initial
 * parameters and the same data for every program, PyTorch's included. Knows
 * nothing of nn/.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENCH_MAX_LAYERS 3
#define BENCH_SEED       1
/* W1 starts over so often: it converges to nothing, and what Adam then averages are
 * subnormal numbers. */
#define BENCH_W1_RESTART 1000

typedef enum {
  BENCH_RELU,
  BENCH_TANH,
} BenchActivation;

typedef enum {
  BENCH_SQUARED_SUM, /* mean ((5 - sum (out))^2), without targets */
  BENCH_MSE,
  BENCH_CROSS_ENTROPY,
} BenchLoss;

typedef struct {
  const char *name; /* "W1" */
  guint n_layers;
  guint sizes[BENCH_MAX_LAYERS + 1]; /* features, then each layer's units */
  BenchActivation activation;        /* after every layer but the last */
  BenchLoss loss;
  guint batch;
  guint n_examples; /* a multiple of batch; batches are taken in order, round and round */
} BenchWorkload;

typedef struct {
  gsize n_parameters;
  float *parameters; /* (owned) layer by layer: weight [out][in], then bias [out] */
  float *inputs;     /* (owned) [n_examples][features] */
  float *targets;    /* (owned) (nullable) mse: [n_examples][outputs] */
  guint *classes;    /* (owned) (nullable) cross-entropy: [n_examples] */
} BenchTable;

typedef struct {
  const BenchWorkload *workload;
  guint threads;
  double seconds;
  guint n_losses; /* not 0: print the losses of so many steps instead of measuring */
  char *way;      /* (owned) (nullable) of a program's ways, only this one */
} BenchOptions;

/* Takes @n_steps steps. */
typedef void (*BenchSteps) (gpointer data, guint64 n_steps);

const BenchWorkload *bench_workload_find (const char *name);
guint bench_workload_get_n_batches (const BenchWorkload *self);

BenchTable *bench_table_new (const BenchWorkload *workload) G_GNUC_WARN_UNUSED_RESULT;
void bench_table_free (BenchTable *self);

void bench_options_parse (BenchOptions *self, int *argc, char ***argv);
void bench_options_clear (BenchOptions *self);

double bench_measure (BenchSteps steps, gpointer data, double seconds);
void bench_report (const char *program,
                   const char *way,
                   const BenchOptions *options,
                   double steps_per_second);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchTable, bench_table_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchOptions, bench_options_clear)

G_END_DECLS
