/* nudge-loss-picture.h - the loss over the steps as a picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Axes with ticks and units, linear or logarithmic, min and max of every pixel
 * column kept; a diamond at every nudge, a band for a standing one; behind them the
 * run without nudges and the branches that were left. Its cost grows with its width,
 * never with the history. Same arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/loss/nudge-loss-layout.h"

G_BEGIN_DECLS

void nudge_draw_loss (cairo_t *cr,
                      const NnFrame *frame,
                      const NudgeLossStyle *style,
                      double width,
                      double height);

G_END_DECLS
