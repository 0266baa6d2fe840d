/* nudge-plot-axes.h - the grid of a plot over the steps, and its numbers
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of plots, which lie one under the other and share the steps.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/nudge-axis.h"
#include "ui/draw/nudge-text.h"

G_BEGIN_DECLS

typedef struct {
  cairo_t *cr;
  NudgeText *text;
  const NudgePalette *palette;
  const NudgeAxis *x; /* steps, whose pixels are the left and the right edge */
  const NudgeAxis *y; /* … the lower and the upper edge, or within them */
  double bottom;      /* the lower edge */
  gboolean percent;   /* y is shares of 1 */
} NudgePlotAxes;

void
nudge_plot_axes_draw_y_label (const NudgePlotAxes *self, double y, const char *label);
void nudge_plot_axes_draw_y (const NudgePlotAxes *self);
void nudge_plot_axes_draw_steps (const NudgePlotAxes *self);

G_END_DECLS
