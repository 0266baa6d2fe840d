/* hand.h - what the hand-written loops share: vectors, Adam, and functions as polynomials
 *
 * SPDX-License-Identifier: MIT
 *
 * Each loop is one network with its sizes fixed at compile time, and one thread. Those in
 * plain C leave it to the compiler to find vectors; the others name them, and GCC splits
 * them where the processor has no such registers.
 */

#pragma once

#include <math.h>
#include <string.h>

#include "tests/bench/bench.h"

G_BEGIN_DECLS

typedef float V4 __attribute__ ((vector_size (16), may_alias));
typedef float V8 __attribute__ ((vector_size (32), may_alias));
typedef float V16 __attribute__ ((vector_size (64), may_alias));

typedef struct _HandLoop HandLoop;

struct _HandLoop {
  const char *workload;
  const char *way;
  gpointer (*new_state) (const BenchTable *table); /* borrows it; g_aligned_free */
  void (*steps) (gpointer state, guint64 n_steps);
  float (*get_loss) (gconstpointer state); /* of the newest step */
};

extern const HandLoop hand_c_w1, hand_vectors_w1;
extern const HandLoop hand_c_w2, hand_vectors_w2;
extern const HandLoop hand_c_w3, hand_vectors_w3;

/* Adam's settings are PyTorch's defaults: lr 1e-3, betas 0.9 and 0.999, eps 1e-8. */
typedef struct {
  double power1; /* 0.9^step */
  double power2; /* 0.999^step */
  float size;    /* lr / (1 - power1) */
  float root;    /* sqrt (1 - power2) */
} HandRates;

static inline void
hand_rates_start (HandRates *self)
{
  self->power1 = self->power2 = 1;
}

static inline void
hand_rates_next (HandRates *self)
{
  self->power1 *= 0.9;
  self->power2 *= 0.999;
  self->size = (float) (1e-3 / (1 - self->power1));
  self->root = (float) sqrt (1 - self->power2);
}

/* One parameter's step, in torch.optim.adam's order of operations. */
static inline void
hand_adam (float *value,
           float *mean,
           float *square,
           float gradient,
           const HandRates *rates)
{
  *mean = *mean * 0.9f + 0.1f * gradient;
  *square = *square * 0.999f + 0.001f * gradient * gradient;
  *value -= rates->size * *mean / (sqrtf (*square) / rates->root + 1e-8f);
}

/*
 * tanh within 5 ulp: x P(x²) / Q(x²), fitted to the least relative error (6.6e-9 before
 * rounding) on [-8, 8]; beyond, tanh is 1 to within 2.3e-7.
 */
static inline float
hand_tanh (float x)
{
  float y, p, q;

  x = x > 8.0f ? 8.0f : x;
  x = x < -8.0f ? -8.0f : x;
  y = x * x;
  p = 1.52585845e-8f;
  p = p * y + 2.1914866e-5f;
  p = p * y + 3.5728328e-3f;
  p = p * y + 0.13445543f;
  p = p * y + 1.0f;
  q = 8.5339143e-7f;
  q = q * y + 3.4133043e-4f;
  q = q * y + 2.6169155e-2f;
  q = q * y + 0.46778871f;
  q = q * y + 1.0f;
  return x * p / q;
}

/*
 * exp of what is not above 0, within 2 ulp: 2^n by the exponent's bits times Taylor's
 * polynomial of what is left, at most ln 2 / 2. Below -87 the answer is exp (-87).
 */
static inline float
hand_exp (float x)
{
  const float shift = 0x1.8p23f; /* adding it leaves no bits behind the point */
  float n, r, p, power;
  gint32 bits;

  x = x < -87.0f ? -87.0f : x;
  n = (x * 1.44269504f + shift) - shift;
  r = x - n * 0.693359375f; /* ln 2 in two parts, of which the first has few bits */
  r = r - n * -2.12194440e-4f;
  p = 1.0f / 5040;
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  bits = ((gint32) n + 127) << 23;
  memcpy (&power, &bits, sizeof power);
  return p * power;
}

/*
 * log of a normal number, within a few ulp but near 1: the exponent times ln 2 and
 * 2 atanh (f) by its series, with f = (m - 1) / (m + 1) for the rest m of [sqrt ½, sqrt 2).
 */
static inline float
hand_log (float x)
{
  gint32 bits, exponent;
  float m, f, y, p;

  memcpy (&bits, &x, sizeof bits);
  exponent = (bits - 0x3F3504F3) >> 23; /* 0x3F3504F3 is sqrt ½ */
  bits -= exponent * (1 << 23);
  memcpy (&m, &bits, sizeof m);
  f = (m - 1) / (m + 1);
  y = f * f;
  p = 2.0f / 9;
  p = p * y + 2.0f / 7;
  p = p * y + 2.0f / 5;
  p = p * y + 2.0f / 3;
  p = p * y + 2.0f;
  return (float) exponent * 0.69314718f + f * p;
}

G_END_DECLS
