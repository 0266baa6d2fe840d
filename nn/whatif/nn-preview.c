/* nn-preview.c - the network as it would be if a nudge were applied now
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/whatif/nn-preview.h"

/**
 * nn_preview_new:
 *
 * Returns: (transfer full): an empty preview with space for the numbers, for the caller
 *   to fill in
 */
NnPreview *
nn_preview_new (NnArchitecture *architecture, gsize n_probes)
{
  NnPreview *self = g_new0 (NnPreview, 1);

  self->architecture = nn_architecture_ref (architecture);
  self->n_values = architecture->n_values;
  self->values = g_new (float, self->n_values);
  self->n_activations = architecture->n_units * n_probes;
  self->activations = g_new (float, self->n_activations);
  return self;
}

NnPreview *
nn_preview_copy (const NnPreview *self)
{
  NnPreview *copy = g_memdup2 (self, sizeof *self);

  copy->nudge = nn_nudge_ref (self->nudge);
  nn_architecture_ref (copy->architecture);
  copy->values = g_memdup2 (self->values, self->n_values * sizeof (float));
  copy->activations = g_memdup2 (self->activations, self->n_activations * sizeof (float));
  copy->refusal = g_strdup (self->refusal);
  return copy;
}

void
nn_preview_free (NnPreview *self)
{
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  g_clear_pointer (&self->architecture, nn_architecture_unref);
  g_free (self->values);
  g_free (self->activations);
  g_free (self->refusal);
  g_free (self);
}
