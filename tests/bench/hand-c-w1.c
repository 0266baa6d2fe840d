/* hand-c-w1.c - W1 hand-written in plain C: 1-2-3-1, ReLU, three examples
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/bench/hand.h"

#define FIRST  2 /* units */
#define SECOND 3
#define BATCH  3

/* In PyTorch's order, one after the other. */
typedef struct {
  float w1[FIRST];
  float b1[FIRST];
  float w2[SECOND][FIRST];
  float b2[SECOND];
  float w3[SECOND];
  float b3;
} Parameters;

#define N_VALUES (sizeof (Parameters) / sizeof (float))

typedef struct {
  Parameters values, means, squares, gradients, initial;
  float x[BATCH];
  float h1[BATCH][FIRST];
  float h2[BATCH][SECOND];
  HandRates rates;
  guint64 n_steps;
  float loss;
} State;

static gpointer
new_state (const BenchTable *table)
{
  State *self = g_aligned_alloc0 (1, (sizeof (State) + 63) / 64 * 64, 64);

  g_assert (table->n_parameters == N_VALUES);
  memcpy (&self->initial, table->parameters, sizeof self->initial);
  memcpy (self->x, table->inputs, sizeof self->x);
  return self;
}

static void
start_over (State *self)
{
  self->values = self->initial;
  memset (&self->means, 0, sizeof self->means);
  memset (&self->squares, 0, sizeof self->squares);
  hand_rates_start (&self->rates);
}

static inline float
relu (float z)
{
  return z > 0 ? z : 0;
}

/* Returns the sum of the outputs. */
static inline float
forward (State *self)
{
  const Parameters *p = &self->values;
  float sum = 0;

  for (int n = 0; n < BATCH; n++) {
    float out = p->b3;

    for (int i = 0; i < FIRST; i++)
      self->h1[n][i] = relu (p->w1[i] * self->x[n] + p->b1[i]);
    for (int j = 0; j < SECOND; j++) {
      float z = p->b2[j];

      for (int i = 0; i < FIRST; i++)
        z += p->w2[j][i] * self->h1[n][i];
      self->h2[n][j] = relu (z);
      out += p->w3[j] * self->h2[n][j];
    }
    sum += out;
  }
  return sum;
}

/* @dout: the loss's derivative by each output; it is the same for all */
static inline void
backward (State *self, float dout)
{
  const Parameters *p = &self->values;
  Parameters g = { 0 };

  for (int n = 0; n < BATCH; n++) {
    float dh1[FIRST] = { 0 };

    g.b3 += dout;
    for (int j = 0; j < SECOND; j++) {
      const float dz = self->h2[n][j] > 0 ? dout * p->w3[j] : 0;

      g.w3[j] += dout * self->h2[n][j];
      g.b2[j] += dz;
      for (int i = 0; i < FIRST; i++) {
        g.w2[j][i] += dz * self->h1[n][i];
        dh1[i] += dz * p->w2[j][i];
      }
    }
    for (int i = 0; i < FIRST; i++) {
      const float dz = self->h1[n][i] > 0 ? dh1[i] : 0;

      g.b1[i] += dz;
      g.w1[i] += dz * self->x[n];
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
    float difference;

    if (self->n_steps++ % BENCH_W1_RESTART == 0)
      start_over (self);
    difference = 5 - forward (self);
    self->loss = difference * difference;
    backward (self, -2 * difference);
    adam (self);
  }
}

static float
get_loss (gconstpointer state)
{
  return ((const State *) state)->loss;
}

const HandLoop hand_c_w1 = { "W1", "c", new_state, steps, get_loss };
