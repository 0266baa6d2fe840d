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
