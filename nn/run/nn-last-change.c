/* nn-last-change.c - what the newest step changed: the optimizer's part and the nudges'
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-last-change.h"

#include <math.h>
#include <string.h>

struct _NnLastChange {
  gsize n_values;
  float *start;  /* (owned) (n_values) before the step */
  float *before; /* (owned) (n_values) before its optimizer, if that differs from start */
  float *after;  /* (owned) (n_values) after it, if nudges may have come since */
  gboolean has_step;
  gboolean has_before;
  gboolean has_after;
};

NnLastChange *
nn_last_change_new (gsize n_values)
{
  NnLastChange *self = g_new0 (NnLastChange, 1);

  self->n_values = n_values;
  self->start = g_new (float, n_values);
  self->before = g_new (float, n_values);
  self->after = g_new (float, n_values);
  return self;
}

void
nn_last_change_free (NnLastChange *self)
{
  g_free (self->start);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static void
copy (const NnLastChange *self, float *to, const float *values)
{
  memcpy (to, values, self->n_values * sizeof (float));
}

/**
 * nn_last_change_forget:
 *
 * The parameters were replaced, by an edit or by going back: nothing is known of
 * a change.
 */
void
nn_last_change_forget (NnLastChange *self)
{
  self->has_step = self->has_before = self->has_after = FALSE;
}

/**
 * nn_last_change_begin:
 *
 * A step begins: once it has ended, its change is known.
 */
void
nn_last_change_begin (NnLastChange *self, const float *values)
{
  nn_last_change_forget (self);
  copy (self, self->start, values);
  self->has_step = TRUE;
}

/**
 * nn_last_change_before_optimizer:
 *
 * Called before the optimizer, if nudges may have been applied since the step began.
 */
void
nn_last_change_before_optimizer (NnLastChange *self, const float *values)
{
  copy (self, self->before, values);
  self->has_before = TRUE;
}

/**
 * nn_last_change_before_nudges:
 *
 * Called before nudges change anything after the optimizer, or before the first step. Of
 * several calls after one step the first counts.
 */
void
nn_last_change_before_nudges (NnLastChange *self, const float *values)
{
  if (self->has_after)
    return;
  copy (self, self->after, values);
  self->has_after = TRUE;
}

static void
fill (float *change, gsize n, float value)
{
  for (gsize i = 0; i < n; i++)
    change[i] = value;
}

/**
 * nn_last_change_read:
 * @now: (n_values) the parameters
 * @change: (n) out: both parts together; NAN if not known
 */
void
nn_last_change_read (const NnLastChange *self,
                     const float *now,
                     gsize first,
                     gsize n,
                     float *change)
{
  if (!self->has_step) {
    fill (change, n, NAN);
    return;
  }
  for (gsize i = 0; i < n; i++)
    change[i] = now[first + i] - self->start[first + i];
}

/**
 * nn_last_change_read_optimizer:
 * @now: (n_values) the parameters
 * @change: (n) out: the part by the newest step's optimizer; NAN if not known
 */
void
nn_last_change_read_optimizer (const NnLastChange *self,
                               const float *now,
                               gsize first,
                               gsize n,
                               float *change)
{
  const float *before = self->has_before ? self->before : self->start;
  const float *after = self->has_after ? self->after : now;

  if (!self->has_step) {
    fill (change, n, NAN);
    return;
  }
  for (gsize i = 0; i < n; i++)
    change[i] = after[first + i] - before[first + i];
}

/**
 * nn_last_change_read_nudges:
 * @now: (n_values) the parameters
 * @change: (n) out: the part by nudges since the newest step began, with one-off nudges
 *   after it; NAN if not known
 */
void
nn_last_change_read_nudges (const NnLastChange *self,
                            const float *now,
                            gsize first,
                            gsize n,
                            float *change)
{
  if (!self->has_step && !self->has_after) {
    fill (change, n, NAN);
    return;
  }
  for (gsize i = 0; i < n; i++) {
    const gsize k = first + i;
    const float later = self->has_after ? now[k] - self->after[k] : 0;
    const float earlier = self->has_before ? self->before[k] - self->start[k] : 0;

    change[i] = later + earlier;
  }
}
