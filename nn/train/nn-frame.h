/* nn-frame.h - an immutable picture of the run at one step
 *
 * SPDX-License-Identifier: MIT
 *
 * The training thread makes it, the window's widgets and the figure draw it;
 * nobody changes it. Shared: ref and unref from any thread.
 */

#pragma once

#include <glib.h>

#include "nn/model/nn-architecture.h"
#include "nn/train/nn-curve.h"
#include "nn/train/nn-landing.h"

G_BEGIN_DECLS

typedef struct {
  NnArchitecture *architecture; /* (owned) */
  guint64 step;                 /* optimizer steps taken; 0 is the initial network */
  double
      loss; /* of step's forward pass; of the present weights at step 0 and after a nudge */
  float *values; /* (owned) (architecture->n_values) every parameter */

  gsize n_probes; /* example inputs that were fed through the network for the picture */
  float *
      activations; /* (owned) [n_units][n_probes]: features first, then each layer's outputs */
  gboolean
      probes_are_a_line; /* one feature, evenly spaced and rising: a graph's x axis */

  NnCurve *curve; /* (owned) */
  NnLanding
      *landings; /* (owned) (n_landings) oldest first, the newest NN_FRAME_LANDINGS */
  gsize n_landings;

  gboolean
      running; /* FALSE: paused, stopped or failed; the step will not change by itself */
  guint64 n_commands; /* commands the session has carried out, of those it was given */
  char *failure;      /* (owned) (nullable) why the run stopped by itself */
} NnFrame;

#define NN_FRAME_LANDINGS 256

NnFrame *
nn_frame_new (NnArchitecture *architecture, gsize n_probes) G_GNUC_WARN_UNUSED_RESULT;
NnFrame *nn_frame_ref (NnFrame *self);
void nn_frame_unref (NnFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnFrame, nn_frame_unref)

G_END_DECLS
