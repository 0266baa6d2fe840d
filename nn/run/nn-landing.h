/* nn-landing.h - where a nudge landed, and what came of it
 *
 * SPDX-License-Identifier: MIT
 *
 * A manual nudge has one landing; one that repeats has one that grows with each time it is
 * applied. What it came to is measured for every manual nudge, for the first time of one
 * that repeats, and for later ones only on request.
 *
 * Both losses are on the same examples: of the next step's batch; within a step, of what
 * its forward pass was given.
 *
 * A plain value: copy and clear.
 */

#pragma once

#include <glib.h>

#include "nn/nudge/nn-nudge.h"
#include "nn/run/nn-landing-receipt.h"

G_BEGIN_DECLS

typedef struct {
  guint64 serial;     /* how many landings the run's log had before it */
  NnNudge *nudge;     /* (owned) */
  gboolean standing;  /* its WHEN applied it, not the user */
  guint64 first;      /* applied after this step, before the forward of the next */
  guint64 last;       /* the same for the newest time; first, for a one-off */
  guint64 n_times;    /* how often it was applied; 0 when refused at once */
  guint64 measured;   /* the time of which the next three are, as last is */
  double change;      /* norm of what it changed; NAN if not computed */
  double loss_before; /* of the weights just before it; NAN if not computed */
  double loss_after;  /* of the weights just after it; NAN if not computed */
  char *refusal;      /* (owned) (nullable) why one in the newest step changed nothing */
  char *skipped;      /* (owned) (nullable) what the newest one left as it is, and why */
  guint64 n_refused;  /* how often it changed nothing */
  guint64 n_skipped;  /* how often it left something as it is */
  NnLandingReceipt *receipt; /* (owned) (nullable) a job's, of the newest time */
  gboolean taken_back;       /* of a job: what it changed is as it was … */
  guint64 taken_back_at;     /* … since after this step … */
  guint64 n_lost;            /* … and so many steps' training of that is gone with it */
} NnLanding;

/* As many are remembered, but none of a nudge that still repeats is forgotten. */
#define NN_LANDING_MOST 256

void nn_landing_copy (NnLanding *self, const NnLanding *from);
void nn_landing_clear (NnLanding *self);
gsize nn_landing_get_texts_size (const NnLanding *self);

NnLanding *nn_landing_copy_newest (const NnLanding *landings,
                                   gsize *n_landings) G_GNUC_WARN_UNUSED_RESULT;

GArray *nn_landing_new_array (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_landing_assign_array (GArray *landings, const GArray *from);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnLanding, nn_landing_clear)

G_END_DECLS
