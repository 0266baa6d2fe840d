/* hand-c-w2.c - W2 hand-written in plain C: 2-8-8-1, tanh, batches of 10
 *
 * SPDX-License-Identifier: MIT
 *
 * Weights are kept transposed, [in][out], so that the compiler finds its vectors along a
 * layer's units.
 */

#include "tests/bench/hand.h"

#define FEATURES 2
#define UNITS    8
#define BATCH    10

typedef struct {
  float w1[FEATURES][UNITS];
  float b1[UNITS];
  float w2[UNITS][UNITS];
  float b2[UNITS];
  float w3[UNITS];
  float b3;
} Parameters;

#define N_VALUES (sizeof (Parameters) / sizeof (float))

typedef struct {
  Parameters values, means, squares, gradients;
  float h1[BATCH][UNITS];
  float h2[BATCH][UNITS];
  float dout[BATCH]; /* the loss's derivative by each output */
  HandRates rates;
  const float *inputs, *targets;
  guint n_batches, batch;
  float loss;
} State;

static gpointer
new_state (const BenchTable *table)
{
  State *self = g_aligned_alloc0 (1, (sizeof (State) + 63) / 64 * 64, 64);
  Parameters *p = &self->values;
  const float *value = table->parameters;

  g_assert (table->n_parameters == N_VALUES);
  for (int j = 0; j < UNITS; j++)
    for (int i = 0; i < FEATURES; i++)
      p->w1[i][j] = *value++;
  memcpy (p->b1, value, sizeof p->b1);
  value += UNITS;
  for (int j = 0; j < UNITS; j++)
    for (int i = 0; i < UNITS; i++)
      p->w2[i][j] = *value++;
  memcpy (p->b2, value, sizeof p->b2);
  value += UNITS;
  memcpy (p->w3, value, sizeof p->w3);
  p->b3 = value[UNITS];
  hand_rates_start (&self->rates);
  self->inputs = table->inputs;
  self->targets = table->targets;
  self->n_batches = bench_workload_get_n_batches (bench_workload_find ("W2"));
  return self;
}

static inline void
tanh_all (float h[BATCH][UNITS])
{
  float *values = h[0];

  for (int i = 0; i < BATCH * UNITS; i++)
    values[i] = hand_tanh (values[i]);
}

static inline void
forward (State *self, const float *x, const float *targets)
{
  const Parameters *p = &self->values;
  float loss = 0;

  for (int n = 0; n < BATCH; n++)
    for (int j = 0; j < UNITS; j++)
      self->h1[n][j] = p->b1[j] + x[2 * n] * p->w1[0][j] + x[2 * n + 1] * p->w1[1][j];
  tanh_all (self->h1);
  for (int n = 0; n < BATCH; n++) {
    float z[UNITS];

    memcpy (z, p->b2, sizeof z);
    for (int i = 0; i < UNITS; i++)
      for (int j = 0; j < UNITS; j++)
        z[j] += self->h1[n][i] * p->w2[i][j];
    memcpy (self->h2[n], z, sizeof z);
  }
  tanh_all (self->h2);
  for (int n = 0; n < BATCH; n++) {
    float out = p->b3, difference;

    for (int j = 0; j < UNITS; j++)
      out += p->w3[j] * self->h2[n][j];
    difference = out - targets[n];
    loss += difference * difference;
    self->dout[n] = difference * (2.0f / BATCH);
  }
  self->loss = loss / BATCH;
}

static inline void
backward (State *self, const float *x)
{
  const Parameters *p = &self->values;
  Parameters g = { 0 };

  for (int n = 0; n < BATCH; n++) {
    const float *h1 = self->h1[n], *h2 = self->h2[n], dout = self->dout[n];
    float dz2[UNITS], dz1[UNITS];

    g.b3 += dout;
    for (int j = 0; j < UNITS; j++) {
      dz2[j] = dout * p->w3[j] * (1 - h2[j] * h2[j]);
      g.w3[j] += dout * h2[j];
      g.b2[j] += dz2[j];
    }
    for (int i = 0; i < UNITS; i++) {
      float dh1 = 0;

      for (int j = 0; j < UNITS; j++) {
        dh1 += dz2[j] * p->w2[i][j];
        g.w2[i][j] += h1[i] * dz2[j];
      }
      dz1[i] = dh1 * (1 - h1[i] * h1[i]);
    }
    for (int i = 0; i < UNITS; i++) {
      g.b1[i] += dz1[i];
      g.w1[0][i] += x[2 * n] * dz1[i];
      g.w1[1][i] += x[2 * n + 1] * dz1[i];
    }
  }
  self->gradients = g;
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

    forward (self, x, self->targets + self->batch * BATCH);
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

const HandLoop hand_c_w2 = { "W2", "c", new_state, steps, get_loss };
