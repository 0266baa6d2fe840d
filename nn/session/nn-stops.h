/* nn-stops.h - breakpoints, and goals of "run to"
 *
 * SPDX-License-Identifier: MIT
 *
 * The breakpoint of nn_session_set_stop () stays; the goal of nn_session_run_to_step (),
 * to a loss or to an epoch's end is dropped once the run pauses. A plain value.
 */

#pragma once

#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

typedef struct {
  guint64 step;      /* after this step; 0: none */
  double loss;       /* when the loss falls to this; NAN: none */
  gboolean to_epoch; /* when an epoch ends */
} NnStop;

typedef struct {
  NnStop always;      /* the breakpoint */
  NnStop goal;        /* of nn_session_run_to_step () and others */
  double loss_before; /* of the step before the newest one; NAN: not known */
} NnStops;

void nn_stops_init (NnStops *self);
void nn_stops_set_always (NnStops *self, const NnStop *stop);
void nn_stops_clear_goal (NnStops *self);
gboolean nn_stops_have_goal (const NnStops *self);
guint64 nn_stops_count_steps (const NnStops *self, guint64 step);
gboolean nn_stops_are_reached (NnStops *self, const NnTrainer *trainer);

G_END_DECLS
