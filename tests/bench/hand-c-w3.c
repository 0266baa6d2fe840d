/* hand-c-w3.c - W3 hand-written in plain C: 64-32-10, ReLU, cross-entropy, batches of 32
 *
 * SPDX-License-Identifier: MIT
 *
 * Loops over OpenBLAS's matrix products. Matrices are stored as PyTorch's are: weights [out][in],
 * activations [example][unit].
 */

#include <cblas.h>

#include "tests/bench/hand.h"

#define FEATURES 64
#define HIDDEN   32
#define CLASSES  10
#define BATCH    32

/* In PyTorch's order, one after the other. */
typedef struct {
  float w1[HIDDEN][FEATURES];
  float b1[HIDDEN];
  float w2[CLASSES][HIDDEN];
  float b2[CLASSES];
} Parameters;

#define N_VALUES (sizeof (Parameters) / sizeof (float))

typedef struct {
  Parameters values __attribute__ ((aligned (64)));
  Parameters means __attribute__ ((aligned (64)));
  Parameters squares __attribute__ ((aligned (64)));
  Parameters gradients __attribute__ ((aligned (64)));
  float h[BATCH][HIDDEN] __attribute__ ((aligned (64)));
  float dh[BATCH][HIDDEN] __attribute__ ((aligned (64)));
  float z2[BATCH][CLASSES] __attribute__ ((aligned (64)));
  float dz2[BATCH][CLASSES] __attribute__ ((aligned (64)));
  HandRates rates;
  const float *inputs;
  const guint *classes;
  guint n_batches, batch;
  float loss;
} State;

static gpointer
new_state (const BenchTable *table)
{
  State *self = g_aligned_alloc0 (1, (sizeof (State) + 63) / 64 * 64, 64);

  g_assert (table->n_parameters == N_VALUES);
  memcpy (&self->values, table->parameters, sizeof self->values);
  hand_rates_start (&self->rates);
  self->inputs = table->inputs;
  self->classes = table->classes;
  self->n_batches = bench_workload_get_n_batches (bench_workload_find ("W3"));
  openblas_set_num_threads (1);
  return self;
}

/* c (m,n) += a b with a (m,k) and b (k,n), each of which may be kept transposed. */
static inline void
add_product (enum CBLAS_TRANSPOSE a_is,
             enum CBLAS_TRANSPOSE b_is,
             int m,
             int n,
             int k,
             const float *a,
             const float *b,
             float *c)
{
  cblas_sgemm (CblasRowMajor, a_is, b_is, m, n, k, 1, a, a_is == CblasTrans ? m : k, b,
               b_is == CblasTrans ? k : n, 1, c, n);
}

static inline void
forward (State *self, const float *x)
{
  const Parameters *p = &self->values;

  for (int n = 0; n < BATCH; n++)
    memcpy (self->h[n], p->b1, sizeof p->b1);
  add_product (CblasNoTrans, CblasTrans, BATCH, HIDDEN, FEATURES, x, p->w1[0],
               self->h[0]);
  for (int n = 0; n < BATCH; n++)
    for (int i = 0; i < HIDDEN; i++)
      self->h[n][i] = self->h[n][i] > 0 ? self->h[n][i] : 0;
  for (int n = 0; n < BATCH; n++)
    memcpy (self->z2[n], p->b2, sizeof p->b2);
  add_product (CblasNoTrans, CblasTrans, BATCH, CLASSES, HIDDEN, self->h[0], p->w2[0],
               self->z2[0]);
}

/* dz2 is the loss's derivative by each output: (softmax - 1 if it is the class) / batch. */
static inline void
cross_entropy (State *self, const guint *classes)
{
  float loss = 0;

  for (int n = 0; n < BATCH; n++) {
    const float *z = self->z2[n];
    float *dz = self->dz2[n], largest = z[0], total = 0;

    for (int j = 1; j < CLASSES; j++)
      largest = z[j] > largest ? z[j] : largest;
    for (int j = 0; j < CLASSES; j++)
      dz[j] = hand_exp (z[j] - largest);
    for (int j = 0; j < CLASSES; j++)
      total += dz[j];
    for (int j = 0; j < CLASSES; j++)
      dz[j] *= 1.0f / BATCH / total;
    dz[classes[n]] -= 1.0f / BATCH;
    loss += hand_log (total) + largest - z[classes[n]];
  }
  self->loss = loss / BATCH;
}

static inline void
backward (State *self, const float *x)
{
  Parameters *g = &self->gradients;

  memset (g, 0, sizeof *g);
  memset (self->dh, 0, sizeof self->dh);
  for (int n = 0; n < BATCH; n++)
    for (int j = 0; j < CLASSES; j++)
      g->b2[j] += self->dz2[n][j];
  add_product (CblasTrans, CblasNoTrans, CLASSES, HIDDEN, BATCH, self->dz2[0], self->h[0],
               g->w2[0]);
  add_product (CblasNoTrans, CblasNoTrans, BATCH, HIDDEN, CLASSES, self->dz2[0],
               self->values.w2[0], self->dh[0]);
  for (int n = 0; n < BATCH; n++)
    for (int i = 0; i < HIDDEN; i++) {
      self->dh[n][i] = self->h[n][i] > 0 ? self->dh[n][i] : 0;
      g->b1[i] += self->dh[n][i];
    }
  add_product (CblasTrans, CblasNoTrans, HIDDEN, FEATURES, BATCH, self->dh[0], x,
               g->w1[0]);
}

static inline void
adam (State *self)
{
  float *values = (float *) &self->values, *means = (float *) &self->means;
  float *squares = (float *) &self->squares;
  const float *gradients = (const float *) &self->gradients;

  hand_rates_next (&self->rates);
  for (gsize i = 0; i < N_VALUES; i++)
    hand_adam (&values[i], &means[i], &squares[i], gradients[i], &self->rates);
}

static void
steps (gpointer state, guint64 n_steps)
{
  State *self = state;

  for (guint64 i = 0; i < n_steps; i++) {
    const float *x = self->inputs + self->batch * BATCH * FEATURES;

    forward (self, x);
    cross_entropy (self, self->classes + self->batch * BATCH);
    backward (self, x);
    adam (self);
    self->batch = (self->batch + 1) % self->n_batches;
  }
}

static float
get_loss (gconstpointer state)
{
  return ((const State *) state)->loss;
}

const HandLoop hand_c_w3 = { "W3", "c", new_state, steps, get_loss };
