/* hand-vectors-w2.c - W2 hand-written with vectors: 2-8-8-1, tanh, batches of 10
 *
 * SPDX-License-Identifier: MIT
 *
 * A vector holds a number for each of a layer's eight units, and the weights are kept
 * transposed, [in][out], so that forward and the gradients of the weights need no sum
 * within a vector; only the second layer's are turned once a step for what flows back.
 */

#include "tests/bench/hand.h"

#define BATCH 10
#define UNITS 8
/* Layer 1: 2 rows of weights and the biases; layer 2: 8 and the biases; layer 3: its
 * weights, and its bias in a vector of its own, of which the rest stays zero. */
#define N_VECTORS 14

typedef struct {
  V8 values[N_VECTORS], means[N_VECTORS], squares[N_VECTORS];
  HandRates rates;
  const float *inputs, *targets;
  guint n_batches, batch;
  float loss;
} State;

static gpointer
new_state (const BenchTable *table)
{
  State *self = g_aligned_alloc0 (1, (sizeof (State) + 63) / 64 * 64, 64);
  const float *value = table->parameters;

  for (int layer = 0, row = 0; layer < 2; layer++) {
    const int n_in = layer == 0 ? 2 : UNITS;

    for (int j = 0; j < UNITS; j++)
      for (int i = 0; i < n_in; i++)
        self->values[row + i][j] = *value++;
    for (int j = 0; j < UNITS; j++)
      self->values[row + n_in][j] = *value++;
    row += n_in + 1;
  }
  for (int j = 0; j < UNITS; j++)
    self->values[12][j] = *value++;
  self->values[13][0] = *value++;
  g_assert (value == table->parameters + table->n_parameters);
  hand_rates_start (&self->rates);
  self->inputs = table->inputs;
  self->targets = table->targets;
  self->n_batches = bench_workload_get_n_batches (bench_workload_find ("W2"));
  return self;
}

static inline void
tanh_all (V8 z[BATCH])
{
  float *values = (float *) z;

  for (int i = 0; i < BATCH * UNITS; i++)
    values[i] = hand_tanh (values[i]);
}

#define LOW(a, b)   __builtin_shufflevector (a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH(a, b)  __builtin_shufflevector (a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define EVEN(a, b)  __builtin_shufflevector (a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define ODD(a, b)   __builtin_shufflevector (a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define FRONT(a, b) __builtin_shufflevector (a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define BACK(a, b)  __builtin_shufflevector (a, b, 4, 5, 6, 7, 12, 13, 14, 15)

/* to[i][j] = from[j][i] */
static inline void
transpose (V8 to[UNITS], const V8 from[UNITS])
{
  V8 pairs[8], fours[8];

  for (int i = 0; i < 8; i += 2) {
    pairs[i] = LOW (from[i], from[i + 1]);
    pairs[i + 1] = HIGH (from[i], from[i + 1]);
  }
  for (int i = 0; i < 8; i += 4)
    for (int k = 0; k < 2; k++) {
      fours[i + 2 * k] = EVEN (pairs[i + k], pairs[i + k + 2]);
      fours[i + 2 * k + 1] = ODD (pairs[i + k], pairs[i + k + 2]);
    }
  for (int i = 0; i < 4; i++) {
    to[i] = FRONT (fours[i], fours[i + 4]);
    to[i + 4] = BACK (fours[i], fours[i + 4]);
  }
}

static inline float
sum (V8 v)
{
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

/* out[n] = Σ over the units of terms[n], for eight examples. */
static inline V8
sums (const V8 terms[8])
{
  V8 pairs[4], fours[2];

  for (int i = 0; i < 4; i++)
    pairs[i] =
        LOW (terms[2 * i], terms[2 * i + 1]) + HIGH (terms[2 * i], terms[2 * i + 1]);
  for (int i = 0; i < 2; i++)
    fours[i] =
        EVEN (pairs[2 * i], pairs[2 * i + 1]) + ODD (pairs[2 * i], pairs[2 * i + 1]);
  return FRONT (fours[0], fours[1]) + BACK (fours[0], fours[1]);
}

static inline void
forward (const V8 *w, const float *x, V8 h1[BATCH], V8 h2[BATCH])
{
  for (int n = 0; n < BATCH; n++)
    h1[n] = w[2] + x[2 * n] * w[0] + x[2 * n + 1] * w[1];
  tanh_all (h1);
  for (int n = 0; n < BATCH; n++) {
    V8 even = w[11], odd = h1[n][1] * w[4];

    for (int i = 0; i < UNITS; i += 2)
      even += h1[n][i] * w[3 + i];
    for (int i = 3; i < UNITS; i += 2)
      odd += h1[n][i] * w[3 + i];
    h2[n] = even + odd;
  }
  tanh_all (h2);
}

/* Returns the loss; @dout is its derivative by each output. */
static inline float
last_layer (const V8 *w, const V8 h2[BATCH], const float *targets, float dout[BATCH])
{
  V8 terms[BATCH], outs;
  float out[BATCH], loss = 0;

  for (int n = 0; n < BATCH; n++)
    terms[n] = w[12] * h2[n];
  outs = sums (terms);
  memcpy (out, &outs, sizeof outs);
  for (int n = 8; n < BATCH; n++)
    out[n] = sum (terms[n]);
  for (int n = 0; n < BATCH; n++) {
    const float difference = out[n] + w[13][0] - targets[n];

    loss += difference * difference;
    dout[n] = difference * (2.0f / BATCH);
  }
  return loss / BATCH;
}

static inline void
adam (State *self, const V8 gradients[N_VECTORS])
{
  float *values = (float *) self->values, *means = (float *) self->means;
  float *squares = (float *) self->squares;

  hand_rates_next (&self->rates);
  for (int i = 0; i < N_VECTORS * UNITS; i++)
    hand_adam (&values[i], &means[i], &squares[i], ((const float *) gradients)[i],
               &self->rates);
}

static inline void
step (State *self)
{
  const V8 *w = self->values;
  const float *x = self->inputs + self->batch * BATCH * 2;
  V8 h1[BATCH], h2[BATCH], turned[UNITS], g[N_VECTORS] = { 0 };
  float dout[BATCH];

  forward (w, x, h1, h2);
  self->loss = last_layer (w, h2, self->targets + self->batch * BATCH, dout);
  transpose (turned, w + 3);
  for (int n = 0; n < BATCH; n++) {
    const V8 dz2 = dout[n] * w[12] * (1 - h2[n] * h2[n]);
    V8 dz1 = dz2[0] * turned[0], dz1b = dz2[1] * turned[1];

    for (int j = 2; j < UNITS; j += 2)
      dz1 += dz2[j] * turned[j];
    for (int j = 3; j < UNITS; j += 2)
      dz1b += dz2[j] * turned[j];
    dz1 = (dz1 + dz1b) * (1 - h1[n] * h1[n]);
    g[13][0] += dout[n];
    g[12] += dout[n] * h2[n];
    g[11] += dz2;
    for (int i = 0; i < UNITS; i++)
      g[3 + i] += h1[n][i] * dz2;
    g[2] += dz1;
    g[0] += x[2 * n] * dz1;
    g[1] += x[2 * n + 1] * dz1;
  }
  adam (self, g);
  self->batch = (self->batch + 1) % self->n_batches;
}

static void
steps (gpointer state, guint64 n_steps)
{
  for (guint64 i = 0; i < n_steps; i++)
    step (state);
}

static float
get_loss (gconstpointer state)
{
  return ((const State *) state)->loss;
}

const HandLoop hand_vectors_w2 = { "W2", "vectors", new_state, steps, get_loss };
