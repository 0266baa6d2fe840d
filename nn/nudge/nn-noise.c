/* nn-noise.c - the random number generator of nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-noise.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-memory.h"

struct _NnNoise {
  NnRandom *random; /* (owned) */
  NnRandom *mark;   /* (owned) a copy of random at nn_noise_mark () */
  NnRandom *part;   /* (owned) a copy of random at nn_noise_mark_part () */
  float *scratch;   /* (owned) (nullable) (n_scratch) */
  gsize n_scratch;
};

/**
 * nn_noise_new:
 * @seed: the run's
 *
 * Returns: (transfer full)
 */
NnNoise *
nn_noise_new (guint32 seed)
{
  NnNoise *self = g_new0 (NnNoise, 1);

  self->random = nn_random_new (seed ^ NN_NOISE_SEED);
  self->mark = nn_random_copy (self->random);
  self->part = nn_random_copy (self->random);
  return self;
}

void
nn_noise_free (NnNoise *self)
{
  nn_random_free (self->random);
  nn_random_free (self->mark);
  nn_random_free (self->part);
  g_free (self->scratch);
  g_free (self);
}

/**
 * nn_noise_get_random:
 *
 * Returns: (transfer none): the generator, to draw from, copy or assign to
 */
NnRandom *
nn_noise_get_random (NnNoise *self)
{
  return self->random;
}

/**
 * nn_noise_reserve:
 *
 * Allocates only if more is asked for than ever before.
 *
 * Returns: (transfer none) (nullable): (n_values) undefined values, until the next call;
 *   NULL if there is not enough memory (NN_ERROR_MEMORY)
 */
float *
nn_noise_reserve (NnNoise *self, gsize n_values, GError **error)
{
  float *scratch;

  if (n_values <= self->n_scratch)
    return self->scratch;
  scratch = g_try_renew (float, self->scratch, n_values);
  if (scratch == NULL) {
    g_set_error (
        error, NN_ERROR, NN_ERROR_MEMORY,
        _ ("the function takes %.0f MiB of memory, more than is free: aim it at a "
           "part"),
        ceil ((double) n_values * sizeof (float) / NN_MEBI));
    return NULL;
  }
  self->scratch = scratch;
  self->n_scratch = n_values;
  return scratch;
}

/**
 * nn_noise_mark:
 *
 * Saves the state, for nn_noise_go_back (). Does not allocate.
 */
void
nn_noise_mark (NnNoise *self)
{
  nn_random_assign (self->mark, self->random);
}

/**
 * nn_noise_go_back:
 *
 * Restores the state of the last nn_noise_mark ().
 */
void
nn_noise_go_back (NnNoise *self)
{
  nn_random_assign (self->random, self->mark);
}

/**
 * nn_noise_mark_part:
 *
 * A second mark, for nn_noise_go_back_part (), inside the first: for one part of a nudge.
 */
void
nn_noise_mark_part (NnNoise *self)
{
  nn_random_assign (self->part, self->random);
}

void
nn_noise_go_back_part (NnNoise *self)
{
  nn_random_assign (self->random, self->part);
}
