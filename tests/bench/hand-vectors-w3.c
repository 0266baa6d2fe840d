/* hand-vectors-w3.c - W3 hand-written with vectors: 64-32-10, ReLU, cross-entropy, batches of 32
 *
 * SPDX-License-Identifier: MIT
 *
 * Layer 1's numbers are kept [example][unit] and its weights [in][out]; layer 2's outputs
 * [class][example] and its weights, as PyTorch keeps them, [class][in]. So every product
 * is a sum of a number times a row, in tiles that stay in registers, nothing is padded,
 * and softmax needs no sum within a vector; only the hidden activations are turned.
 */

#include "tests/bench/hand.h"

#define FEATURES 64
#define HIDDEN   32
#define CLASSES  10
#define BATCH    32

typedef struct {
  float w1[FEATURES][HIDDEN];
  float b1[HIDDEN];
  float w2[CLASSES][HIDDEN];
  float b2[CLASSES];
  float rest[6]; /* up to a whole vector; stays zero */
} Parameters;

#define N_VALUES (sizeof (Parameters) / sizeof (float))

typedef struct {
  Parameters values __attribute__ ((aligned (64)));
  Parameters means __attribute__ ((aligned (64)));
  Parameters squares __attribute__ ((aligned (64)));
  Parameters gradients __attribute__ ((aligned (64)));
  float h[BATCH][HIDDEN] __attribute__ ((aligned (64)));
  float turned[HIDDEN][BATCH] __attribute__ ((aligned (64))); /* h, transposed */
  float dz1[BATCH][HIDDEN] __attribute__ ((aligned (64)));
  float z2[CLASSES][BATCH] __attribute__ ((aligned (64)));
  float dz2[CLASSES][BATCH] __attribute__ ((aligned (64)));
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
  const float *value = table->parameters;

  for (int j = 0; j < HIDDEN; j++)
    for (int i = 0; i < FEATURES; i++)
      self->values.w1[i][j] = *value++;
  memcpy (self->values.b1, value, sizeof self->values.b1);
  value += HIDDEN;
  memcpy (self->values.w2, value, sizeof self->values.w2);
  value += CLASSES * HIDDEN;
  memcpy (self->values.b2, value, sizeof self->values.b2);
  g_assert (value + CLASSES == table->parameters + table->n_parameters);
  hand_rates_start (&self->rates);
  self->inputs = table->inputs;
  self->classes = table->classes;
  self->n_batches = bench_workload_get_n_batches (bench_workload_find ("W3"));
  return self;
}

/*
 * sums[r] += Σ over k of a[r * row + k * term] x[k], for @n_rows rows of 32. With
 * constants for @n_rows, @row, @term and @n_terms the sums stay in registers.
 */
static inline __attribute__ ((always_inline)) void
add_product (V16 sums[][2],
             int n_rows,
             const float *a,
             int row,
             int term,
             const float (*x)[32],
             int n_terms)
{
  for (int k = 0; k < n_terms; k++) {
    const V16 low = *(const V16 *) &x[k][0], high = *(const V16 *) &x[k][16];

    for (int r = 0; r < n_rows; r++) {
      sums[r][0] += a[r * row + k * term] * low;
      sums[r][1] += a[r * row + k * term] * high;
    }
  }
}

/* @v where @y is above 0, and 0 elsewhere. */
static inline V16
where_above_zero (V16 v, V16 y)
{
  typedef gint32 Bits __attribute__ ((vector_size (64), may_alias));

  return (V16) ((Bits) v & (y > 0));
}

#define ROWS 8 /* to a tile: 16 of 32 registers hold sums */

static inline void
hidden_layer (State *self, const float *x)
{
  for (int n = 0; n < BATCH; n += ROWS) {
    V16 sums[ROWS][2];

    for (int r = 0; r < ROWS; r++)
      for (int c = 0; c < 2; c++)
        sums[r][c] = *(const V16 *) &self->values.b1[16 * c];
    add_product (sums, ROWS, x + n * FEATURES, FEATURES, 1, self->values.w1, FEATURES);
    for (int r = 0; r < ROWS; r++)
      for (int c = 0; c < 2; c++)
        *(V16 *) &self->h[n + r][16 * c] = where_above_zero (sums[r][c], sums[r][c]);
  }
}

#define LOW_1(a, b)                                                                      \
  __builtin_shufflevector (a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define HIGH_1(a, b)                                                                     \
  __builtin_shufflevector (a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, \
                           31)
#define LOW_2(a, b)                                                                      \
  __builtin_shufflevector (a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define HIGH_2(a, b)                                                                     \
  __builtin_shufflevector (a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, \
                           31)
#define EVEN_4(a, b)                                                                     \
  __builtin_shufflevector (a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27)
#define ODD_4(a, b)                                                                      \
  __builtin_shufflevector (a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, \
                           31)
#define EVEN_8(a, b)                                                                     \
  __builtin_shufflevector (a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
#define ODD_8(a, b)                                                                      \
  __builtin_shufflevector (a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29,   \
                           30, 31)

/* to[i][n] = from[n][i] for 16 × 16 numbers within rows of 32. */
static inline void
transpose_block (float (*to)[32], const float (*from)[32])
{
  V16 a[16], b[16];

  for (int i = 0; i < 16; i++)
    a[i] = *(const V16 *) from[i];
  for (int i = 0; i < 16; i += 2) {
    b[i] = LOW_1 (a[i], a[i + 1]);
    b[i + 1] = HIGH_1 (a[i], a[i + 1]);
  }
  for (int i = 0; i < 16; i += 4)
    for (int k = 0; k < 2; k++) {
      a[i + 2 * k] = LOW_2 (b[i + k], b[i + k + 2]);
      a[i + 2 * k + 1] = HIGH_2 (b[i + k], b[i + k + 2]);
    }
  for (int i = 0; i < 16; i += 8)
    for (int k = 0; k < 4; k++) {
      b[i + k] = EVEN_4 (a[i + k], a[i + k + 4]);
      b[i + k + 4] = ODD_4 (a[i + k], a[i + k + 4]);
    }
  for (int k = 0; k < 8; k++) {
    *(V16 *) to[k] = EVEN_8 (b[k], b[k + 8]);
    *(V16 *) to[k + 8] = ODD_8 (b[k], b[k + 8]);
  }
}

static inline void
output_layer (State *self)
{
  V16 sums[CLASSES][2];

  for (int n = 0; n < BATCH; n += 16)
    for (int i = 0; i < HIDDEN; i += 16)
      transpose_block ((float (*)[32]) & self->turned[i][n],
                       (const float (*)[32]) & self->h[n][i]);
  for (int j = 0; j < CLASSES; j++)
    sums[j][0] = sums[j][1] = (V16){ 0 } + self->values.b2[j];
  add_product (sums, CLASSES, self->values.w2[0], HIDDEN, 1, self->turned, HIDDEN);
  memcpy (self->z2, sums, sizeof sums);
}

/* dz2 is the loss's derivative by each output: (softmax - 1 if it is the class) / batch. */
static inline void
cross_entropy (State *self)
{
  const guint *classes = self->classes + self->batch * BATCH;
  float largest[BATCH], total[BATCH], loss = 0;

  memcpy (largest, self->z2[0], sizeof largest);
  for (int j = 1; j < CLASSES; j++)
    for (int n = 0; n < BATCH; n++)
      largest[n] = self->z2[j][n] > largest[n] ? self->z2[j][n] : largest[n];
  memset (total, 0, sizeof total);
  for (int j = 0; j < CLASSES; j++)
    for (int n = 0; n < BATCH; n++) {
      self->dz2[j][n] = hand_exp (self->z2[j][n] - largest[n]);
      total[n] += self->dz2[j][n];
    }
  for (int n = 0; n < BATCH; n++)
    loss += largest[n] - self->z2[classes[n]][n];
  for (int n = 0; n < BATCH; n++) {
    largest[n] = hand_log (total[n]);
    total[n] = 1.0f / BATCH / total[n];
  }
  for (int n = 0; n < BATCH; n++)
    loss += largest[n];
  self->loss = loss / BATCH;
  for (int j = 0; j < CLASSES; j++)
    for (int n = 0; n < BATCH; n++)
      self->dz2[j][n] *= total[n];
  for (int n = 0; n < BATCH; n++)
    self->dz2[classes[n]][n] -= 1.0f / BATCH;
}

static inline float
sum_32 (const float *values)
{
  const V16 a = *(const V16 *) values + *(const V16 *) (values + 16);
  float sum = 0;

  for (int i = 0; i < 8; i++)
    sum += a[i] + a[i + 8];
  return sum;
}

static inline void
output_gradients (State *self)
{
  V16 sums[CLASSES][2] = { 0 };

  for (int j = 0; j < CLASSES; j++)
    self->gradients.b2[j] = sum_32 (self->dz2[j]);
  add_product (sums, CLASSES, self->dz2[0], BATCH, 1, self->h, BATCH);
  memcpy (self->gradients.w2, sums, sizeof sums);
}

/* ∂L/∂h, set to 0 where the ReLU let nothing through, and b1's gradient on the way. */
static inline void
hidden_gradients (State *self)
{
  V16 bias[2] = { 0 };

  for (int n = 0; n < BATCH; n += ROWS) {
    V16 sums[ROWS][2] = { 0 };

    add_product (sums, ROWS, &self->dz2[0][n], 1, BATCH, self->values.w2, CLASSES);
    for (int r = 0; r < ROWS; r++)
      for (int c = 0; c < 2; c++) {
        sums[r][c] =
            where_above_zero (sums[r][c], *(const V16 *) &self->h[n + r][16 * c]);
        bias[c] += sums[r][c];
        *(V16 *) &self->dz1[n + r][16 * c] = sums[r][c];
      }
  }
  memcpy (self->gradients.b1, bias, sizeof bias);
}

/* @n values from the one that is @first floats into Parameters. */
static inline void
adam (State *self, gsize first, gsize n)
{
  float *values = (float *) &self->values + first;
  float *means = (float *) &self->means + first;
  float *squares = (float *) &self->squares + first;
  const float *gradients = (const float *) &self->gradients + first;

  for (gsize i = 0; i < n; i++)
    hand_adam (&values[i], &means[i], &squares[i], gradients[i], &self->rates);
}

/* Adam's divisions overlap with the next tile's product. */
static inline void
update_hidden_weights (State *self, const float *x)
{
  for (int i = 0; i < FEATURES; i += ROWS) {
    V16 sums[ROWS][2] = { 0 };

    add_product (sums, ROWS, x + i, 1, FEATURES, self->dz1, BATCH);
    memcpy (self->gradients.w1[i], sums, sizeof sums);
    adam (self, (gsize) i * HIDDEN, ROWS * HIDDEN);
  }
}

static void
step (State *self)
{
  const float *x = self->inputs + self->batch * BATCH * FEATURES;

  hidden_layer (self, x);
  output_layer (self);
  cross_entropy (self);
  output_gradients (self);
  hidden_gradients (self);
  hand_rates_next (&self->rates);
  update_hidden_weights (self, x);
  adam (self, FEATURES * HIDDEN, N_VALUES - FEATURES * HIDDEN);
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

const HandLoop hand_vectors_w3 = { "W3", "vectors", new_state, steps, get_loss };
