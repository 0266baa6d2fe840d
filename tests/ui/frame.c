/* frame.c - a frame to draw
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/ui/frame.h"

#include <math.h>

/**
 * frame_new:
 * @step: how many losses its curve has
 *
 * Makes a frame of the seed experiment's network, 1-2-3-1, whose weights differ.
 */
NnFrame *
frame_new (guint64 step)
{
  const NnLayerSpec layers[] = {
    { "fc1", 2, NN_ACTIVATION_RELU },
    { "fc2", 3, NN_ACTIVATION_RELU },
    { "fc3", 1, NN_ACTIVATION_IDENTITY },
  };
  g_autoptr (NnArchitecture) architecture =
      nn_architecture_new (1, layers, G_N_ELEMENTS (layers));
  NnFrame *self = nn_frame_new (architecture, 8);

  for (gsize i = 0; i < architecture->n_values; i++)
    self->values[i] = (float) sin ((double) i * 7);
  for (gsize i = 0; i < architecture->n_units * self->n_probes; i++)
    self->activations[i] = (float) cos ((double) i);
  self->curve = nn_curve_new ();
  for (guint64 i = 0; i < step; i++)
    nn_curve_append (self->curve, (float) exp (-(double) i / 20));
  self->step = step;
  self->loss = exp (-(double) step / 20);
  return self;
}

/**
 * frame_add_landing:
 *
 * Adds a nudge that landed by hand after @step, to a frame that nobody has seen yet.
 */
void
frame_add_landing (NnFrame *self, const char *nudge, guint64 step)
{
  NnLanding *landing;

  self->landings = g_renew (NnLanding, self->landings, self->n_landings + 1);
  landing = &self->landings[self->n_landings++];
  *landing = (NnLanding){ .nudge = nn_nudge_parse (nudge, NULL),
                          .first = step,
                          .last = step,
                          .n_times = 1,
                          .loss_before = 0.5,
                          .loss_after = 0.25 };
}
