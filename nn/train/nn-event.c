/* nn-event.c - what a hand did to a run, and after which step
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/train/nn-event.h"

/**
 * nn_event_copy:
 * @self: (out) overwritten; what it held before is not released
 */
void
nn_event_copy (NnEvent *self, const NnEvent *from)
{
  *self = *from;
  if (from->nudge)
    self->nudge = nn_nudge_ref (from->nudge);
}

void
nn_event_clear (NnEvent *self)
{
  g_clear_pointer (&self->nudge, nn_nudge_unref);
}

/**
 * nn_event_new_array:
 *
 * Returns: (transfer full) (element-type NnEvent): an empty one, which owns its events
 */
GArray *
nn_event_new_array (void)
{
  GArray *array = g_array_new (FALSE, TRUE, sizeof (NnEvent));

  g_array_set_clear_func (array, (GDestroyNotify) nn_event_clear);
  return array;
}

/**
 * nn_event_append:
 * @array: (element-type NnEvent)
 * @events: (array length=n_events): copied
 */
void
nn_event_append (GArray *array, const NnEvent *events, gsize n_events)
{
  for (gsize i = 0; i < n_events; i++) {
    NnEvent copy;

    nn_event_copy (&copy, &events[i]);
    g_array_append_val (array, copy);
  }
}
