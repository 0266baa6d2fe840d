/* nn-time.c - when a nudge is applied
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-time.h"

#include <string.h>

/**
 * nn_time_names_some:
 *
 * Returns: whether it is a list of steps or epochs
 */
gboolean
nn_time_names_some (const NnTime *self)
{
  return self->when == NN_WHEN_AT_STEP || self->when == NN_WHEN_AT_EPOCH;
}

gboolean
nn_time_is_equal (const NnTime *self, const NnTime *other)
{
  return self->when == other->when && self->before_backward == other->before_backward &&
         self->interval == other->interval && self->from == other->from &&
         self->to == other->to && self->also.n == other->also.n &&
         memcmp (self->also.values, other->also.values,
                 self->also.n * sizeof *self->also.values) == 0;
}

/**
 * nn_time_is_always:
 *
 * Returns: whether it is the default, after every step, which a nudge's text leaves out
 */
gboolean
nn_time_is_always (const NnTime *self)
{
  return self->when == NN_WHEN_EVERY_STEPS && self->interval == 1 && self->from == 0 &&
         self->to == 0 && !self->before_backward;
}

/**
 * nn_time_is_once:
 *
 * Returns: whether it occurs at most once in a run, unless the user applies the nudge
 */
gboolean
nn_time_is_once (const NnTime *self)
{
  return self->when == NN_WHEN_MANUAL || (nn_time_names_some (self) && self->also.n == 0);
}

static gboolean
is_named (const NnTime *self, guint64 number)
{
  if (number == self->interval)
    return TRUE;
  for (guint i = 0; i < self->also.n && self->also.values[i] <= number; i++)
    if (self->also.values[i] == number)
      return TRUE;
  return FALSE;
}

static gboolean
is_in_range (const NnTime *self, guint64 step)
{
  return step >= self->from && (self->to == 0 || step <= self->to);
}

/**
 * nn_time_has_step:
 * @step: 0 is before the first one
 * @epoch: the one that ends with @step; 0 for none
 *
 * Returns: whether the nudge is due at @step
 */
gboolean
nn_time_has_step (const NnTime *self, guint64 step, guint64 epoch)
{
  if (step == 0)
    return self->when == NN_WHEN_AT_STEP && self->interval == 0;
  switch (self->when) {
  case NN_WHEN_MANUAL:
    return FALSE;
  case NN_WHEN_AT_STEP:
    return is_named (self, step);
  case NN_WHEN_AT_EPOCH:
    return epoch > 0 && is_named (self, epoch);
  case NN_WHEN_EVERY_STEPS:
    return is_in_range (self, step) &&
           (self->interval == 1 || step % self->interval == 0);
  case NN_WHEN_EVERY_EXAMPLE:
    return is_in_range (self, step);
  case NN_WHEN_EVERY_EPOCH:
    return epoch > 0 && is_in_range (self, step) && epoch % self->interval == 0;
  }
  g_return_val_if_reached (FALSE);
}

/* ---- the next one ------------------------------------------------------------------ */

/* Returns: the first listed number above @number; 0 if there is none */
static guint64
find_named (const NnTime *self, guint64 number)
{
  if (self->interval > number)
    return self->interval;
  for (guint i = 0; i < self->also.n; i++)
    if (self->also.values[i] > number)
      return self->also.values[i];
  return 0;
}

/* Returns: the least multiple of the interval that is at least @number; 0 on overflow */
static guint64
round_up (const NnTime *self, guint64 number)
{
  const guint64 late = number % self->interval;
  const guint64 more = late > 0 ? self->interval - late : 0;

  return more <= G_MAXUINT64 - number ? number + more : 0;
}

/* Returns: the last step of @epoch, which has not ended; 0 on overflow */
static guint64
find_end (const NnClock *clock, guint64 epoch)
{
  const guint64 n_more = epoch - clock->epoch - 1;
  guint64 step;

  return g_uint64_checked_mul (&step, n_more, clock->n_per_epoch) &&
                 g_uint64_checked_add (&step, step, clock->step + clock->n_left)
             ? step
             : 0;
}

/* Returns: the first epoch that ends at @step or later */
static guint64
find_epoch (const NnClock *clock, guint64 step)
{
  const guint64 end = clock->step + clock->n_left;
  const guint64 early = step > end ? step - end : 0;

  return clock->epoch + 1 + early / clock->n_per_epoch + (early % clock->n_per_epoch > 0);
}

static guint64
find_next (const NnTime *self, guint64 after, const NnClock *clock)
{
  const guint64 first = MAX (after + 1, self->from);
  guint64 epoch = 0;

  switch (self->when) {
  case NN_WHEN_MANUAL:
    return 0;
  case NN_WHEN_AT_STEP:
    return find_named (self, after);
  case NN_WHEN_EVERY_STEPS:
    return round_up (self, first);
  case NN_WHEN_EVERY_EXAMPLE:
    return first;
  case NN_WHEN_AT_EPOCH:
    epoch = find_named (self, find_epoch (clock, first) - 1);
    break;
  case NN_WHEN_EVERY_EPOCH:
    epoch = round_up (self, find_epoch (clock, first));
    break;
  }
  return epoch > 0 ? find_end (clock, epoch) : 0;
}

/**
 * nn_time_find_next:
 * @after: clock->step, or a later step
 * @clock: how far the run is
 *
 * Predicts, on the assumption that data and batch size are not edited before.
 *
 * Returns: the first step after @after at which the nudge is due; 0 if there is none
 */
guint64
nn_time_find_next (const NnTime *self, guint64 after, const NnClock *clock)
{
  const guint64 next = find_next (self, after, clock);

  return self->to == 0 || next <= self->to ? next : 0;
}

/* ---- text -------------------------------------------------------------------------- */

static void
append_number (GString *text, const char *before, guint64 number)
{
  g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, before, number);
}

static void
append_rhythm (const NnTime *self, GString *text, const char *one, const char *several)
{
  if (self->interval > 1)
    g_string_append_printf (text, "every %" G_GUINT64_FORMAT " %s", self->interval,
                            several);
  else
    g_string_append_printf (text, "every %s", one);
}

static void
append_named (const NnTime *self, GString *text, const char *unit)
{
  append_number (text, unit, self->interval);
  for (guint i = 0; i < self->also.n; i++)
    append_number (text, ", ", self->also.values[i]);
}

/* After epochs and examples, the range says "step", to be unambiguous. */
static void
append_range (const NnTime *self, GString *text)
{
  const gboolean steps = self->when == NN_WHEN_EVERY_STEPS;

  if (self->from > 0)
    append_number (text, steps ? " from " : " from step ", self->from);
  if (self->to > 0)
    append_number (text, steps ? " to " : " to step ", self->to);
}

/**
 * nn_time_dup_text:
 *
 * Returns: (transfer full): the canonical text, "every 10 steps", which nn_time_parse ()
 *   reads as an equal time
 */
char *
nn_time_dup_text (const NnTime *self)
{
  GString *text = g_string_new (NULL);

  if (self->when == NN_WHEN_MANUAL)
    g_string_append (text, "by hand");
  else if (self->when == NN_WHEN_AT_STEP && self->interval == 0 && self->also.n == 0)
    g_string_append (text, "at the start");
  else if (self->when == NN_WHEN_AT_STEP)
    append_named (self, text, "step ");
  else if (self->when == NN_WHEN_AT_EPOCH)
    append_named (self, text, "epoch ");
  else if (self->when == NN_WHEN_EVERY_EPOCH)
    append_rhythm (self, text, "epoch", "epochs");
  else if (self->when == NN_WHEN_EVERY_EXAMPLE)
    g_string_append (text, "every example");
  else
    append_rhythm (self, text, "step", "steps");
  append_range (self, text);
  if (self->before_backward)
    g_string_append (text, " before backward");
  return g_string_free (text, FALSE);
}
