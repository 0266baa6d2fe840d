/* nn-step-record.h - one step, phase by phase, in numbers
 *
 * SPDX-License-Identifier: MIT
 *
 * What each phase of one step left: the forward pass's values for one example, the
 * gradients, and the parameters between the phases. A recorded step gives the same bits
 * as any other.
 *
 * Immutable and shared: ref and unref from any thread.
 */

#pragma once

#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

/* Where in a step the parameters may have changed. */
typedef enum {
  NN_STEP_FORWARD,   /* before the forward pass */
  NN_STEP_BACKWARD,  /* after the backward pass: changed only by a nudge before it */
  NN_STEP_OPTIMIZER, /* after the optimizer */
  NN_STEP_SECTION,   /* after the repeating nudges of the section */
  NN_N_STEP_STATES
} NnStepState;

typedef struct {
  guint64 step;                 /* 1 for the first */
  NnArchitecture *architecture; /* (owned) */
  gsize n_examples;             /* of its mini-batch */
  gboolean one_by_one; /* forward and backward were done for one example at a time */
  float loss;          /* of its forward pass */
  /* (owned) (n_units) The first example of the mini-batch: features, then
   * layers' outputs. */
  float *example;
  float *gradients; /* (owned) (n_values) 0 where there is none */

  /* The landings before its section, as many of the newest as frames have. */
  NnLanding *landings; /* (owned) (n_landings) */
  gsize n_landings;

  NnProbesShape probes;
  float *values[NN_N_STEP_STATES]; /* (owned) (n_values) */
  /* (owned) [n_units][probes.n] of those values, as frames have them */
  float *activations[NN_N_STEP_STATES];
} NnStepRecord;

NnStepRecord *
nn_step_record_new (NnTimeline *timeline, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnStepRecord *nn_step_record_ref (NnStepRecord *self);
void nn_step_record_unref (NnStepRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnStepRecord, nn_step_record_unref)

G_END_DECLS
