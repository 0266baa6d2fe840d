/* nn-trainer-view.c - what can be seen of a run without changing it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-flush.h"
#include "nn/tensor/nn-grad-mode.h"

#define LINE_PROBES  33 /* points of a neuron's graph over the one feature */
#define BATCH_PROBES 16 /* examples shown where there is more than one feature */

/**
 * nn_trainer_make_probes:
 *
 * One feature is shown as a graph over its range, several by the first examples.
 */
void
nn_trainer_make_probes (NnTrainer *self)
{
  const NnDataset *data = self->dataset;
  const gsize n_features = data->n_features;
  const gboolean line = n_features == 1;
  const gsize n = line ? LINE_PROBES : MIN (data->n_training, BATCH_PROBES);
  const gsize n_columns = nn_kernels_get_columns (n);
  float low = data->inputs[0], high = data->inputs[0];
  float *p;

  for (gsize i = 0; line && i < data->n_examples; i++) {
    low = MIN (low, data->inputs[i]);
    high = MAX (high, data->inputs[i]);
  }
  if (self->experiment->data.source == NN_DATA_UNIFORM) {
    low = 0; /* where the features are drawn from */
    high = 1;
  }
  self->n_probes = n;
  self->probes = nn_tensor_new (2, (const gsize[]){ n_features, n_columns });
  p = nn_tensor_write (self->probes, NULL);
  for (gsize c = 0; c < n_columns; c++) {
    const gsize i = MIN (c, n - 1);

    for (gsize f = 0; f < n_features; f++)
      p[f * n_columns + c] = line ? low + (high - low) * (float) i / (float) (n - 1)
                                  : data->inputs[i * n_features + f];
  }
}

static float
evaluate (NnTrainer *self, const NnBatch *batch)
{
  NN_NO_GRAD_FUNCTION ();
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  nn_tape_rewind (self->evaluate_tape);
  return *nn_tensor_get_values (
      nn_trainer_compute_loss (self, self->evaluate_tape, batch));
}

/**
 * nn_trainer_evaluate:
 *
 * Between steps.
 *
 * Returns: the loss of the present weights on the next step's batch, just as its
 *   forward pass will compute it; recorded nowhere
 */
float
nn_trainer_evaluate (NnTrainer *self)
{
  const NnBatch *batch = nn_batches_begin (self->batches, self->random);
  double sum = 0;

  if (!self->walks)
    return evaluate (self, batch);
  for (gsize i = 0; i < batch->n_examples; i++)
    sum += (double) evaluate (self, nn_batches_get_example (self->batches, i));
  return (float) (sum / (double) batch->n_examples);
}

/**
 * nn_trainer_evaluate_input:
 *
 * Within a step, after its forward pass.
 *
 * Returns: the loss of the present weights on what that pass was given
 */
float
nn_trainer_evaluate_input (NnTrainer *self)
{
  return evaluate (self, self->input);
}

/**
 * nn_trainer_evaluate_held_out:
 *
 * Returns: the loss of the present weights on the examples that are not trained on;
 *   NAN if there are none
 */
float
nn_trainer_evaluate_held_out (NnTrainer *self)
{
  return self->held_out ? evaluate (self, self->held_out) : NAN;
}

/**
 * nn_trainer_compute_activations:
 * @network: the run's own, or another of its architecture
 * @activations: [n_units][n_probes] out: the features first, then each layer's outputs
 *
 * Feeds the probes through @network. On the tape, each is (units, columns).
 */
void
nn_trainer_compute_activations (const NnTrainer *self,
                                NnNetwork *network,
                                NnTape *tape,
                                float *activations)
{
  const gsize n_layers = self->experiment->architecture->n_layers;
  g_autofree NnTensor **layers = g_new (NnTensor *, n_layers + 1);
  float *row = activations;

  NN_NO_GRAD_FUNCTION ();
  nn_tape_rewind (tape);
  layers[0] = self->probes;
  nn_network_forward (network, tape, self->probes, layers + 1);
  for (gsize k = 0; k <= n_layers; k++) {
    const float *values = nn_tensor_get_values (layers[k]);
    const gsize n_units = nn_tensor_get_shape (layers[k])[0];
    const gsize n_columns = nn_tensor_get_shape (layers[k])[1];

    for (gsize u = 0; u < n_units; u++, row += self->n_probes)
      memcpy (row, values + u * n_columns, self->n_probes * sizeof (float));
  }
}

static void
fill_landings (const NnTrainer *self, NnFrame *frame)
{
  const gsize n = MIN (self->landings->len, NN_FRAME_LANDINGS);
  const gsize first = self->landings->len - n;

  frame->landings = g_new (NnLanding, n);
  frame->n_landings = n;
  for (gsize i = 0; i < n; i++)
    nn_landing_copy (&frame->landings[i],
                     &g_array_index (self->landings, NnLanding, first + i));
}

static void
fill_standing (const NnTrainer *self, NnFrame *frame)
{
  frame->n_standing = self->standing->len;
  frame->standing = g_new (NnStanding, frame->n_standing);
  for (gsize i = 0; i < frame->n_standing; i++) {
    frame->standing[i] = g_array_index (self->standing, NnStandingEntry, i).standing;
    nn_nudge_ref (frame->standing[i].nudge);
  }
}

/**
 * nn_trainer_make_frame:
 *
 * Returns: (transfer full): the run as it is now; the caller sets what only a
 *   timeline and a session know
 */
NnFrame *
nn_trainer_make_frame (NnTrainer *self)
{
  NnArchitecture *architecture = self->experiment->architecture;
  NnFrame *frame = nn_frame_new (architecture, self->n_probes);

  frame->step = self->n_steps;
  frame->loss = (double) self->loss;
  memcpy (frame->values, nn_network_get_values (self->network),
          architecture->n_values * sizeof (float));
  frame->probes_are_a_line = architecture->n_features == 1;
  nn_trainer_compute_activations (self, self->network, self->evaluate_tape,
                                  frame->activations);
  frame->curve = nn_curve_copy (self->curve);
  fill_landings (self, frame);
  fill_standing (self, frame);
  frame->guard = self->guard;
  frame->end = self->n_steps;
  return frame;
}
