/* nudge-layer-plot.h - what each layer is like along the run, live
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames in, a picture out: of one measure of every layer over the steps, which are read and
 * gone to as NudgePlot says, from one that was measured to another; or of how their weights
 * are spread. Knows no session; its frames have what it shows if they were asked to.
 */

#pragma once

#include "ui/nudge-plot.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LAYER_PLOT (nudge_layer_plot_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLayerPlot, nudge_layer_plot, NUDGE, LAYER_PLOT, NudgePlot)

/* An NnMeasure, or this: */
#define NUDGE_LAYER_PLOT_HISTOGRAMS NN_N_MEASURES

GtkWidget *nudge_layer_plot_new (void);
void nudge_layer_plot_set_view (NudgeLayerPlot *self, guint view);
void nudge_layer_plot_set_logarithmic (NudgeLayerPlot *self, gboolean logarithmic);
void nudge_layer_plot_set_frame (NudgeLayerPlot *self, NnFrame *frame);

G_END_DECLS
