/* nn-landing.h - where a nudge landed, and what came of it
 *
 * SPDX-License-Identifier: MIT
 *
 * A one-off nudge has one landing; a standing one has one that grows with each
 * time it is applied. What it came to is computed for every nudge by hand, for the first
 * time of a standing one, and for later ones only when somebody looks.
 *
 * Both losses are on the same examples: of the next step's batch; within a step, of what
 * its forward pass was given.
 *
 * A plain value: copy and clear.
 */

#pragma once

#include <glib.h>

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

typedef struct {
  guint64 serial;     /* how many landings the run's log had before it */
  NnNudge *nudge;     /* (owned) */
  gboolean standing;  /* applied by its WHEN, not by hand */
  guint64 first;      /* applied after this step, before the forward of the next */
  guint64 last;       /* the same for the newest time; first, for a one-off */
  guint64 n_times;    /* how often it was applied; 0 when refused at once */
  guint64 looked;     /* the time of which the next three tell, as last does */
  double change;      /* norm of what it changed; NAN if not computed */
  double loss_before; /* of the weights just before it; NAN if not computed */
  double loss_after;  /* of the weights just after it; NAN if not computed */
  char *refusal;      /* (owned) (nullable) why one in the newest step changed nothing */
} NnLanding;

void nn_landing_copy (NnLanding *self, const NnLanding *from);
void nn_landing_clear (NnLanding *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnLanding, nn_landing_clear)

G_END_DECLS
