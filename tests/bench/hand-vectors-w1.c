/* hand-vectors-w1.c - W1 hand-written with vectors: 1-2-3-1, ReLU, three examples
 *
 * SPDX-License-Identifier: MIT
 *
 * A vector holds one number for each example, and its fourth is not read. Parameters
 * are in PyTorch's order, so each four gradients are four sums over the examples.
 */

#include "tests/bench/hand.h"

#define N_PARAMETERS 17
#define PADDED       24

typedef struct {
  float values[PADDED] __attribute__ ((aligned (64)));
  float means[PADDED] __attribute__ ((aligned (64)));
  float squares[PADDED] __attribute__ ((aligned (64)));
  float initial[PADDED];
  V4 x;
  HandRates rates;
  guint64 n_steps;
  float loss;
} State;

static gpointer
new_state (const BenchTable *table)
{
  State *self = g_aligned_alloc0 (1, (sizeof (State) + 63) / 64 * 64, 64);

  g_assert (table->n_parameters == N_PARAMETERS);
  memcpy (self->initial, table->parameters, N_PARAMETERS * sizeof (float));
  self->x = (V4){ table->inputs[0], table->inputs[1], table->inputs[2], 0 };
  return self;
}

static void
start_over (State *self)
{
  memcpy (self->values, self->initial, sizeof self->values);
  memset (self->means, 0, sizeof self->means);
  memset (self->squares, 0, sizeof self->squares);
  hand_rates_start (&self->rates);
}

static inline V4
relu (V4 z)
{
  V4 y;

  for (int n = 0; n < 4; n++)
    y[n] = z[n] > 0 ? z[n] : 0;
  return y;
}

/* @dy where @y is above 0. */
static inline V4
undo_relu (V4 dy, V4 y)
{
  typedef gint32 Bits __attribute__ ((vector_size (16), may_alias));

  return (V4) ((Bits) dy & (y > 0));
}

/* Σa, Σb, Σc and Σd over the examples. */
static inline V4
sums (V4 a, V4 b, V4 c, V4 d)
{
  const V4 ab = __builtin_shufflevector (a, b, 0, 4, 1, 5);
  const V4 cd = __builtin_shufflevector (c, d, 0, 4, 1, 5);
  const V4 ab2 = __builtin_shufflevector (a, b, 2, 6, 3, 7);
  const V4 cd2 = __builtin_shufflevector (c, d, 2, 6, 3, 7);

  return __builtin_shufflevector (ab, cd, 0, 1, 4, 5) +
         __builtin_shufflevector (ab, cd, 2, 3, 6, 7) +
         __builtin_shufflevector (ab2, cd2, 0, 1, 4, 5);
}

static inline V8
join (V4 low, V4 high)
{
  return __builtin_shufflevector (low, high, 0, 1, 2, 3, 4, 5, 6, 7);
}

static inline void
adam_8 (State *self, int first, V8 gradients)
{
  for (int i = 0; i < 8; i++)
    hand_adam (&self->values[first + i], &self->means[first + i],
               &self->squares[first + i], gradients[i], &self->rates);
}

static inline void
step (State *self)
{
  const float *w1 = self->values, *b1 = w1 + 2, *w2 = w1 + 4, *b2 = w1 + 10;
  const float *w3 = w1 + 13, *b3 = w1 + 16;
  V4 h1[2], h2[3], dz2[3], dz1[2], out;
  float difference, dout;

  for (int i = 0; i < 2; i++)
    h1[i] = relu (w1[i] * self->x + b1[i]);
  for (int j = 0; j < 3; j++)
    h2[j] = relu (w2[2 * j] * h1[0] + b2[j] + w2[2 * j + 1] * h1[1]);
  out = (w3[0] * h2[0] + *b3) + (w3[1] * h2[1] + w3[2] * h2[2]);
  difference = 5 - (out[0] + out[1] + out[2]);
  self->loss = difference * difference;

  dout = -2 * difference;
  for (int j = 0; j < 3; j++)
    dz2[j] = undo_relu ((V4){ 0 } + w3[j] * dout, h2[j]);
  for (int i = 0; i < 2; i++)
    dz1[i] = undo_relu (w2[i] * dz2[0] + w2[2 + i] * dz2[1] + w2[4 + i] * dz2[2], h1[i]);

  hand_rates_next (&self->rates);
  adam_8 (self, 8,
          join (sums (dz2[2] * h1[0], dz2[2] * h1[1], dz2[0], dz2[1]),
                sums (dz2[2], dout * h2[0], dout * h2[1], dout * h2[2])));
  hand_adam (&self->values[16], &self->means[16], &self->squares[16], 3 * dout,
             &self->rates);
  adam_8 (self, 0,
          join (sums (dz1[0] * self->x, dz1[1] * self->x, dz1[0], dz1[1]),
                sums (dz2[0] * h1[0], dz2[0] * h1[1], dz2[1] * h1[0], dz2[1] * h1[1])));
}

static void
steps (gpointer state, guint64 n_steps)
{
  State *self = state;

  for (guint64 i = 0; i < n_steps; i++) {
    if (self->n_steps++ % BENCH_W1_RESTART == 0)
      start_over (self);
    step (self);
  }
}

static float
get_loss (gconstpointer state)
{
  return ((const State *) state)->loss;
}

const HandLoop hand_vectors_w1 = { "W1", "vectors", new_state, steps, get_loss };
