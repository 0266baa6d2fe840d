/* nudge-plot-axes.h - the grid of a plot over the steps, and its numbers
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of plots: one may be below another and share its steps.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-axis.h"
#include "ui/draw/base/nudge-text.h"

G_BEGIN_DECLS

typedef struct {
  cairo_t *cr;
  NudgeText *text;
  const NudgePalette *palette;
  const NudgeAxis *x; /* steps, from the plot's left edge to its right one */
  const NudgeAxis *y; /* from its lower edge to its upper one, or a part of that */
  double bottom;      /* the plot's lower edge */
  gboolean percent;   /* y is shares of 1 */
} NudgePlotAxes;

void
nudge_plot_axes_draw_y_label (const NudgePlotAxes *self, double y, const char *label);
void nudge_plot_axes_draw_y (const NudgePlotAxes *self);
void nudge_plot_axes_draw_steps (const NudgePlotAxes *self);

G_END_DECLS
