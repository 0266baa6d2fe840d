/* nudge-network-scale.c - the one scale of a picture of the network
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-network-scale.h"

#include <float.h>
#include <math.h>

#include "ui/draw/nudge-frame.h"

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
 * nudge_network_choose_limit:
 * @previous: the limit of the frame before, or 0
 *
 * A round number that no weight exceeds. The previous one stays while it holds
 * and is not far too large, so the scale does not jump with every frame.
 *
 * Returns: greater than 0
 */
double
nudge_network_choose_limit (const NnFrame *frame, double previous)
{
  const NnArchitecture *architecture = frame->architecture;
  double largest = 0;

  for (gsize k = 1; k <= architecture->n_layers; k++) {
    const NnLayerShape *layer = &architecture->layers[k - 1];
    const float *weights = nudge_frame_get_weights (frame, k);

    for (gsize i = 0; i < layer->n_units * layer->n_inputs; i++)
      if (isfinite (weights[i]))
        largest = MAX (largest, fabs ((double) weights[i]));
  }
  if (isfinite (previous) && previous >= MAX (largest, DBL_MIN) &&
      largest >= KEEP_SHARE * previous)
    return previous;
  if (largest == 0)
    return previous > 0 && isfinite (previous) ? previous : 1;
  return round_up (largest);
}
