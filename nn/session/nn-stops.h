/* nn-stops.h - where a run pauses by itself
 *
 * SPDX-License-Identifier: MIT
 *
 * The breakpoint of nn_session_set_stop () stays; the goal of nn_session_run_to_step ()
 * and its like is gone once the run pauses. A plain value.
 */

#pragma once

#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

typedef struct {
  guint64 step;      /* after this one; 0: none */
  double loss;       /* when the loss falls to this; NAN: to none */
  gboolean to_epoch; /* when an epoch ends */
} NnStop;

typedef struct {
  NnStop always;      /* the breakpoint */
  NnStop goal;        /* of run to */
  double loss_before; /* of the step before the newest one; NAN: not known */
} NnStops;

void nn_stops_init (NnStops *self);
void nn_stops_set_always (NnStops *self, const NnStop *stop);
void nn_stops_clear_goal (NnStops *self);
gboolean nn_stops_have_goal (const NnStops *self);
guint64 nn_stops_count_steps (const NnStops *self, guint64 step);
gboolean nn_stops_are_reached (NnStops *self, const NnTrainer *trainer);

G_END_DECLS
