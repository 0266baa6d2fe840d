/* nn-landing.c - where a nudge landed, and what came of it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-landing.h"

/**
 * nn_landing_copy:
 * @self: (out) overwritten; what it held before is not released
 */
void
nn_landing_copy (NnLanding *self, const NnLanding *from)
{
  *self = *from;
  self->nudge = nn_nudge_ref (from->nudge);
  self->refusal = g_strdup (from->refusal);
}

void
nn_landing_clear (NnLanding *self)
{
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  g_clear_pointer (&self->refusal, g_free);
}
