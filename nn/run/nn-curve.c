/* nn-curve.c - the losses of a run, one per training step, in bounded memory
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-curve.h"

#include <string.h>

NnCurve *
nn_curve_new (void)
{
  NnCurve *self = g_new (NnCurve, 1);

  nn_curve_clear (self);
  return self;
}

/**
 * nn_curve_copy:
 *
 * Copies what is in use, so a young run's copy costs little.
 */
NnCurve *
nn_curve_copy (const NnCurve *self)
{
  NnCurve *copy = g_new (NnCurve, 1);

  nn_curve_assign (copy, self);
  return copy;
}

void
nn_curve_assign (NnCurve *self, const NnCurve *from)
{
  self->n_steps = from->n_steps;
  self->width = from->width;
  self->n_buckets = from->n_buckets;
  memcpy (self->buckets, from->buckets, from->n_buckets * sizeof *from->buckets);
}

void
nn_curve_free (NnCurve *self)
{
  g_free (self);
}

void
nn_curve_clear (NnCurve *self)
{
  self->n_steps = 0;
  self->width = 1;
  self->n_buckets = 0;
}

static void
merge_neighbours (NnCurve *self)
{
  for (gsize i = 0; i < NN_CURVE_BUCKETS / 2; i++) {
    const NnCurveBucket *a = &self->buckets[2 * i];
    const NnCurveBucket *b = &self->buckets[2 * i + 1];

    self->buckets[i] =
        (NnCurveBucket){ MIN (a->min, b->min), MAX (a->max, b->max), b->last };
  }
  self->n_buckets = NN_CURVE_BUCKETS / 2;
  self->width *= 2;
}

/**
 * nn_curve_append:
 * @loss: of step n_steps + 1; finite, as a run stops at one that is not
 */
void
nn_curve_append (NnCurve *self, float loss)
{
  /* width is a power of two, so this is the remainder of n_steps / width. */
  if ((self->n_steps & (self->width - 1)) == 0) {
    if (self->n_buckets == NN_CURVE_BUCKETS)
      merge_neighbours (self);
    self->buckets[self->n_buckets++] = (NnCurveBucket){ loss, loss, loss };
  } else {
    NnCurveBucket *bucket = &self->buckets[self->n_buckets - 1];

    bucket->min = MIN (bucket->min, loss);
    bucket->max = MAX (bucket->max, loss);
    bucket->last = loss;
  }
  self->n_steps++;
}

/**
 * nn_curve_assign_history:
 *
 * Makes it what it would be had it been given all the losses of @history, which knows
 * buckets as narrow as that takes.
 */
void
nn_curve_assign_history (NnCurve *self, const NnHistory *history)
{
  g_autofree NnStretch *stretches = g_new (NnStretch, NN_CURVE_BUCKETS);

  nn_curve_clear (self);
  self->n_steps = nn_history_get_n_steps (history);
  while (self->n_steps > NN_CURVE_BUCKETS * self->width)
    self->width *= 2;
  self->n_buckets = nn_history_query (history, 1, NN_CURVE_BUCKETS * self->width,
                                      NN_CURVE_BUCKETS, stretches);
  for (gsize i = 0; i < self->n_buckets; i++)
    self->buckets[i] =
        (NnCurveBucket){ stretches[i].least, stretches[i].greatest, stretches[i].last };
}

/**
 * nn_curve_get_last_step:
 * @bucket: less than n_buckets
 *
 * Returns: the newest step in @bucket
 */
guint64
nn_curve_get_last_step (const NnCurve *self, gsize bucket)
{
  return MIN ((bucket + 1) * self->width, self->n_steps);
}

/**
 * nn_curve_cut:
 *
 * Forgets what comes after @step. A bucket that goes on beyond it is forgotten as a
 * whole, for what of it was before is not known.
 */
void
nn_curve_cut (NnCurve *self, guint64 step)
{
  if (step >= self->n_steps)
    return;
  self->n_buckets = step / self->width;
  self->n_steps = self->n_buckets * self->width;
}

/**
 * nn_curve_get_loss:
 * @step: from 1
 * @loss: (out): the very number that was appended
 *
 * Returns: FALSE if it is not known any more: only the last of a bucket is
 */
gboolean
nn_curve_get_loss (const NnCurve *self, guint64 step, float *loss)
{
  if (step == 0 || step > self->n_steps ||
      (step % self->width != 0 && step != self->n_steps))
    return FALSE;
  *loss = self->buckets[(step - 1) / self->width].last;
  return TRUE;
}

/**
 * nn_curve_find_common_step:
 *
 * Returns: the newest step whose loss both curves know; 0 if there is none
 */
guint64
nn_curve_find_common_step (const NnCurve *self, const NnCurve *other)
{
  const guint64 n_steps = MIN (self->n_steps, other->n_steps);
  float loss;

  if (nn_curve_get_loss (self, n_steps, &loss) &&
      nn_curve_get_loss (other, n_steps, &loss))
    return n_steps;
  /* Widths are powers of two: the end of a wider bucket is one of a narrower, too. */
  return n_steps - n_steps % MAX (self->width, other->width);
}
