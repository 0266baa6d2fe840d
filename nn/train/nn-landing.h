/* nn-landing.h - where a nudge landed, and what came of it
 *
 * SPDX-License-Identifier: MIT
 *
 * A one-off nudge has one landing; a standing one has one that grows with each
 * time it is applied. A plain value: copy and clear.
 */

#pragma once

#include <glib.h>

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

typedef struct {
  NnNudge *nudge;    /* (owned) */
  gboolean standing; /* applied by its WHEN, not by hand */
  guint64 first;     /* applied after this step, before the forward of the next */
  guint64 last;      /* the same for the newest time; first, for a one-off */
  guint64 n_times;   /* how often it was applied; 0 when refused at once */
  double change;     /* norm of what the newest time changed; NAN if not computed */
  double
      loss_before;   /* of the weights just before the newest time; NAN if not computed */
  double loss_after; /* of the weights just after it; NAN if not computed */
  char *refusal;     /* (owned) (nullable) why the newest time changed nothing */
} NnLanding;

void nn_landing_copy (NnLanding *self, const NnLanding *from);
void nn_landing_clear (NnLanding *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnLanding, nn_landing_clear)

G_END_DECLS
