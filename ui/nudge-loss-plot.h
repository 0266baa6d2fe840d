/* nudge-loss-plot.h - the loss, live
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames in, a picture out. The loss of a step is read and gone to as NudgePlot says; with
 * Ctrl held the arrows go from nudge to nudge. Knows no session.
 *
 *   "logarithmic"  rw, the loss axis
 *   "smoothing"    rw, as TensorBoard's, 0 none; below 0: some, for a loss of mini-batches,
 *                  which says as much about the batches as about the network
 *
 *   "marked"  a person has chosen a nudge, or none any more: its NnNudge, or NULL
 *   "why"     (guint64): asks why the loss jumped at this step
 *   "guessed" (double): a loss was clicked on, as one was asked for
 */

#pragma once

#include "ui/draw/nudge-loss-guess.h"
#include "ui/nudge-plot.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LOSS_PLOT (nudge_loss_plot_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLossPlot, nudge_loss_plot, NUDGE, LOSS_PLOT, NudgePlot)

GtkWidget *nudge_loss_plot_new (void);
void nudge_loss_plot_set_frame (NudgeLossPlot *self, NnFrame *frame);
void nudge_loss_plot_set_marked (NudgeLossPlot *self, NnNudge *nudge);
double nudge_loss_plot_get_smoothing (NudgeLossPlot *self);
void nudge_loss_plot_set_other (NudgeLossPlot *self, const NnScore *points, gsize n);
void nudge_loss_plot_set_guess (NudgeLossPlot *self, const NudgeLossGuess *guess);
void nudge_loss_plot_get_anchor (NudgeLossPlot *self, guint64 step, GdkRectangle *at);
gboolean nudge_loss_plot_get_logarithmic (NudgeLossPlot *self);
void nudge_loss_plot_set_logarithmic (NudgeLossPlot *self, gboolean logarithmic);

G_END_DECLS
