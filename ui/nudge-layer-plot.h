/* nudge-layer-plot.h - what each layer is like along the run, live
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames in, a picture out: of one measure of every layer over the steps, or of how their
 * weights are spread. It zooms and pans with the plot whose NudgeTime it is given. The
 * pointer, or the arrow keys when it has the focus, read a step, and a click or Return asks
 * to go there. Knows no session; its frames have what it shows if they were asked to.
 *
 *   "go-to"   a person wants to see the run after that step (guint64)
 */

#pragma once

#include "ui/nudge-picture.h"
#include "ui/nudge-time.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LAYER_PLOT (nudge_layer_plot_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLayerPlot, nudge_layer_plot, NUDGE, LAYER_PLOT, NudgePicture)

/* An NnMeasure, or this: */
#define NUDGE_LAYER_PLOT_HISTOGRAMS NN_N_MEASURES

GtkWidget *nudge_layer_plot_new (void);
void nudge_layer_plot_set_time (NudgeLayerPlot *self, NudgeTime *time);
void nudge_layer_plot_set_view (NudgeLayerPlot *self, guint view);
void nudge_layer_plot_set_logarithmic (NudgeLayerPlot *self, gboolean logarithmic);
void nudge_layer_plot_set_frame (NudgeLayerPlot *self, NnFrame *frame);

G_END_DECLS
