/* nudge-network-canvas.c - what one drawing of the network is made with
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-network-canvas.h"

#include <math.h>

#define LEAST_OPACITY 0.35

/* |w| on the printed scale: 1 at the limit. */
double
nudge_network_get_strength (const NudgeNetworkCanvas *self, float value)
{
  return isnan (value) ? 0 : fabs ((double) value) / self->style->limit;
}

/* Below what is to be seen. */
gboolean
nudge_network_is_weak (const NudgeNetworkCanvas *self, float value)
{
  return self->style->threshold > 0 && !(fabs ((double) value) >= self->style->threshold);
}

/* The square root lifts edges of middling weight to 3:1 against the background. */
double
nudge_network_get_opacity (double strength)
{
  return LEAST_OPACITY + (1 - LEAST_OPACITY) * sqrt (MIN (strength, 1));
}

double
nudge_network_get_width (double strength)
{
  return NUDGE_EDGE_LEAST_WIDTH +
         (NUDGE_EDGE_FULL_WIDTH - NUDGE_EDGE_LEAST_WIDTH) * MIN (strength, 1);
}

const NudgeColour *
nudge_network_get_sign_colour (const NudgePalette *palette, float value)
{
  return value < 0   ? &palette->negative
         : value > 0 ? &palette->positive
                     : &palette->secondary;
}

void
nudge_network_set_dash (cairo_t *cr, float value, double width)
{
  if (value < 0) {
    double dash[] = { 4 + 1.6 * width, 3 + 0.7 * width };

    cairo_set_dash (cr, dash, 2, 0);
  } else if (value > 0) {
    cairo_set_dash (cr, NULL, 0, 0);
  } else {
    double dots[] = { 1, 4 };

    cairo_set_dash (cr, dots, 2, 0);
  }
}
