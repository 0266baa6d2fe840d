/* nn-sweep.h - what if: the loss along the amount of a nudge
 *
 * SPDX-License-Identifier: MIT
 *
 * The loss that the present weights would have on the next step's batch if a nudge
 * were applied to them now, for each of NN_SWEEP_AMOUNTS amounts over a slider's range.
 * Nothing is changed by asking. A plain value: copy and clear.
 */

#pragma once

#include <glib.h>

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

#define NN_SWEEP_AMOUNTS 65

/* What is asked. */
typedef struct {
  NnNudge *nudge; /* (owned) its amount is left aside */
  float least;    /* the slider's range and scale */
  float most;
  gboolean logarithmic; /* amounts are evenly spaced in their logarithm; least > 0 */
} NnQuestion;

/* And the answer. */
typedef struct {
  guint key;           /* who asked */
  NnQuestion question; /* (owned) */
  guint64 step;        /* of the weights it was asked of */
  gint64 age_us;       /* microseconds for which those have been past, at most */
  float present;       /* their loss without the nudge, on the same batch */
  float amounts[NN_SWEEP_AMOUNTS];
  /* NAN where the nudge would be refused; may be infinite. While a large network trains, some
   * are taken from their neighbours'. */
  float losses[NN_SWEEP_AMOUNTS];
} NnSweep;

float nn_question_get_amount (const NnQuestion *self, gsize index);
void nn_question_copy (NnQuestion *self, const NnQuestion *from);
void nn_question_clear (NnQuestion *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnQuestion, nn_question_clear)

G_END_DECLS
