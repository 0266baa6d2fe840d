/* nn-tensors.c - all tensors of a model, each as it was last read
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-tensors.h"

#include <math.h>
#include <string.h>

/**
 * nn_tensors_new:
 * @texts: gets a reference: the names, types and notes
 *
 * Returns: (transfer full): @n tensors, for the caller to fill in before they are shared
 */
NnTensors *
nn_tensors_new (GBytes *texts, gsize n)
{
  NnTensors *self = g_atomic_rc_box_new0 (NnTensors);

  self->texts = g_bytes_ref (texts);
  self->n = n;
  self->facts = g_new0 (NnTensorFacts, n);
  self->opened = -1;
  for (gsize i = 0; i < n; i++)
    self->facts[i].gradient_norm = self->facts[i].update_ratio = NAN;
  return self;
}

/* Returns: (transfer full): a copy that may be changed until it is shared */
NnTensors *
nn_tensors_copy (const NnTensors *self)
{
  NnTensors *copy = nn_tensors_new (self->texts, self->n);

  memcpy (copy->facts, self->facts, self->n * sizeof *self->facts);
  for (gsize i = 0; i < self->n; i++) {
    if (copy->facts[i].values != NULL)
      nn_array_ref (copy->facts[i].values);
    if (copy->facts[i].summary != NULL)
      nn_tensor_summary_ref (copy->facts[i].summary);
    if (copy->facts[i].preview != NULL)
      nn_tensor_summary_ref (copy->facts[i].preview);
  }
  copy->opened = self->opened;
  copy->n_previewed = self->n_previewed;
  copy->window = self->window != NULL ? nn_tensor_window_ref (self->window) : NULL;
  return copy;
}

NnTensors *
nn_tensors_ref (NnTensors *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnTensors *self = data;

  for (gsize i = 0; i < self->n; i++) {
    g_clear_pointer (&self->facts[i].values, nn_array_unref);
    g_clear_pointer (&self->facts[i].summary, nn_tensor_summary_unref);
    g_clear_pointer (&self->facts[i].preview, nn_tensor_summary_unref);
  }
  g_free (self->facts);
  g_clear_pointer (&self->window, nn_tensor_window_unref);
  g_bytes_unref (self->texts);
}

void
nn_tensors_unref (NnTensors *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
