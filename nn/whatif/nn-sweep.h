/* nn-sweep.h - the loss along the amount of a nudge
 *
 * SPDX-License-Identifier: MIT
 *
 * The loss that the present weights would have on the next step's mini-batch if a nudge
 * were applied now, for each of NN_SWEEP_AMOUNTS amounts over a slider's range. Computing
 * it changes nothing (nn-trial.h). A plain value: copy and clear.
 */

#pragma once

#include <glib.h>

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

#define NN_SWEEP_AMOUNTS 65

/* Which nudge, over which amounts. */
typedef struct {
  NnNudge *nudge; /* (owned) its amount is ignored */
  float least;    /* the slider's range and scale */
  float most;
  gboolean logarithmic; /* amounts are evenly spaced in their logarithm; least > 0 */
} NnQuestion;

/* The answer. */
typedef struct {
  guint key;           /* of nn_session_ask () */
  NnQuestion question; /* (owned) */
  guint64 step;        /* of the weights */
  gint64 age_us;       /* microseconds since the run moved on from them, at most */
  float present;       /* their loss without the nudge, on the same batch */
  float amounts[NN_SWEEP_AMOUNTS];
  /* NAN where the nudge would be refused; may be infinite. While a large network trains,
   * some are interpolated. */
  float losses[NN_SWEEP_AMOUNTS];
} NnSweep;

float nn_question_get_amount (const NnQuestion *self, gsize index);
void nn_question_copy (NnQuestion *self, const NnQuestion *from);
void nn_question_clear (NnQuestion *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnQuestion, nn_question_clear)

G_END_DECLS
