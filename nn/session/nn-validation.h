/* nn-validation.h - the loss of the examples that are held out, along a run
 *
 * SPDX-License-Identifier: MIT
 *
 * Computed when a frame is made, and not at every step, as it takes a forward pass of all
 * of them: where that is dear, it is computed as rarely as keeps its share of the time
 * below a tenth. Of the points of a long run every other one is dropped again and again, so
 * that NN_VALIDATION_MOST are enough. One owner, one thread.
 */

#pragma once

#include "nn/run/nn-trainer.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NN_VALIDATION_MOST 2048

typedef struct {
  GArray *points;  /* (owned) (element-type NnLossPoint) steps rise */
  gint64 next_us;  /* the monotonic time before which no other is computed */
  guint64 spacing; /* least steps from one point to the next */
} NnValidation;

void nn_validation_init (NnValidation *self);
void nn_validation_clear (NnValidation *self);
void nn_validation_measure (NnValidation *self, NnTrainer *trainer, gboolean running);
void nn_validation_add (NnValidation *self, guint64 step, float loss);
void nn_validation_cut (NnValidation *self, guint64 step);
void nn_validation_write (const NnValidation *self, NnFrame *frame);

G_END_DECLS
