/* nudge-loss-series.h - the losses of the steps that a plot shows
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss. As many stretches of steps as there are columns of
 * pixels, read from a history in a time that grows with the columns alone.
 *
 * Smoothed they are what TensorBoard makes of them: an exponential mean, without the bias
 * of its start, whose weight is that of a step where up to NUDGE_SMOOTHING_POINTS are
 * shown, and of one of so many parts where there are more. It begins far enough to the
 * left of what is shown that panning does not change it visibly.
 */

#pragma once

#include "nn/run/nn-history.h"

G_BEGIN_DECLS

#define NUDGE_SMOOTHING_POINTS 1000
#define NUDGE_SMOOTHING_MOST   0.999

typedef struct {
  NnStretch *stretches; /* (owned) (n) each behind the one before */
  double *smooth; /* (owned) (nullable) (n) the mean at each one's last step; NAN: none */
  gsize n;
} NudgeLossSeries;

/* Where a series is read from. */
typedef struct {
  const NnHistory *history; /* (nullable) */
  guint64 after;            /* the steps up to this one are left out … */
  guint64 until;            /* … and those beyond this one */
} NudgeLossSource;

void nudge_loss_series_read (NudgeLossSeries *self,
                             const NudgeLossSource *source,
                             double first,
                             double last,
                             gsize n_columns,
                             double smoothing);
void nudge_loss_series_clear (NudgeLossSeries *self);
double nudge_loss_series_get_middle (const NudgeLossSeries *self, gsize i);
gssize nudge_loss_series_find (const NudgeLossSeries *self, double step);

G_END_DECLS
