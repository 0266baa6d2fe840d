/* nn-log.c - what has been done to a run by hand, from its first step on
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/train/nn-log.h"

/**
 * nn_log_new:
 * @standing: (element-type NnNudge) each gets a reference
 * @events: (array length=n_events) copied
 */
NnLog *
nn_log_new (const GPtrArray *standing,
            NnGuard guard,
            const NnEvent *events,
            gsize n_events)
{
  NnLog *self = g_atomic_rc_box_new0 (NnLog);

  self->standing = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  for (guint i = 0; i < standing->len; i++)
    g_ptr_array_add (self->standing, nn_nudge_ref (standing->pdata[i]));
  self->guard = guard;
  self->events = nn_event_new_array ();
  nn_event_append (self->events, events, n_events);
  return self;
}

NnLog *
nn_log_ref (NnLog *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnLog *self = data;

  g_ptr_array_unref (self->standing);
  g_array_unref (self->events);
}

void
nn_log_unref (NnLog *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * nn_log_make_experiment:
 * @experiment: what the run was made of
 *
 * Returns: (transfer full): the run as an experiment: @experiment with what stood at its
 *   first step, and all that was done by hand since. Nudges of @experiment that wait for
 *   the hand alone stay in front.
 */
NnExperiment *
nn_log_make_experiment (const NnLog *self, const NnExperiment *experiment)
{
  NnExperiment *copy = nn_experiment_copy (experiment);

  g_ptr_array_set_size (copy->nudges, 0);
  for (guint i = 0; i < experiment->nudges->len; i++) {
    NnNudge *nudge = experiment->nudges->pdata[i];

    if (nudge->when == NN_WHEN_BY_HAND)
      g_ptr_array_add (copy->nudges, nn_nudge_ref (nudge));
  }
  for (guint i = 0; i < self->standing->len; i++)
    g_ptr_array_add (copy->nudges, nn_nudge_ref (self->standing->pdata[i]));
  copy->guard = self->guard;
  g_array_set_size (copy->events, 0);
  nn_event_append (copy->events, (const NnEvent *) (const void *) self->events->data,
                   self->events->len);
  return copy;
}
