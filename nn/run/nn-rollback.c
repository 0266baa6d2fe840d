/* nn-rollback.c - what nudges change within a step, in case that step fails
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-rollback.h"

#include <string.h>

#include "nn/tensor/nn-grad-mode.h"

struct _NnRollback {
  gsize n_values;
  float *weights;       /* (owned) (n_values) */
  NnRandom *random;     /* (owned) */
  void *memory;         /* (owned) (nullable) the optimizer's state … */
  gsize memory_size;    /* … and the bytes allocated for it */
  NnSlowCopies *slow;   /* (owned) (nullable) from when it is first needed */
  guint64 step;         /* of which the rest is; 0: of none */
  gboolean has_weights; /* they are from before this step … */
  gboolean has_random;
  gboolean has_memory;
  gboolean has_slow; /* … and so are these */
};

/**
 * nn_rollback_new:
 * @n_values: of the network
 */
NnRollback *
nn_rollback_new (gsize n_values)
{
  NnRollback *self = g_new0 (NnRollback, 1);

  self->n_values = n_values;
  self->weights = g_new (float, n_values);
  self->random = nn_random_new (0);
  return self;
}

void
nn_rollback_free (NnRollback *self)
{
  g_clear_pointer (&self->slow, nn_slow_copies_free);
  g_free (self->memory);
  nn_random_free (self->random);
  g_free (self->weights);
  g_free (self);
}

static void
keep_memory (NnRollback *self, const NnOptimizer *optimizer)
{
  const gsize size = nn_optimizer_get_state_size (optimizer);

  if (size > self->memory_size) {
    self->memory = g_realloc (self->memory, size);
    self->memory_size = size;
  }
  nn_optimizer_save_state (optimizer, self->memory);
}

static void
keep_slow (NnRollback *self, const NnSlowCopies *slow)
{
  if (self->slow == NULL)
    self->slow = nn_slow_copies_copy (slow);
  else
    nn_slow_copies_assign (self->slow, slow);
}

/**
 * nn_rollback_keep:
 * @step: the one that is under way, which may fail later on
 * @nudge: about to be applied within it
 *
 * Keeps what @nudge may change, unless that was kept in this step before.
 */
void
nn_rollback_keep (NnRollback *self,
                  guint64 step,
                  const NnNudge *nudge,
                  const NnNudgeContext *context)
{
  if (self->step != step)
    nn_rollback_forget (self);
  self->step = step;
  if (!self->has_weights)
    memcpy (self->weights, nn_network_get_values (context->network),
            self->n_values * sizeof (float));
  self->has_weights = TRUE;
  if (nn_expression_uses_random (nudge->expression) && !self->has_random) {
    nn_random_assign (self->random, nn_noise_get_random (context->noise));
    self->has_random = TRUE;
  }
  if ((nudge->memory != NN_MEMORY_KEEP || context->exception) && !self->has_memory) {
    keep_memory (self, context->optimizer);
    self->has_memory = TRUE;
  }
  if ((nn_expression_get_needs (nudge->expression) & NN_NEED_SLOW) != 0 &&
      !self->has_slow) {
    keep_slow (self, context->slow);
    self->has_slow = TRUE;
  }
}

/**
 * nn_rollback_restore:
 * @step: the one that has failed
 *
 * Puts back what was kept in @step, and forgets it.
 */
void
nn_rollback_restore (NnRollback *self, guint64 step, const NnNudgeContext *context)
{
  if (self->step == step) {
    if (self->has_random)
      nn_random_assign (nn_noise_get_random (context->noise), self->random);
    if (self->has_memory)
      nn_optimizer_restore_state (context->optimizer, self->memory);
    if (self->has_slow)
      nn_slow_copies_assign (context->slow, self->slow);
    if (self->has_weights)
      NN_NO_GRAD ()
      {
        memcpy (nn_network_write_values (context->network), self->weights,
                self->n_values * sizeof (float));
      }
  }
  nn_rollback_forget (self);
}

/**
 * nn_rollback_forget:
 *
 * For a run that goes on from elsewhere: a step may bear the same number there.
 */
void
nn_rollback_forget (NnRollback *self)
{
  self->step = 0;
  self->has_weights = self->has_random = self->has_memory = self->has_slow = FALSE;
}
