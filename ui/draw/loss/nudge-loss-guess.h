/* nudge-loss-guess.h - a prediction of a loss, on its picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Drawn on top of the loss's picture, and the mapping from a click to a prediction. A step
 * that the run has not come to yet is at the right edge.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/loss/nudge-loss-layout.h"

G_BEGIN_DECLS

typedef struct {
  guint64 step;   /* of the loss that is predicted; 0: there is nothing to predict */
  double loss;    /* NAN: not yet */
  gboolean asked; /* it can still be changed */
} NudgeLossGuess;

void nudge_draw_loss_guess (cairo_t *cr,
                            const NnFrame *frame,
                            const NudgeLossStyle *style,
                            double width,
                            double height,
                            const NudgeLossGuess *guess);
double nudge_loss_guess_at (const NnFrame *frame,
                            const NudgeLossStyle *style,
                            double width,
                            double height,
                            double y);

G_END_DECLS
