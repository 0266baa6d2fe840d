/* nn-step-record.h - one step, phase by phase, in numbers
 *
 * SPDX-License-Identifier: MIT
 *
 * What each phase of a step that was taken has left: the forward pass's values for one
 * example, the gradients, and the parameters between the phases. Taking the step so gives
 * the same bits as taking it otherwise.
 *
 * Immutable and shared: ref and unref from any thread.
 */

#pragma once

#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

/* Where in a step the parameters can have become others. */
typedef enum {
  NN_STEP_FORWARD, /* as the forward pass found them */
  NN_STEP_BACKWARD, /* after the backward pass: others only if a nudge landed before then */
  NN_STEP_OPTIMIZER, /* as the optimizer left them */
  NN_STEP_SECTION,   /* as nudges that repeat left them; others land after it */
  NN_N_STEP_STATES
} NnStepState;

typedef struct {
  guint64 step;                 /* 1 for the first */
  NnArchitecture *architecture; /* (owned) */
  gsize n_examples;             /* of its batch */
  gboolean one_by_one;          /* forward and backward went through them one at a time */
  float loss;                   /* of its forward pass */
  float *example; /* (owned) (n_units) the batch's first: its features, then each layer's
                   * outputs */
  float *gradients; /* (owned) (n_values) 0 where there is none */

  /* What had landed before its section: all landings until then, the newest of them as
   * many as frames have. */
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
