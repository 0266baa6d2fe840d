/* nn-landing.h - where a nudge was applied, and its effect
 *
 * SPDX-License-Identifier: MIT
 *
 * A one-off nudge has one landing; a repeating one has one that is updated each time it
 * is applied. Its effect is measured for every one-off nudge, for the first time of a
 * repeating one, and later only on request: nn_trainer_measure_next_landings ().
 *
 * Both losses are on the same examples: on the next step's mini-batch, or within a step
 * on what its forward pass was given.
 *
 * A plain value: copy and clear.
 */

#pragma once

#include <glib.h>

#include "nn/nudge/nn-nudge.h"
#include "nn/run/nn-landing-receipt.h"

G_BEGIN_DECLS

typedef struct {
  guint64 serial;     /* landings of the run before it, with those that are forgotten */
  NnNudge *nudge;     /* (owned) */
  gboolean standing;  /* of a repeating nudge: its WHEN applied it, not the user */
  guint64 first;      /* applied after this step, before the forward of the next */
  guint64 last;       /* the same for the newest time; of a one-off nudge, first */
  guint64 n_times;    /* how often it was applied; 0 when refused at once */
  guint64 measured;   /* the step, as last, that the next three fields are of */
  double change;      /* Euclidean norm of the change; NAN if not computed */
  double loss_before; /* of the weights just before it; NAN if not computed */
  double loss_after;  /* of the weights just after it; NAN if not computed */
  char *refusal;      /* (owned) (nullable) why the newest time was refused */
  char *skipped;     /* (owned) (nullable) which parts the newest time skipped, and why */
  guint64 n_refused; /* how often it was refused, changing nothing */
  guint64 n_skipped; /* how often it skipped parts of its target */
  NnLandingReceipt *receipt; /* (owned) (nullable) a job's, of the newest time */
  gboolean taken_back;       /* of a job: it was undone, and its target is as before it */
  guint64 taken_back_at;     /* after this step */
  guint64 n_lost;            /* steps of training of the target that the undo discarded */
} NnLanding;

/* The newest are kept, and those of all nudges that still repeat. */
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
