/* nn-preview.h - the network as it would be if a nudge were applied now
 *
 * SPDX-License-Identifier: MIT
 *
 * Made by nn_trial_preview (), which changes nothing. A plain value with one owner; a
 * frame carries a copy.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

typedef struct {
  NnNudge *nudge;               /* (owned) */
  NnArchitecture *architecture; /* (owned) */
  guint64 step;                 /* of the weights that it would be applied to */
  double loss;                  /* with the nudge, as NnSweep's; NAN if it is refused */
  gsize n_values;               /* parameters */
  float *values;                /* (owned) (n_values) */
  gsize n_activations;
  float *activations; /* (owned) (n_activations) as the frame's */
  char *refusal; /* (owned) (nullable) why it is refused: values are the present ones */
} NnPreview;

NnPreview *
nn_preview_new (NnArchitecture *architecture, gsize n_probes) G_GNUC_WARN_UNUSED_RESULT;
NnPreview *nn_preview_copy (const NnPreview *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_preview_free (NnPreview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPreview, nn_preview_free)

G_END_DECLS
