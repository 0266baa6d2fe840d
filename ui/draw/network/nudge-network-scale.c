/* nudge-network-scale.c - the one scale of a picture of the network
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-scale.h"

#include <float.h>
#include <math.h>

#include "nn/kernels/nn-kernels.h"
#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/base/nudge-strongest.h"

/* The previous limit holds while the weights fill this share of it. */
#define KEEP_SHARE 0.25

/* The least of 1, 2, 2.5 or 5 times a power of ten that is not below @value. */
static double
round_up (double value)
{
  static const double leads[] = { 1, 2, 2.5, 5, 10 };
  int exponent = (int) floor (log10 (value));
  gsize i = 0;

  /* Dividing for negative powers keeps 0.25 exactly what 0.25 parses to. */
  for (;; i++) {
    double nice =
        exponent < 0 ? leads[i] / pow (10, -exponent) : leads[i] * pow (10, exponent);

    if (nice >= value || i == G_N_ELEMENTS (leads) - 1)
      return nice;
  }
}

/**
 * nudge_network_find_largest:
 *
 * Returns: the largest |number| of all weights that is finite; 0 if there is none
 */
double
nudge_network_find_largest (const NnFrame *frame, NnQuantity quantity)
{
  static const NudgeStrongestLoops *const loops[NN_N_SETS] = { NN_IN_EACH_SET (
      &nudge_strongest_loops) };
  const NudgeStrongestLoops *loop = loops[nn_kernels_get ()->set];
  const NnArchitecture *architecture = frame->architecture;
  float largest = 0;

  for (gsize k = 1; k <= architecture->n_layers; k++) {
    const NnLayerShape *layer = &architecture->layers[k - 1];
    const float *weights = nudge_frame_get_shown (frame, quantity, k);

    largest =
        MAX (largest, loop->find_largest (weights, layer->n_units * layer->n_inputs));
  }
  return (double) largest;
}

/**
 * nudge_network_count_weak:
 * @n_weights: (out)
 *
 * Returns: how many of all weights are below @threshold, or have no number
 */
gsize
nudge_network_count_weak (const NnFrame *frame,
                          NnQuantity quantity,
                          double threshold,
                          gsize *n_weights)
{
  const NnArchitecture *architecture = frame->architecture;
  const float least = (float) threshold;
  gsize n_strong = 0;

  *n_weights = 0;
  for (gsize k = 1; k <= architecture->n_layers; k++) {
    const NnLayerShape *layer = &architecture->layers[k - 1];
    const float *weights = nudge_frame_get_shown (frame, quantity, k);
    const gsize n = layer->n_units * layer->n_inputs;

    for (gsize i = 0; i < n; i++)
      n_strong += fabsf (weights[i]) >= least;
    *n_weights += n;
  }
  return *n_weights - n_strong;
}

/**
 * nudge_network_fit_limit:
 * @largest: of nudge_network_find_largest ()
 * @previous: the limit of the frame before, or 0
 *
 * A round number that nothing exceeds. The previous one stays while it holds and is not far
 * too large, so the scale does not jump with every frame.
 *
 * Returns: greater than 0
 */
double
nudge_network_fit_limit (double largest, double previous)
{
  if (isfinite (previous) && previous >= MAX (largest, DBL_MIN) &&
      largest >= KEEP_SHARE * previous)
    return previous;
  if (largest == 0)
    return previous > 0 && isfinite (previous) ? previous : 1;
  return round_up (largest);
}

/**
 * nudge_network_choose_limit:
 * @previous: the limit of the frame before, or 0
 *
 * Returns: that of the weights, as nudge_network_fit_limit ()
 */
double
nudge_network_choose_limit (const NnFrame *frame, double previous)
{
  return nudge_network_fit_limit (nudge_network_find_largest (frame, NN_QUANTITY_VALUE),
                                  previous);
}
