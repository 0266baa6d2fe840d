/* nn-footprint.h - whether there is enough memory for a run, before it begins
 *
 * SPDX-License-Identifier: MIT
 *
 * An allocation that fails ends the program, and one that succeeds may still be
 * overcommitted. So what a run needs is computed from its experiment and compared with
 * what is available. Counted are the arrays that grow with the network, the mini-batch or
 * the data; a caller adds what it takes to write the parameters afterwards, and checkpoints
 * meanwhile.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

/* Bytes. */
typedef struct {
  guint64 network; /* parameters, gradients, moments and copies of them */
  guint64 batch;   /* each layer's outputs and what backward keeps, by examples at once */
  guint64 data;    /* all examples */
  guint64 output; /* the largest file that is made in memory; 0 if the caller adds none */
  guint64 states; /* likewise, copies of the run's state that wait to be written */
} NnFootprint;

NnFootprint nn_footprint_of_run (const NnExperiment *experiment);
guint64 nn_footprint_count_states (const NnExperiment *experiment);
NnFootprint nn_footprint_of_session (const NnExperiment *experiment, guint64 checkpoints);
gboolean nn_footprint_check (const NnFootprint *self, GError **error);
gboolean
nn_footprint_compare (const NnFootprint *self, guint64 available, GError **error);

G_END_DECLS
