/* limit-blas.c - the limit for W4 and W5: a library's matrix products, and Adam's traffic
 *
 * SPDX-License-Identifier: MIT
 *
 *   limit-blas openblas|dnnl [--workload W4] [--threads 1] [--seconds 1] [--way NAME]
 *
 * Repeats what of a step cannot be left out: the products of the forward pass and of
 * all gradients, but for the first layer's inputs, and one pass of Adam over the
 * parameters. No activation, bias or loss. The examples are rows of the matrices, or
 * columns; with more than one thread the library shares each product out by itself
 * ("own"), or each thread asks it for a part ("split"). Briefly tries each of these
 * ways and measures the fastest.
 */

#include <cblas.h>
#include <dnnl.h>
#include <omp.h>
#include <stdio.h>

#include "tests/bench/hand.h"

#define TRIAL_SECONDS 0.3
/* A part of a product is a multiple of so many rows or columns: a vector's floats. */
#define PART         16
#define MAX_PRODUCTS (3 * BENCH_MAX_LAYERS)

/* c = a b, where a is (m,k) and b is (k,n), each perhaps kept transposed. */
typedef struct {
  const float *a, *b;
  float *c;
  guint m, n, k;
  gboolean a_transposed, b_transposed;
  guint a_stride, b_stride, c_stride;
} Product;

typedef void (*Multiply) (const Product *product);

typedef struct {
  const char *name;
  gboolean split;
  gboolean columns; /* an example is a column */
} Way;

static const Way ways[] = {
  { "own-rows", FALSE, FALSE },
  { "own-columns", FALSE, TRUE },
  { "split-rows", TRUE, FALSE },
  { "split-columns", TRUE, TRUE },
};

typedef struct {
  const BenchWorkload *workload;
  Multiply multiply;
  const Way *way;
  guint n_threads;
  Product products[MAX_PRODUCTS];
  guint n_products;
  gsize n_values;
  float *values, *gradients, *means, *squares; /* (owned) (n_values) */
  float *outputs[BENCH_MAX_LAYERS + 1]; /* (owned) of each layer; the first are inputs */
  float *slopes[BENCH_MAX_LAYERS + 1];  /* (owned) the loss's derivatives by these */
  HandRates rates;
  GThread *worker;         /* (owned) (nullable) runs Adam over its half on request */
  GAsyncQueue *ask, *done; /* (owned) */
} Limit;

static void
multiply_openblas (const Product *p)
{
  cblas_sgemm (CblasRowMajor, p->a_transposed ? CblasTrans : CblasNoTrans,
               p->b_transposed ? CblasTrans : CblasNoTrans, (blasint) p->m,
               (blasint) p->n, (blasint) p->k, 1, p->a, (blasint) p->a_stride, p->b,
               (blasint) p->b_stride, 0, p->c, (blasint) p->c_stride);
}

static void
multiply_dnnl (const Product *p)
{
  dnnl_status_t status =
      dnnl_sgemm (p->a_transposed ? 'T' : 'N', p->b_transposed ? 'T' : 'N', p->m, p->n,
                  p->k, 1, p->a, p->a_stride, p->b, p->b_stride, 0, p->c, p->c_stride);

  g_assert (status == dnnl_success);
}

static float *
new_values (gsize n, GRand *rand)
{
  float *values = g_aligned_alloc0 (n, sizeof (float), 64);

  if (rand)
    for (gsize i = 0; i < n; i++)
      values[i] = (float) g_rand_double_range (rand, -0.05, 0.05);
  return values;
}

/* Of a matrix (rows,columns) kept as it is or transposed: the distance of its rows. */
static guint
get_stride (guint rows, guint columns, gboolean transposed)
{
  return transposed ? rows : columns;
}

static void
add_product (Limit *self, Product p)
{
  p.a_stride = get_stride (p.m, p.k, p.a_transposed);
  p.b_stride = get_stride (p.k, p.n, p.b_transposed);
  p.c_stride = p.n;
  self->products[self->n_products++] = p;
}

/* w is (out,in), as PyTorch keeps it, and so is dw. */
static void
add_forward (Limit *self, guint layer, const float *w)
{
  const guint n_in = self->workload->sizes[layer];
  const guint n_out = self->workload->sizes[layer + 1], batch = self->workload->batch;
  const float *x = self->outputs[layer];
  float *y = self->outputs[layer + 1];

  if (self->way->columns)
    add_product (self, (Product){ w, x, y, n_out, batch, n_in, FALSE, FALSE });
  else
    add_product (self, (Product){ x, w, y, batch, n_out, n_in, FALSE, TRUE });
}

static void
add_backward (Limit *self, guint layer, const float *w, float *dw)
{
  const guint n_in = self->workload->sizes[layer];
  const guint n_out = self->workload->sizes[layer + 1], batch = self->workload->batch;
  const float *x = self->outputs[layer], *dy = self->slopes[layer + 1];
  float *dx = self->slopes[layer];

  if (self->way->columns) {
    add_product (self, (Product){ dy, x, dw, n_out, n_in, batch, FALSE, TRUE });
    if (layer > 0)
      add_product (self, (Product){ w, dy, dx, n_in, batch, n_out, TRUE, FALSE });
  } else {
    add_product (self, (Product){ dy, x, dw, n_out, n_in, batch, TRUE, FALSE });
    if (layer > 0)
      add_product (self, (Product){ dy, w, dx, batch, n_in, n_out, FALSE, FALSE });
  }
}

static void
make_products (Limit *self)
{
  gsize starts[BENCH_MAX_LAYERS + 1] = { 0 };

  for (guint layer = 0; layer < self->workload->n_layers; layer++) {
    add_forward (self, layer, self->values + starts[layer]);
    starts[layer + 1] = starts[layer] + (self->workload->sizes[layer] + 1) *
                                            self->workload->sizes[layer + 1];
  }
  for (guint layer = self->workload->n_layers; layer-- > 0;)
    add_backward (self, layer, self->values + starts[layer],
                  self->gradients + starts[layer]);
}

/* The part of @p that is thread @index's: of its rows or of its columns, as there are
 * more of these. */
static Product
get_part (const Product *p, guint index, guint n_threads)
{
  const guint size = MAX (p->m, p->n);
  const guint from = index * size / n_threads / PART * PART;
  const guint to =
      index + 1 == n_threads ? size : (index + 1) * size / n_threads / PART * PART;
  Product part = *p;

  if (p->m >= p->n) {
    part.m = to - from;
    part.a += p->a_transposed ? from : (gsize) from * p->a_stride;
    part.c += (gsize) from * p->c_stride;
  } else {
    part.n = to - from;
    part.b += p->b_transposed ? (gsize) from * p->b_stride : from;
    part.c += from;
  }
  return part;
}

/* Rates are such that no value moves: the same work, and never an infinity. */
static void
adam_part (Limit *self, guint index)
{
  const HandRates rates = self->rates;
  const gsize from = index * self->n_values / self->n_threads;
  const gsize to = (index + 1) * self->n_values / self->n_threads;
  float *restrict values = self->values, *restrict means = self->means;
  float *restrict squares = self->squares;
  const float *restrict gradients = self->gradients;

  for (gsize i = from; i < to; i++)
    hand_adam (&values[i], &means[i], &squares[i], gradients[i], &rates);
}

static void
step_split (Limit *self)
{
#pragma omp parallel num_threads(self->n_threads)
  {
    const guint index = (guint) omp_get_thread_num ();

    for (guint i = 0; i < self->n_products; i++) {
      const Product part = get_part (&self->products[i], index, self->n_threads);

      if (part.m > 0 && part.n > 0)
        self->multiply (&part);
#pragma omp barrier
    }
    adam_part (self, index);
  }
}

static gpointer
run_worker (gpointer data)
{
  Limit *self = data;
  guint index;

  while ((index = GPOINTER_TO_UINT (g_async_queue_pop (self->ask))) < self->n_threads) {
    adam_part (self, index);
    g_async_queue_push (self->done, GUINT_TO_POINTER (index));
  }
  return NULL;
}

/* OpenBLAS keeps threads of its own, and OpenMP's would get in their way, as they spin
 * for a while; so a thread that sleeps does its half here. */
static void
step_own_openblas (Limit *self)
{
  for (guint i = 0; i < self->n_products; i++)
    self->multiply (&self->products[i]);
  for (guint index = 1; index < self->n_threads; index++)
    g_async_queue_push (self->ask, GUINT_TO_POINTER (index));
  adam_part (self, 0);
  for (guint index = 1; index < self->n_threads; index++)
    g_async_queue_pop (self->done);
}

static void
step_own_dnnl (Limit *self)
{
  for (guint i = 0; i < self->n_products; i++)
    self->multiply (&self->products[i]);
#pragma omp parallel num_threads(self->n_threads)
  adam_part (self, (guint) omp_get_thread_num ());
}

static void
steps (gpointer data, guint64 n_steps)
{
  Limit *self = data;

  for (guint64 i = 0; i < n_steps; i++)
    if (self->way->split)
      step_split (self);
    else if (self->multiply == multiply_openblas)
      step_own_openblas (self);
    else
      step_own_dnnl (self);
}

static void
limit_start (Limit *self)
{
  const BenchWorkload *workload = self->workload;
  GRand *rand = g_rand_new_with_seed (BENCH_SEED);

  for (guint layer = 0; layer < workload->n_layers; layer++)
    self->n_values += (workload->sizes[layer] + 1) * workload->sizes[layer + 1];
  self->values = new_values (self->n_values, rand);
  self->gradients = new_values (self->n_values, NULL);
  self->means = new_values (self->n_values, NULL);
  self->squares = new_values (self->n_values, NULL);
  for (guint i = 0; i <= workload->n_layers; i++) {
    self->outputs[i] = new_values ((gsize) workload->batch * workload->sizes[i], rand);
    self->slopes[i] = new_values ((gsize) workload->batch * workload->sizes[i], rand);
  }
  g_rand_free (rand);
  make_products (self);
  self->rates = (HandRates){ .size = 1e-20f, .root = 1 };
  self->ask = g_async_queue_new ();
  self->done = g_async_queue_new ();
  if (self->n_threads > 1)
    self->worker = g_thread_new ("adam", run_worker, self);
  openblas_set_num_threads (self->way->split ? 1 : (int) self->n_threads);
  omp_set_num_threads ((int) self->n_threads);
}

static void
limit_end (Limit *self)
{
  g_async_queue_push (self->ask, GUINT_TO_POINTER (self->n_threads));
  g_clear_pointer (&self->worker, g_thread_join);
  g_async_queue_unref (self->ask);
  g_async_queue_unref (self->done);
  g_aligned_free (self->values);
  g_aligned_free (self->gradients);
  g_aligned_free (self->means);
  g_aligned_free (self->squares);
  for (guint i = 0; i <= self->workload->n_layers; i++) {
    g_aligned_free (self->outputs[i]);
    g_aligned_free (self->slopes[i]);
  }
}

static double
measure (const Way *way, Multiply multiply, const BenchOptions *options, double seconds)
{
  Limit limit = {
    .workload = options->workload,
    .multiply = multiply,
    .way = way,
    .n_threads = options->threads,
  };
  double rate;

  limit_start (&limit);
  rate = bench_measure (steps, &limit, seconds);
  limit_end (&limit);
  return rate;
}

/* The fastest way, or the one that was asked for. */
static const Way *
choose (Multiply multiply, const BenchOptions *options)
{
  const Way *best = NULL;
  double best_rate = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    double rate;

    if (options->way && strcmp (options->way, ways[i].name) == 0)
      return &ways[i];
    if (options->way || (ways[i].split && options->threads == 1))
      continue;
    rate = measure (&ways[i], multiply, options, TRIAL_SECONDS);
    if (rate > best_rate) {
      best_rate = rate;
      best = &ways[i];
    }
  }
  return best;
}

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { 0 };
  Multiply multiply = NULL;
  const Way *way;

  bench_options_parse (&options, &argc, &argv);
  if (argc == 2 && strcmp (argv[1], "openblas") == 0)
    multiply = multiply_openblas;
  if (argc == 2 && strcmp (argv[1], "dnnl") == 0)
    multiply = multiply_dnnl;
  if (!multiply || options.n_losses) {
    fprintf (stderr, "limit-blas: give openblas or dnnl, and no --losses\n");
    return 2;
  }
  way = choose (multiply, &options);
  if (!way) {
    fprintf (stderr,
             "limit-blas: --way: %s: unknown; give own-rows, own-columns, "
             "split-rows or split-columns\n",
             options.way);
    return 2;
  }
  bench_report (argv[1], way->name, &options,
                measure (way, multiply, &options, options.seconds));
  return 0;
}
