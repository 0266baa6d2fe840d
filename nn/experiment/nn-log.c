/* nn-log.c - what has been done to a run by hand, from its first step on
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-log.h"

/* Each holds one event and what was before it; the first in the row holds none. */
struct _NnLog {
  gatomicrefcount references;
  NnLog *before;       /* (owned) (nullable) */
  NnEvent event;       /* (owned) the last one */
  gsize n_events;      /* with this one */
  GPtrArray *standing; /* (owned) (nullable) the first: what stood at step 0 … */
  NnGuard guard;       /* … and the guard there */
};

/**
 * nn_log_new:
 * @standing: (element-type NnNudge) at step 0, in their order; copied
 * @guard: at step 0
 *
 * Returns: (transfer full): nothing has been done yet
 */
NnLog *
nn_log_new (const GPtrArray *standing, NnGuard guard)
{
  NnLog *self = g_new0 (NnLog, 1);

  g_atomic_ref_count_init (&self->references);
  self->standing = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  for (guint i = 0; i < standing->len; i++)
    g_ptr_array_add (self->standing, nn_nudge_ref (standing->pdata[i]));
  self->guard = guard;
  return self;
}

/**
 * nn_log_append:
 * @event: copied; not before the last one
 *
 * Returns: (transfer full): @self, and then @event
 */
NnLog *
nn_log_append (NnLog *self, const NnEvent *event)
{
  NnLog *longer = g_new0 (NnLog, 1);

  g_atomic_ref_count_init (&longer->references);
  longer->before = nn_log_ref (self);
  nn_event_copy (&longer->event, event);
  longer->n_events = self->n_events + 1;
  return longer;
}

NnLog *
nn_log_ref (NnLog *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * nn_log_unref:
 *
 * Frees as much of the row as nobody else has.
 */
void
nn_log_unref (NnLog *self)
{
  while (self && g_atomic_ref_count_dec (&self->references)) {
    NnLog *before = self->before;

    nn_event_clear (&self->event);
    g_clear_pointer (&self->standing, g_ptr_array_unref);
    g_free (self);
    self = before;
  }
}

gsize
nn_log_get_n_events (const NnLog *self)
{
  return self->n_events;
}

/**
 * nn_log_get_last:
 *
 * Returns: (transfer none) (nullable): what was done last
 */
const NnEvent *
nn_log_get_last (const NnLog *self)
{
  return self->before ? &self->event : NULL;
}

/* Returns: the first in the row */
static const NnLog *
write_events (const NnLog *self, GArray *events)
{
  g_array_set_size (events, 0);
  g_array_set_size (events, (guint) self->n_events);
  for (; self->before; self = self->before)
    nn_event_copy (&g_array_index (events, NnEvent, self->n_events - 1), &self->event);
  return self;
}

/* In front stay those that wait for the hand alone: they are no part of the list. */
static void
write_nudges (const GPtrArray *standing, const GPtrArray *own, GPtrArray *nudges)
{
  g_ptr_array_set_size (nudges, 0);
  for (guint i = 0; i < own->len; i++) {
    NnNudge *nudge = own->pdata[i];

    if (nudge->when == NN_WHEN_BY_HAND)
      g_ptr_array_add (nudges, nn_nudge_ref (nudge));
  }
  for (guint i = 0; i < standing->len; i++)
    g_ptr_array_add (nudges, nn_nudge_ref (standing->pdata[i]));
}

/**
 * nn_log_make_experiment:
 * @experiment: what the run was made of
 *
 * Returns: (transfer full): the run as an experiment: @experiment with what stood at its
 *   first step, and all that was done by hand since
 */
NnExperiment *
nn_log_make_experiment (const NnLog *self, const NnExperiment *experiment)
{
  NnExperiment *copy = nn_experiment_copy (experiment);
  const NnLog *first = write_events (self, copy->events);

  write_nudges (first->standing, experiment->nudges, copy->nudges);
  copy->guard = first->guard;
  return copy;
}
