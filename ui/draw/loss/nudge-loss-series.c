/* nudge-loss-series.c - the losses of the steps that a plot shows
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-series.h"

#include <math.h>
#include <string.h>

/* What is left of a loss that is not taken into account, as it is too far to the left. */
#define FORGOTTEN 1e-3

static gsize
query (const NudgeLossSource *source,
       guint64 first,
       guint64 last,
       gsize n_columns,
       NnStretch **stretches)
{
  first = MAX (first, source->after);
  last = MIN (last, source->until);
  *stretches = NULL;
  if (!source->history || first > last)
    return 0;
  *stretches = g_new (NnStretch, n_columns);
  return nn_history_query (source->history, first, last, n_columns, *stretches);
}

/* For each step; see NUDGE_SMOOTHING_POINTS. */
static double
get_weight (double smoothing, double n_steps)
{
  return pow (CLAMP (smoothing, 0, NUDGE_SMOOTHING_MOST),
              NUDGE_SMOOTHING_POINTS / MAX (n_steps, NUDGE_SMOOTHING_POINTS));
}

/* The mean of k steps counts as k steps that all have that loss, whose weights are a
 * geometric series. The sum of all weights takes away the bias (Kingma and Ba, "Adam",
 * 2015, section 3, of the same mean; TensorBoard's line chart). */
static void
smooth (NudgeLossSeries *self, double weight)
{
  double mean = 0;
  double sum = 0; /* of the weights */

  self->smooth = g_new (double, self->n);
  for (gsize i = 0; i < self->n; i++) {
    const NnStretch *stretch = &self->stretches[i];
    const double loss = stretch->sum / (double) stretch->n_steps;
    const double kept = pow (weight, (double) stretch->n_steps);

    if (isfinite (loss)) {
      mean = kept * mean + (1 - kept) * loss;
      sum = kept * sum + (1 - kept);
    }
    self->smooth[i] = sum > 0 ? mean / sum : NAN;
  }
}

/* Those before @first, but one, were only there to be smoothed. */
static void
drop_before (NudgeLossSeries *self, guint64 first)
{
  gsize n = 0;

  while (n + 1 < self->n && self->stretches[n].from + self->stretches[n].n_steps <= first)
    n++;
  self->n -= n;
  memmove (self->stretches, self->stretches + n, self->n * sizeof *self->stretches);
  memmove (self->smooth, self->smooth + n, self->n * sizeof *self->smooth);
}

/**
 * nudge_loss_series_read:
 * @self: what is in it is lost
 * @first: the step at the left edge
 * @last: at the right edge
 * @n_columns: stretches between the edges, at most
 * @smoothing: 0: none; less than 1
 *
 * Gives one stretch beyond each edge, too, if there are any, so that a line can go on.
 */
void
nudge_loss_series_read (NudgeLossSeries *self,
                        const NudgeLossSource *source,
                        double first,
                        double last,
                        gsize n_columns,
                        double smoothing)
{
  const guint64 from = (guint64) MAX (floor (first), 1);
  const guint64 to = (guint64) MAX (ceil (last), 1);
  const double n_steps = last - first;
  double weight, before;

  *self = (NudgeLossSeries){ NULL };
  if (n_columns == 0 || MAX (from, source->after) > MIN (to, source->until))
    return;
  if (smoothing <= 0) {
    self->n = query (source, from, to, n_columns, &self->stretches);
    return;
  }
  weight = get_weight (smoothing, n_steps);
  before = MIN (ceil (log (FORGOTTEN) / log (weight)), (double) from - 1);
  self->n = query (source, from - (guint64) before, to,
                   (gsize) ceil ((double) n_columns * (1 + before / n_steps)),
                   &self->stretches);
  if (self->n == 0)
    return;
  smooth (self, weight);
  drop_before (self, from);
}

void
nudge_loss_series_clear (NudgeLossSeries *self)
{
  g_clear_pointer (&self->stretches, g_free);
  g_clear_pointer (&self->smooth, g_free);
  self->n = 0;
}

/* Returns: the middle of the steps of the @i-th stretch */
double
nudge_loss_series_get_middle (const NudgeLossSeries *self, gsize i)
{
  return (double) self->stretches[i].from + ((double) self->stretches[i].n_steps - 1) / 2;
}

/* Returns: the stretch that holds @step; -1 if none does */
gssize
nudge_loss_series_find (const NudgeLossSeries *self, double step)
{
  gsize from = 0, to = self->n;

  if (self->n == 0 || step < (double) self->stretches[0].from)
    return -1;
  while (to - from > 1) {
    const gsize middle = from + (to - from) / 2;

    if ((double) self->stretches[middle].from <= step)
      from = middle;
    else
      to = middle;
  }
  return step < (double) (self->stretches[from].from + self->stretches[from].n_steps)
             ? (gssize) from
             : -1;
}
