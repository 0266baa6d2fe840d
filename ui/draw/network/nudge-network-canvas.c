/* nudge-network-canvas.c - the state of one drawing of the network
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-canvas.h"

#include <math.h>

/* An edge from |w| = 0 to the limit, where edges have space. */
#define LEAST_WIDTH 1.25
#define FULL_WIDTH  6.0

/* Where edges have less of their widths than this share, weak ones fade: of thousands, only the
 * strong ones can be seen. */
#define CROWD_SHARE 0.45

/* |w| on the printed scale: 1 at the limit. */
double
nudge_network_get_strength (const NudgeNetworkCanvas *self, float value)
{
  return isnan (value) ? 0 : fabs ((double) value) / self->style->limit;
}

/* Below what is visible. */
gboolean
nudge_network_is_weak (const NudgeNetworkCanvas *self, float value)
{
  return self->style->threshold > 0 && !(fabs ((double) value) >= self->style->threshold);
}

/* The square root lifts what is of middling weight to 3:1 against the background. */
double
nudge_network_get_mark_opacity (double strength)
{
  return NUDGE_WEAK_OPACITY + (1 - NUDGE_WEAK_OPACITY) * sqrt (MIN (strength, 1));
}

/* Of an edge: where edges crowd, weak ones recede, or they would hide the strong ones. Where
 * they do not, as of a mark. */
double
nudge_network_get_opacity (const NudgeNetworkCanvas *self, double strength)
{
  const double share = self->layout->edge_share;
  const double space = MIN (share / CROWD_SHARE, 1);
  const double least = NUDGE_WEAK_OPACITY * sqrt (share) * space * space;

  return least +
         (1 - least) * pow (MIN (strength, 1), (1 - share / 2) / pow (space, 1.5));
}

double
nudge_network_get_width (const NudgeNetworkCanvas *self, double strength)
{
  return self->layout->edge_share *
         (LEAST_WIDTH + (FULL_WIDTH - LEAST_WIDTH) * MIN (strength, 1));
}

const NudgeColour *
nudge_network_get_sign_colour (const NudgePalette *palette, float value)
{
  return value < 0   ? &palette->negative
         : value > 0 ? &palette->positive
                     : &palette->secondary;
}

/* What is drawn of an edge and what is left out, in turns: 0 drawn is all of it. */
void
nudge_network_get_dash (float value, double width, double *drawn, double *skipped)
{
  *drawn = value < 0 ? 4 + 1.6 * width : value > 0 ? 0 : 1;
  *skipped = value < 0 ? 3 + 0.7 * width : 4;
}
