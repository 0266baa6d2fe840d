/* nn-random.c - PyTorch's CPU random number generator
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-random.h"

#include <math.h>

#include "nn/kernels/nn-kernels.h"

/* MT19937's sizes (Matsumoto and Nishimura, 1998, table II). */
#define N_WORDS  624
#define DISTANCE 397

/* For tensors of this size on, PyTorch's normal_ draws all uniform numbers first, then
 * transforms them in blocks of this size. */
#define NORMAL_BLOCK 16

#define DOUBLE_MASK  ((G_GUINT64_CONSTANT (1) << 53) - 1)
#define INTEGER_MASK ((G_GUINT64_CONSTANT (1) << 63) - 1)

/* Not GRand: it cannot be copied without allocating, and G_RANDOM_VERSION changes how it
 * is seeded. */
struct _NnRandom {
  guint32 words[N_WORDS];
  gsize n_used; /* of words; once all are, the next N_WORDS are generated */
  /* second, of the last pair of normal numbers, is still to be drawn */
  gboolean has_second;
  double second;
};

/**
 * nn_random_new:
 *
 * torch.manual_seed (@seed).
 *
 * Returns: (transfer full)
 */
NnRandom *
nn_random_new (guint32 seed)
{
  NnRandom *self = g_new (NnRandom, 1);

  nn_random_seed (self, seed);
  return self;
}

/**
 * nn_random_copy:
 *
 * Returns: (transfer full): a generator in the same state as @self
 */
NnRandom *
nn_random_copy (const NnRandom *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * nn_random_assign:
 *
 * Copies the state of @from to @self. Does not allocate.
 */
void
nn_random_assign (NnRandom *self, const NnRandom *from)
{
  *self = *from;
}

void
nn_random_free (NnRandom *self)
{
  g_free (self);
}

/**
 * nn_random_seed:
 *
 * torch.Generator.manual_seed (@seed), which takes 64 bits and uses the lower 32.
 * Discards the previous state. Does not allocate.
 */
void
nn_random_seed (NnRandom *self, guint64 seed)
{
  *self = (NnRandom){ .words = { (guint32) seed }, .n_used = N_WORDS };
  for (guint32 i = 1; i < N_WORDS; i++) {
    guint32 last = self->words[i - 1];

    self->words[i] = 1812433253 * (last ^ last >> 30) + i;
  }
}

/**
 * nn_random_pack:
 *
 * Appends the state, for a checkpoint in a file.
 */
void
nn_random_pack (const NnRandom *self, GByteArray *bytes)
{
  for (gsize i = 0; i < N_WORDS; i++)
    nn_pack_u64 (bytes, self->words[i]);
  nn_pack_u64 (bytes, self->n_used);
  nn_pack_flag (bytes, self->has_second);
  nn_pack_double (bytes, self->has_second ? self->second : 0);
}

/**
 * nn_random_unpack:
 *
 * Restores a state that nn_random_pack () wrote. A damaged one marks @bytes as failed,
 * and leaves @self in some valid state.
 */
void
nn_random_unpack (NnRandom *self, NnUnpack *bytes)
{
  for (gsize i = 0; i < N_WORDS; i++)
    self->words[i] = (guint32) nn_unpack_u64_up_to (bytes, G_MAXUINT32);
  self->n_used = nn_unpack_u64_up_to (bytes, N_WORDS);
  self->has_second = nn_unpack_flag (bytes);
  self->second = nn_unpack_double (bytes);
  bytes->failed |= !isfinite (self->second);
}

/* The top bit of one word and the rest of the next, times MT19937's matrix. */
static inline guint32
twist (guint32 word, guint32 next)
{
  guint32 mixed = (word & 0x80000000) | (next & 0x7FFFFFFF);

  return mixed >> 1 ^ (mixed & 1 ? 0x9908B0DF : 0);
}

static void
make_words (NnRandom *self)
{
  guint32 *w = self->words;

  for (gsize i = 0; i < N_WORDS - DISTANCE; i++)
    w[i] = w[i + DISTANCE] ^ twist (w[i], w[i + 1]);
  for (gsize i = N_WORDS - DISTANCE; i < N_WORDS - 1; i++)
    w[i] = w[i + DISTANCE - N_WORDS] ^ twist (w[i], w[i + 1]);
  w[N_WORDS - 1] = w[DISTANCE - 1] ^ twist (w[N_WORDS - 1], w[0]);
  self->n_used = 0;
}

static inline guint32
draw_word (NnRandom *self)
{
  guint32 word;

  if (self->n_used == N_WORDS)
    make_words (self);
  word = self->words[self->n_used++];
  word ^= word >> 11;
  word ^= word << 7 & 0x9D2C5680;
  word ^= word << 15 & 0xEFC60000;
  return word ^ word >> 18;
}

/**
 * nn_random_fill_uniform:
 * @low: inclusive
 * @high: exclusive, except for rounding
 * @values: (n) (out)
 *
 * torch.rand for 0 and 1, tensor.uniform_ (low, high) otherwise. Each number is the
 * lowest 24 bits of a draw, as many as a float32 in [0, 1) can hold. PyTorch's AVX2
 * kernels round x (high − low) + low once; fmaf does so on every processor.
 */
void
nn_random_fill_uniform (NnRandom *self, float low, float high, float *values, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    float x = (float) (draw_word (self) & 0xFFFFFF) * 0x1p-24f;

    values[i] = fmaf (x, high - low, low);
  }
}

/**
 * nn_random_skip:
 *
 * Advances by @n draws of 32 bits: as many as @n values of nn_random_fill_uniform ()
 * take, or half as many of nn_random_fill_uniform_doubles ().
 */
void
nn_random_skip (NnRandom *self, guint64 n)
{
  while (n > 0) {
    const guint64 n_skipped = MIN (n, N_WORDS - self->n_used);

    self->n_used += n_skipped;
    n -= n_skipped;
    if (n > 0)
      make_words (self);
  }
}

static guint64
draw_two_words (NnRandom *self)
{
  guint64 high = draw_word (self);
  guint64 low = draw_word (self);

  return high << 32 | low;
}

/* Returns: a number in [0, 1): the lowest 53 bits of two draws */
static double
draw_double (NnRandom *self)
{
  return (double) (draw_two_words (self) & DOUBLE_MASK) * 0x1p-53;
}

/**
 * nn_random_fill_uniform_doubles:
 * @values: (n) (out): in [0, 1)
 *
 * torch.rand (…, dtype=torch.float64).
 */
void
nn_random_fill_uniform_doubles (NnRandom *self, double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = draw_double (self);
}

/**
 * nn_random_draw_integer:
 *
 * torch.empty ((), dtype=torch.int64).random_ ().
 *
 * Returns: 0 to 2⁶³ − 1, all equally likely
 */
guint64
nn_random_draw_integer (NnRandom *self)
{
  return draw_two_words (self) & INTEGER_MASK;
}

/* Box and Muller (1958) transform two uniform numbers into two normal ones; the second is
 * kept for the next call, whatever else is drawn in between. */
static double
draw_normal (NnRandom *self)
{
  double angle, radius;

  if (self->has_second) {
    self->has_second = FALSE;
    return self->second;
  }
  angle = 2 * G_PI * draw_double (self);
  radius = sqrt (-2 * log1p (-draw_double (self)));
  self->second = radius * sin (angle);
  self->has_second = TRUE;
  return radius * cos (angle);
}

/**
 * nn_random_fill_few_normals:
 * @values: (n) (out)
 * @n: less than 16: PyTorch has another algorithm for more
 *
 * torch.randn (n, dtype=torch.float64).
 */
void
nn_random_fill_few_normals (NnRandom *self, double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = draw_normal (self);
}

/**
 * nn_random_fill_normal:
 * @std: at least 0
 * @values: (n) (out)
 *
 * tensor.normal_ (mean, std), or torch.randn for 0 and 1, of a tensor of @n elements.
 * PyTorch has two algorithms and chooses by size, so two calls do not give the same
 * numbers as one call of their total size.
 */
void
nn_random_fill_normal (NnRandom *self, double mean, double std, float *values, gsize n)
{
  const NnKernels *kernels = nn_kernels_get ();

  if (n < NORMAL_BLOCK) {
    for (gsize i = 0; i < n; i++)
      values[i] = (float) (draw_normal (self) * std + mean);
    return;
  }
  nn_random_fill_uniform (self, 0, 1, values, n);
  kernels->box_muller (values, n / NORMAL_BLOCK, (float) mean, (float) std);
  if (n % NORMAL_BLOCK != 0) {
    /* The last block overlaps the one before, and all of it is drawn again. */
    values += n - NORMAL_BLOCK;
    nn_random_fill_uniform (self, 0, 1, values, NORMAL_BLOCK);
    kernels->box_muller (values, 1, (float) mean, (float) std);
  }
}

/**
 * nn_random_fill_permutation:
 * @values: (n) (out): the numbers 0 to @n − 1, each once
 *
 * torch.randperm (n): a Fisher–Yates shuffle from the front. Like PyTorch it takes a draw
 * of 32 bits modulo the rest, which favours small numbers by up to @n in 2³².
 */
void
nn_random_fill_permutation (NnRandom *self, gsize *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = i;
  for (gsize i = 0; i + 1 < n; i++) {
    gsize other = i + draw_word (self) % (n - i);
    gsize value = values[i];

    values[i] = values[other];
    values[other] = value;
  }
}
