/* nn-frame.c - the state of a run at one step, as the window shows it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-frame.h"

#include <math.h>

/**
 * nn_frame_new:
 * @architecture: gets a reference
 *
 * Returns: (transfer full): an empty frame with space for the numbers, for the caller to
 *   fill in before it is shared
 */
NnFrame *
nn_frame_new (NnArchitecture *architecture, const NnProbesShape *probes)
{
  NnFrame *self = g_atomic_rc_box_new0 (NnFrame);

  self->architecture = nn_architecture_ref (architecture);
  self->step_loss = NAN;
  self->optimizer = NN_OPTIMIZER_SGD;
  self->known = nn_quantity_list (self->optimizer);
  if (architecture->is_chain)
    self->values = g_new0 (float, architecture->n_values);
  self->probes = *probes;
  self->activations = g_new0 (float, architecture->n_units * probes->n);
  return self;
}

NnFrame *
nn_frame_ref (NnFrame *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnFrame *self = data;

  g_clear_pointer (&self->record, nn_step_record_unref);
  g_clear_pointer (&self->preview, nn_preview_free);
  g_clear_pointer (&self->tensors, nn_tensors_unref);
  for (gsize i = 0; i < self->n_sweeps; i++)
    nn_question_clear (&self->sweeps[i].question);
  g_free (self->sweeps);
  for (gsize i = 0; i < self->n_branches; i++)
    nn_history_free (self->branches[i].history);
  g_free (self->branches);
  for (gsize i = 0; i < NN_N_SCORES; i++)
    g_free (self->scores[i]);
  g_clear_pointer (&self->layers, nn_layer_series_free);
  g_clear_pointer (&self->ghost, nn_history_free);
  g_clear_pointer (&self->log, nn_log_unref);
  g_clear_pointer (&self->log_for_file, nn_log_unref);
  for (gsize i = 0; i < self->n_ahead; i++)
    nn_log_unref (self->ahead[i]);
  g_free (self->ahead);
  for (gsize i = 0; i < self->n_coming; i++) {
    g_clear_pointer (&self->coming[i].nudge, nn_nudge_unref);
    g_clear_pointer (&self->coming[i].log, nn_log_unref);
  }
  g_free (self->coming);
  for (gsize i = 0; i < self->n_standing; i++)
    nn_nudge_unref (self->standing[i].nudge);
  g_free (self->standing);
  for (gsize i = 0; i < self->n_landings; i++)
    nn_landing_clear (&self->landings[i]);
  g_free (self->landings);
  g_clear_pointer (&self->sample, nn_sample_free);
  g_free (self->off);
  if (self->watched)
    g_free (self->watched->points);
  g_free (self->watched);
  for (gsize i = 0; i < NN_N_QUANTITIES; i++)
    g_free (self->numbers[i]);
  g_clear_pointer (&self->history, nn_history_free);
  g_free (self->activations);
  g_free (self->values);
  g_free (self->failure);
  g_free (self->note);
  g_free (self->refusal);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_clear_pointer (&self->experiment, nn_experiment_free);
  nn_architecture_unref (self->architecture);
}

void
nn_frame_unref (NnFrame *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
