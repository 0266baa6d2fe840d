/* nn-log.c - what the user has done to a run, from its first step on
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
  GPtrArray *standing; /* (owned) (nullable) the first: what repeated at step 0 … */
  guint64 *ids;        /* (owned) (nullable) … what that is called … */
  NnGuard guard;       /* … and the guard there */
};

/**
 * nn_log_new:
 * @standing: (element-type NnNudge) at step 0, in their order; copied
 * @ids: (array) theirs; copied
 * @guard: at step 0
 *
 * Returns: (transfer full): nothing has been done yet
 */
NnLog *
nn_log_new (const GPtrArray *standing, const guint64 *ids, NnGuard guard)
{
  NnLog *self = g_new0 (NnLog, 1);

  g_atomic_ref_count_init (&self->references);
  self->standing = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  for (guint i = 0; i < standing->len; i++)
    g_ptr_array_add (self->standing, nn_nudge_ref (standing->pdata[i]));
  self->ids = g_memdup2 (ids, standing->len * sizeof *ids);
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
 * Frees as much of the row as has no other owner.
 */
void
nn_log_unref (NnLog *self)
{
  while (self && g_atomic_ref_count_dec (&self->references)) {
    NnLog *before = self->before;

    nn_event_clear (&self->event);
    g_clear_pointer (&self->standing, g_ptr_array_unref);
    g_free (self->ids);
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

/* Manual nudges stay in front: they are no part of the list. */
static void
write_nudges (const GPtrArray *standing, const GPtrArray *own, GPtrArray *nudges)
{
  g_ptr_array_set_size (nudges, 0);
  for (guint i = 0; i < own->len; i++) {
    NnNudge *nudge = own->pdata[i];

    if (nudge->when == NN_WHEN_MANUAL)
      g_ptr_array_add (nudges, nn_nudge_ref (nudge));
  }
  for (guint i = 0; i < standing->len; i++)
    g_ptr_array_add (nudges, nn_nudge_ref (standing->pdata[i]));
}

/* @given: guint64, by which the run called its nudges, in the order it got them
 * Returns: what an experiment calls the one that was @id */
static guint64
rename_one (const GArray *given, guint64 id)
{
  guint i = given->len;

  while (i > 0 && g_array_index (given, guint64, i - 1) != id)
    i--;
  return i;
}

/* A run that was reset may have begun with any ids; an experiment's begin with 1. */
static void
rename_nudges (const NnLog *first, GArray *events)
{
  g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (guint64));

  g_array_append_vals (given, first->ids, first->standing->len);
  for (guint i = 0; i < events->len; i++) {
    NnEvent *event = &g_array_index (events, NnEvent, i);

    if (event->kind == NN_EVENT_STAND)
      g_array_append_val (given, event->id);
    if (event->id > 0)
      event->id = rename_one (given, event->id);
  }
}

/**
 * nn_log_make_experiment:
 * @experiment: what the run was made of
 *
 * Returns: (transfer full): the run as an experiment: @experiment with what stood at its
 *   first step, and all that the user has done since
 */
NnExperiment *
nn_log_make_experiment (const NnLog *self, const NnExperiment *experiment)
{
  NnExperiment *copy = nn_experiment_copy (experiment);
  const NnLog *first = write_events (self, copy->events);

  rename_nudges (first, copy->events);
  write_nudges (first->standing, experiment->nudges, copy->nudges);
  copy->guard = first->guard;
  return copy;
}
