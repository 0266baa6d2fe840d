/* nudge-axis.c - values along a line of pixels, and the ticks that name them
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-axis.h"

#include <float.h>
#include <math.h>

/* Empty space beyond the extremes, as a share of their distance. */
#define PADDING 0.06

/* Zero joins the axis when the values reach down to this share of the largest. */
#define NEAR_ZERO 0.35

/* Closer than this, relative to their size, float32 values are one value. */
#define SAME 1e-6

/* More would swamp a double's exponent once padded. */
#define HUGE_ENOUGH 1e300

/* A logarithmic axis that spans less may be labelled in equal steps. */
#define LINEAR_BELOW 30.0

/* Minor ticks closer than this, in pixels per decade, would only be grey. */
#define MINOR_DECADE 36.0

static NudgeAxis
new_logarithmic (double smallest, double largest)
{
  double logarithm = log (largest) - log (smallest);
  double padding = logarithm < SAME ? 1.25 : exp (PADDING * logarithm);

  return (NudgeAxis){ smallest / padding, largest * padding, 0, 1, TRUE };
}

/* One value, or as good as one: seen from zero, it is a height like any other. */
static NudgeAxis
new_around_one (double value)
{
  return (NudgeAxis){ MIN (1.25 * value, 0), value == 0 ? 1 : MAX (1.25 * value, 0), 0, 1,
                      FALSE };
}

/**
 * nudge_axis_new:
 * @smallest: finite, greater than 0 if @logarithmic
 * @largest: finite, not less than @smallest
 *
 * Chooses a range that shows both with some air around them, and zero when it is
 * near; its pixels, 0 … 1, are the caller's to set.
 */
NudgeAxis
nudge_axis_new (double smallest, double largest, gboolean logarithmic)
{
  double padding;
  NudgeAxis self = { 0, 1, 0, 1, FALSE };

  g_return_val_if_fail (smallest <= largest && (!logarithmic || smallest > 0), self);

  smallest = CLAMP (smallest, logarithmic ? 1 / HUGE_ENOUGH : -HUGE_ENOUGH, HUGE_ENOUGH);
  largest = CLAMP (largest, smallest, HUGE_ENOUGH);
  if (logarithmic)
    return new_logarithmic (smallest, largest);
  if (smallest >= 0 && smallest <= NEAR_ZERO * largest)
    smallest = 0;
  padding = PADDING * (largest - smallest);
  if (padding <= PADDING * SAME * MAX (fabs (smallest), fabs (largest)))
    return new_around_one (largest);
  self.high = largest + padding;
  self.low = smallest >= 0 ? MAX (smallest == 0 ? 0 : smallest - padding, 0)
                           : smallest - padding;
  return self;
}

/**
 * nudge_axis_get_position:
 *
 * A logarithmic axis shows zero and below at its low end.
 */
double
nudge_axis_get_position (const NudgeAxis *self, double value)
{
  double share;

  /* Differences of logarithms: the quotient of the ends may be beyond a double. */
  if (self->logarithmic)
    share = (log (MAX (value, self->low)) - log (self->low)) /
            (log (self->high) - log (self->low));
  else
    share = (value - self->low) / (self->high - self->low);
  return self->from + share * (self->to - self->from);
}

double
nudge_axis_get_value (const NudgeAxis *self, double position)
{
  double share = (position - self->from) / (self->to - self->from);

  if (self->logarithmic)
    return exp (log (self->low) + share * (log (self->high) - log (self->low)));
  return self->low + share * (self->high - self->low);
}

/* The least of 1, 2 or 5 times a power of ten that is not below @step. */
static double
nice_step (double step)
{
  double power = pow (10, floor (log10 (step)));
  double lead = step / power;

  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

/* On a logarithmic axis of less than a decade equal steps crowd at its high end: the
 * labels keep @pitch pixels between them all the same. */
static gsize
get_linear_ticks (const NudgeAxis *self,
                  double pitch,
                  double least_step,
                  NudgeTick *ticks)
{
  double length = fabs (self->to - self->from);
  double step = nice_step (MAX (pitch * (self->high - self->low) / length, DBL_MIN));
  double last = -INFINITY;
  double first;
  gsize n = 0;

  step = MAX (step, least_step);
  first = ceil (self->low / step - SAME);
  for (double k = first; k * step <= self->high && n < NUDGE_AXIS_TICKS; k++) {
    double position = fabs (nudge_axis_get_position (self, k * step) - self->from);
    gboolean labelled = position - last >= 0.7 * pitch;

    if (self->logarithmic && k <= 0)
      continue;
    ticks[n++] = (NudgeTick){ k == 0 ? 0 : k * step, labelled };
    if (labelled)
      last = position;
  }
  return n;
}

/* Is @lead × 10^-k, counted from the highest decade, worth a label? Powers of ten
 * first; 2 and 5 where there is space. */
static gboolean
is_labelled (int lead, int k, int stride, double decade, double pitch)
{
  if (lead == 1)
    return k % stride == 0;
  return (lead == 2 || lead == 5) && decade * M_LN2 / M_LN10 >= pitch;
}

static gsize
get_decades (const NudgeAxis *self, double pitch, NudgeTick *ticks)
{
  double decade = fabs (self->to - self->from) / (log10 (self->high) - log10 (self->low));
  int stride = (int) ceil (pitch / decade);
  int highest = (int) floor (log10 (self->high) + SAME);
  gsize n = 0;

  for (int k = (int) floor (log10 (self->low)); k <= highest; k++)
    for (int lead = 1; lead <= (decade >= MINOR_DECADE ? 9 : 1); lead++) {
      double value = lead * pow (10, k);
      gboolean labelled = is_labelled (lead, highest - k, stride, decade, pitch);

      if (value < self->low * (1 - SAME) || value > self->high * (1 + SAME) ||
          n == NUDGE_AXIS_TICKS || (stride > 4 && !labelled))
        continue;
      ticks[n++] = (NudgeTick){ value, labelled };
    }
  return n;
}

static gsize
count_labelled (const NudgeTick *ticks, gsize n)
{
  gsize n_labelled = 0;

  for (gsize i = 0; i < n; i++)
    n_labelled += ticks[i].labelled ? 1 : 0;
  return n_labelled;
}

/**
 * nudge_axis_get_ticks:
 * @pitch: pixels between labels, at least
 * @least_step: 1 for what is counted, 0 otherwise; linear axes only
 * @ticks: (out) from low to high
 *
 * Steps of 1, 2 or 5 times a power of ten on a linear axis. Decades on a
 * logarithmic one, with minor ticks between; where it is short and would show less
 * than two labels, equal steps, as there is nothing logarithmic left to see.
 *
 * Returns: how many there are
 */
gsize
nudge_axis_get_ticks (const NudgeAxis *self,
                      double pitch,
                      double least_step,
                      NudgeTick ticks[NUDGE_AXIS_TICKS])
{
  gsize n;

  if (fabs (self->to - self->from) < 1)
    return 0;
  if (!self->logarithmic)
    return get_linear_ticks (self, pitch, least_step, ticks);
  n = get_decades (self, pitch, ticks);
  return count_labelled (ticks, n) >= 2 || self->high / self->low > LINEAR_BELOW
             ? n
             : get_linear_ticks (self, pitch, 0, ticks);
}

/**
 * nudge_axis_get_ticks_within:
 * @pitch: pixels between labels, at least
 * @least_pitch: the same, where the axis is so short that it would have only one label
 * @ticks: (out) from low to high
 *
 * As nudge_axis_get_ticks (): one number alone says nothing of the scale.
 *
 * Returns: how many there are
 */
gsize
nudge_axis_get_ticks_within (const NudgeAxis *self,
                             double pitch,
                             double least_pitch,
                             NudgeTick ticks[NUDGE_AXIS_TICKS])
{
  const gsize n = nudge_axis_get_ticks (self, pitch, 0, ticks);

  return count_labelled (ticks, n) >= 2
             ? n
             : nudge_axis_get_ticks (self, least_pitch, 0, ticks);
}
