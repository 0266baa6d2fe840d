/* nudge-layer-plot.h - a measure of every layer along the run, live
 *
 * SPDX-License-Identifier: MIT
 *
 * The measures are those of NnFrame: norms, updates, dead units over the steps, or a
 * histogram of each layer's weights. Read and clicked as NudgePlot says, from one
 * measured step to the next. Knows no session; nn_session_set_layers () has frames
 * carry them.
 */

#pragma once

#include "ui/loss/nudge-plot.h"

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
