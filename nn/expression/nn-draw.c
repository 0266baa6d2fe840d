/* nn-draw.c - an array of random numbers, drawn in blocks
 *
 * SPDX-License-Identifier: MIT
 *
 * torch.randn draws one uniform number per element, transforms them in blocks of 16, and
 * draws the last 16 again if the size is not a multiple of that (nn-random.c). These come
 * after all others in the generator's sequence, so they are drawn in advance here.
 */

#include "nn/expression/nn-draw.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-kernels.h"

#define PAIRS (NN_DRAW_BLOCK / 2)

struct _NnDraw {
  gboolean normal;
  guint64 n;
  NnRandom *start; /* (owned) before the first number */
  NnRandom *now;   /* (owned) */
  guint64 done;
  guint64 end; /* the index of the first number in last; n if last is not used */
  float last[NN_DRAW_BLOCK];
  double last_doubles[NN_DRAW_BLOCK];
};

/* normal_fill_16 of PyTorch's DistributionTemplates.h, in double. */
static void
pair_doubles (double *values, gsize n_blocks)
{
  for (double *block = values; n_blocks-- > 0; block += NN_DRAW_BLOCK)
    for (gsize i = 0; i < PAIRS; i++) {
      const double radius = sqrt (-2 * log (1 - block[i]));
      const double angle = 2 * G_PI * block[i + PAIRS];

      block[i] = radius * cos (angle);
      block[i + PAIRS] = radius * sin (angle);
    }
}

static void
draw_last (NnDraw *self, NnRandom *random, gboolean is_double)
{
  const gsize n = (gsize) MIN (self->n, NN_DRAW_BLOCK);

  self->end = self->n - n;
  if (n < NN_DRAW_BLOCK && is_double) {
    nn_random_fill_few_normals (random, self->last_doubles, n);
  } else if (is_double) {
    nn_random_fill_uniform_doubles (random, self->last_doubles, n);
    pair_doubles (self->last_doubles, 1);
  } else {
    nn_random_fill_normal (random, 0, 1, self->last, n);
  }
}

/**
 * nn_draw_new:
 * @random: (inout): advanced past all numbers of the array
 * @normal: torch.randn, else torch.rand
 * @is_double: float64, else float32
 * @n: elements of the whole array
 *
 * Returns: (transfer full): at the first number
 */
NnDraw *
nn_draw_new (NnRandom *random, gboolean normal, gboolean is_double, guint64 n)
{
  NnDraw *self = g_new0 (NnDraw, 1);

  self->normal = normal;
  self->n = self->end = n;
  self->start = nn_random_copy (random);
  self->now = nn_random_copy (random);
  if (!normal || n >= NN_DRAW_BLOCK)
    nn_random_skip (random, is_double ? 2 * n : n);
  if (normal && (n < NN_DRAW_BLOCK || n % NN_DRAW_BLOCK != 0))
    draw_last (self, random, is_double);
  return self;
}

void
nn_draw_free (NnDraw *self)
{
  nn_random_free (self->start);
  nn_random_free (self->now);
  g_free (self);
}

/**
 * nn_draw_rewind:
 *
 * Goes back to the first number.
 */
void
nn_draw_rewind (NnDraw *self)
{
  nn_random_assign (self->now, self->start);
  self->done = 0;
}

/* Returns: how many of the next @n come before those drawn in advance */
static gsize
count_drawn (const NnDraw *self, gsize n)
{
  return self->done >= self->end ? 0 : (gsize) MIN (n, self->end - self->done);
}

/**
 * nn_draw_floats:
 * @values: (out) (n): the next numbers
 * @n: a multiple of NN_DRAW_BLOCK, except at the end
 */
void
nn_draw_floats (NnDraw *self, float *values, gsize n)
{
  const gsize n_drawn = count_drawn (self, n);

  if (n_drawn > 0) {
    nn_random_fill_uniform (self->now, 0, 1, values, n);
    if (self->normal)
      nn_kernels_get ()->box_muller (values, n / NN_DRAW_BLOCK, 0, 1);
  }
  for (gsize i = n_drawn; i < n; i++)
    values[i] = self->last[self->done + i - self->end];
  self->done += n;
}

/**
 * nn_draw_doubles:
 *
 * nn_draw_floats () of an array of float64.
 */
void
nn_draw_doubles (NnDraw *self, double *values, gsize n)
{
  const gsize n_drawn = count_drawn (self, n);

  if (n_drawn > 0) {
    nn_random_fill_uniform_doubles (self->now, values, n);
    if (self->normal)
      pair_doubles (values, n / NN_DRAW_BLOCK);
  }
  for (gsize i = n_drawn; i < n; i++)
    values[i] = self->last_doubles[self->done + i - self->end];
  self->done += n;
}
