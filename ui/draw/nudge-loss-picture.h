/* nudge-loss-picture.h - the loss over the steps as a picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Axes with ticks and units, linear or logarithmic, min and max of every pixel
 * column kept; a diamond at every nudge, a band for a standing one; behind them the
 * run without nudges and the ways that were left. Its cost grows with its width,
 * never with the history. Same arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "nn/session/nn-frame.h"
#include "ui/draw/nudge-palette.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  gboolean logarithmic;
  const NnNudge *marked; /* (nullable) whose landing is set off, if it is there */
  const NnCurve *ahead;  /* (nullable) the run as it goes on from here, seen before */
} NudgeLossStyle;

void nudge_draw_loss (cairo_t *cr,
                      const NnFrame *frame,
                      const NudgeLossStyle *style,
                      double width,
                      double height);

/* For hover: drawn on top, and the same mapping from pointer to step. */
void nudge_draw_loss_cursor (cairo_t *cr,
                             const NnFrame *frame,
                             const NudgeLossStyle *style,
                             double width,
                             double height,
                             double x);
const NnLanding *nudge_loss_landing_at (const NnFrame *frame, double width, double x);
double
nudge_loss_get_landing_x (const NnFrame *frame, double width, const NnLanding *landing);

/* For what stands beside it. */
guint64 nudge_loss_get_last_step (const NnFrame *frame);
void nudge_loss_get_span (double width, double *left, double *right);

/* Which curve is which, where there are several. */
gboolean nudge_loss_has_legend (const NnFrame *frame);
void nudge_draw_loss_legend (cairo_t *cr,
                             const NnFrame *frame,
                             const NudgePalette *palette,
                             double width,
                             double height);

G_END_DECLS
